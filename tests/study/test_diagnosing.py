"""Diagnosing: it asks until it is clear where a person stands, and goes on where it stopped."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from cairn.curriculum.items.key import ChoiceKey, OrderKey
from cairn.planning import UnknownTargetError
from cairn.study.answering import Occasion
from cairn.study.diagnosing import Diagnosing

GOAL = ("slope",)


@pytest.fixture
def diagnosing(app):
    """The verbs over the miniature curriculum."""
    return app.diagnosing()


def right_answer(variant):
    """What somebody who knows would give."""
    match variant.key:
        case ChoiceKey():
            return list(variant.key.right)
        case OrderKey():
            return list(variant.key.steps)
    return variant.shown.strip("$`")


def step(diagnosing, progress, *, knows) -> None:
    """Answer what is asked, as somebody would who knows what `knows` says."""
    ask = progress.ask
    if ask.variant is None:
        diagnosing.say(ask.skill, can=knows(ask.skill))
    else:
        given = right_answer(ask.variant) if knows(ask.skill) else None
        diagnosing.answering.answer(
            ask.variant.item.id, ask.variant.seed, given, occasion=Occasion.DIAGNOSIS, seconds=20
        )


def run(diagnosing, knows, most=60, **options):
    """A whole diagnosis."""
    for _ in range(most):
        progress = diagnosing.progress(GOAL, **options)
        if progress.ask is None:
            return progress
        step(diagnosing, progress, knows=knows)
    raise AssertionError("it never ended")


def test_it_ends_and_finds_who_knows_everything(diagnosing):
    """Somebody who answers all rightly ends with nothing unknown, and a gap that is empty or small."""
    end = run(diagnosing, lambda skill: True)
    picture = diagnosing.picture(GOAL)
    assert end.stop is not None
    assert picture.unknown == ()
    assert len(picture.known) >= len(picture.p) - 1


def test_it_finds_who_knows_nothing(diagnosing):
    """Somebody who passes on all ends with nothing known, and the whole gap."""
    run(diagnosing, lambda skill: False)
    picture = diagnosing.picture(GOAL)
    assert picture.known == ()
    assert len(picture.gap.skills) == len(picture.p)


def test_the_picture_is_a_partition_in_learning_order(diagnosing):
    """Each skill of the goal is known, unsure or unknown, and only one of them."""
    step(diagnosing, diagnosing.progress(GOAL), knows=lambda skill: True)
    picture = diagnosing.picture(GOAL)
    both = [*picture.known, *picture.unsure, *picture.unknown]
    assert sorted(both) == sorted(picture.p)
    assert len(set(both)) == len(both)


def test_it_resumes_after_a_break(app):
    """The same question waits after a restart, and what was answered counts."""
    first = app.diagnosing()
    step(first, first.progress(GOAL), knows=lambda skill: True)
    waiting = first.progress(GOAL)
    again = Diagnosing(app.answering(), type(app.standings)(app.atlas.curriculum))
    resumed = again.progress(GOAL)
    assert resumed.asked == waiting.asked == 1
    assert (resumed.ask.skill, resumed.ask.variant and resumed.ask.variant.ask) == (
        waiting.ask.skill,
        waiting.ask.variant and waiting.ask.variant.ask,
    )


def test_a_budget_of_minutes_ends_it(diagnosing):
    """When no question fits the minutes any more, it stops and says so."""
    end = run(diagnosing, lambda skill: random.Random(str(skill)).random() < 0.5, minutes=1.0)
    assert end.minutes <= 1.0


def test_a_new_sitting_has_new_minutes(app):
    """The next day the minutes of the day before are not counted."""
    first = app.diagnosing()
    step(first, first.progress(GOAL), knows=lambda skill: True)
    desk = first.answering.desk
    tomorrow = replace(desk, clock=lambda: desk.clock() + timedelta(days=1))
    later = Diagnosing(replace(first.answering, desk=tomorrow), app.standings)
    assert later.progress(GOAL).asked == 0


def test_not_sure_says_nothing_for_the_skill(diagnosing):
    """Neither yes nor no to one's own word is kept, so that it is not asked again."""
    skill = diagnosing.answering.desk.atlas.curriculum.graph.nodes[0]
    diagnosing.say(skill, can=None)
    assert diagnosing.progress(GOAL).asked == 1


def test_an_unknown_goal_is_an_error(diagnosing):
    """The message names it."""
    with pytest.raises(UnknownTargetError, match="nothing-like-it"):
        diagnosing.progress(["nothing-like-it"])


def test_everything_is_a_goal(diagnosing):
    """Without a goal the whole map is asked about."""
    assert len(diagnosing.goal([])) == len(diagnosing.answering.desk.atlas.curriculum.graph.nodes)
    assert diagnosing.picture([]).gap is None


def test_the_gap_follows_the_picture(diagnosing):
    """After one's own word in a diagnosis belief decides, so that the gap and the picture say the same."""
    for skill in diagnosing.answering.desk.atlas.curriculum.graph.nodes:
        diagnosing.say(skill, can=False)
    picture = diagnosing.picture(GOAL)
    assert set(picture.known).isdisjoint(picture.gap.skills)
    assert set(picture.unknown) <= set(picture.gap.skills)


def test_a_sitting_is_known_by_its_goal(app, diagnosing):
    """What the diagnosis is about is kept, and told for as long as it can be gone on with."""
    assert diagnosing.under_way() is None
    diagnosing.begin(GOAL, None, 15)
    assert diagnosing.under_way() is None
    step(diagnosing, diagnosing.progress(GOAL), knows=lambda skill: True)
    found = app.diagnosing().under_way()
    assert (found.targets, found.minutes, found.asked) == (GOAL, 15, 1)


def test_an_asking_counts_once(diagnosing):
    """The same asking answered twice is kept once; the next one counts again."""
    skill = diagnosing.answering.desk.atlas.curriculum.graph.nodes[0]
    assert diagnosing.say(skill, can=True, number=0)
    assert not diagnosing.say(skill, can=False, number=0)
    assert diagnosing.say(skill, can=False)
    assert len(diagnosing.answering.desk.log.of("local")) == 2
