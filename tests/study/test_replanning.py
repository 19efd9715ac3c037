"""Moves taken back, belief and the review queue in a plan, and what is said of progress and of changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cairn.app import App
from cairn.curriculum import Skill
from cairn.learner import Evidence, Outcome, Source
from cairn.learner.review import DayLoad
from cairn.planning import Act, PlanError
from cairn.study.planning_load import OwnQueue, own_queue
from cairn.study.planning_memo import Memo
from cairn.study.planning_says import enough, follows, instead, moved_by, progress, work
from cairn.study.planning_terms import Terms
from tests.study.test_planning import MONDAY, TERMS, Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def planning(app, clock):
    made = app.planning()
    return replace(made, desk=replace(made.desk, clock=clock))


def day(n):
    return MONDAY + timedelta(days=n)


def test_a_move_can_be_taken_back_once(planning):
    """Undo brings the days and the terms of the plan before back; a second undo of the same change does nothing."""
    made = planning.make(TERMS)
    planning.move("slope@use", day(30))
    number, _ = planning.last_change()

    assert planning.undo(number)
    assert planning.days() == made.plan.days
    assert planning.terms().hold is None
    assert not planning.undo(number)
    assert not planning.undo(planning.plans.last(planning.desk.person_id).number)  # the first plan stays


def test_an_undo_that_comes_late_does_nothing(planning):
    """Where another change came after the one to be taken back, both stay."""
    planning.make(TERMS)
    planning.move("slope@use", day(30))
    number, _ = planning.last_change()
    planning.replan(hours=7.0)

    assert not planning.undo(number)
    assert planning.terms().hours == 7
    assert planning.terms().hold == {"slope@use": day(30)}


def test_the_last_change_says_what_moved(planning):
    """It is None for a first plan, and what the move returned afterwards."""
    planning.make(TERMS)
    assert planning.last_change() is None
    moved = planning.move("slope@use", day(30)).changes
    assert planning.last_change()[1] == moved


def test_an_earlier_day_is_met_exactly_where_it_can_be(planning):
    """A skill pulled forward to a day begins on that day if what it requires is done by then, and not before."""
    planning.make(TERMS)
    slope = Skill.parse("slope@recognise")
    assert planning.begins()[slope] > day(6)
    addition = Skill.parse("addition@derive")
    assert planning.begins()[addition] < day(6)

    planning.move("addition@derive", day(6))
    assert planning.begins()[addition] == day(6)
    planning.move("slope@recognise", day(1))
    begins = planning.begins()
    assert begins[slope] >= begins[Skill.parse("addition@use")]


def test_a_day_after_the_deadline_is_refused(planning):
    """Then nothing would be left of the skill; the person is told to move the deadline, and the plan stays."""
    planning.make(replace(TERMS, deadline=day(60)))
    before = planning.days()
    with pytest.raises(PlanError, match="after the deadline"):
        planning.move("slope@use", day(61))
    assert planning.days() == before


def test_a_skill_held_to_the_deadline_takes_only_its_own_with_it(real):
    """What builds on it is dropped; what does not is still planned, though the gate it held up is hard."""
    from cairn.planning import Planner
    from tests.planning.asking import asked

    deadline = day(150)
    request = asked(real, "llm-roadmap", hours=7, deadline=deadline)
    held = replace(request, hold={Skill.parse("gradients@use"): deadline - timedelta(days=1)})
    free, less = (Planner(real.curriculum, thorough=False).plan(r) for r in (request, held))

    assert less.finish <= deadline
    assert len(less.skills) > 0.6 * len(free.skills)
    assert Skill.parse("gradients@use") not in less.skills


def test_since_is_kept_through_replanning(planning, clock):
    """The day on which the first plan began stays when it is made anew, and a plan for other goals begins anew."""
    planning.make(TERMS)
    clock.on(day(9))
    planning.replan(hours=7.0)
    assert planning.terms().since == MONDAY
    planning.make(replace(TERMS, targets=("slope",), start=day(9)))
    assert planning.terms().since == day(9)


# -- belief and reviews ---------------------------------------------------------------------------------------


def right(planning, skill, n=0):
    """A question on a skill, answered."""
    item = next(iter(planning.desk.atlas.curriculum.items.of(Skill.parse(skill))))
    planning.desk.person()
    event = Evidence(
        planning.desk.person_id,
        planning.desk.clock(),
        Source.ITEM,
        skill,
        Outcome.RIGHT,
        ref=f"item:{item.id}:{n}",
        detail=item.id,
    )
    planning.desk.log.append([event])


def test_belief_shortens_the_plan(planning):
    """Before any answer all minutes are planned; right answers leave out what they show, and shorten what is likely."""
    stranger = planning.propose(TERMS)
    for n in range(4):
        right(planning, "addition@use", n)
    known = planning.propose(TERMS)

    assert stranger.request.belief == {}
    assert known.request.belief[Skill.parse("addition@use")] > 0.8
    assert Skill.parse("addition@use") not in known.plan.skills
    assert work(known.plan.days) < work(stranger.plan.days)


def test_belief_for_a_plan_is_computed_once(planning, monkeypatch):
    """Between two what-ifs nobody answers, so the belief at hand is taken: no observation is worked in again."""
    planning.make(TERMS)
    right(planning, "addition@use")
    planning.what_if(hours=5.0)
    from cairn.learner.belief import Belief

    monkeypatch.setattr(Belief, "update", lambda *_: pytest.fail("belief was computed again"))
    monkeypatch.setattr(Belief, "start", lambda *_: pytest.fail("belief was computed again"))
    assert planning.what_if(hours=6.0).plan.finish


def test_the_reviews_of_the_queue_take_their_minutes(planning, clock):
    """A person with something to review has it first on the days on which it falls due; others have none."""
    assert not any(s.activity.act is Act.REVIEW for d in planning.propose(TERMS).plan.days for s in d.slots)
    right(planning, "addition@use")
    later = replace(planning, load=lambda today: OwnQueue(today, (0, 0, 7), 2))
    plan = later.propose(TERMS).plan
    minutes = {d.date: sum(s.minutes for s in d.slots if s.activity.act is Act.REVIEW) for d in plan.days}

    assert [minutes[day(n)] for n in range(5)] == [0, 0, 7, 2, 2]
    assert all(d.minutes <= d.budget for d in plan.days)
    assert planning.propose(replace(TERMS, review=0)).request.review == 0


def test_the_queue_of_an_app_is_the_persons_own(app, monkeypatch):
    """The load comes from the evidence of the person, and is not worked out again while that is the same."""
    planning = app.planning()
    assert planning.load(MONDAY) == 0
    right(planning, "addition@use")
    found = planning.load(MONDAY)

    assert isinstance(found, OwnQueue)
    assert len(found.minutes) == 28
    assert app.planning().load(MONDAY) is found


def test_a_queue_goes_on_as_its_last_weeks():
    """Days that passed have none, coming days their own whole minutes, later ones the mean of the last fortnight."""
    at = datetime(2027, 1, 4, 12, tzinfo=UTC)
    loads = [DayLoad(at + timedelta(days=n), 10.2 if n < 14 else 3.0, 1, 0) for n in range(28)]
    queue = own_queue(loads, MONDAY)

    assert [queue(day(n)) for n in (-1, 0, 13, 14, 27, 28, 4000)] == [0, 11, 11, 3, 3, 3, 3]
    assert own_queue((), MONDAY)(MONDAY) == 0


def test_a_memo_makes_a_value_once_and_forgets_the_oldest():
    """The same key gives the same object; beyond its size the key that was asked for longest ago is made again."""
    memo, made = Memo(2), []

    def make(name):
        return memo.get(name, lambda: made.append(name) or object())

    first = make("a")
    make("b")
    assert make("a") is first
    make("c")
    make("b")
    assert made == ["a", "b", "c", "b"]


def test_a_plan_follows_from_what_it_depends_on(planning, clock):
    """Asked twice the same plan is handed out; on another day, or with other hours, another."""
    planning.make(TERMS)
    plan = planning.current().plan
    assert planning.current().plan is plan
    assert planning.what_if(hours=9.0).plan is not plan
    clock.on(day(1))
    assert planning.current().plan is not plan


# -- what is said ---------------------------------------------------------------------------------------------


def test_progress_counts_what_was_done_since_the_first_plan(planning, clock, app):
    """Done is what was logged, ahead what is left; behind is what the plan that holds had until yesterday, less what
    was done.
    """
    made = planning.make(TERMS)
    diary = replace(app.diary(), desk=planning.desk)
    slot = made.plan.days[0].slots[0]
    diary.log(slot.activity.id, 20, slot.activity.mode.value, planned=slot.activity.minutes)
    clock.on(day(2))
    found = progress(planning.current(), planning.days(), planning.past(), MONDAY)

    assert (found.done, found.did, found.planned, found.behind) == (20, 20, 60, 40)
    assert found.ahead == work(planning.current().plan.days)
    assert 0 < found.share < 0.1


def test_what_would_be_different_is_said(planning):
    """More hours end sooner, by how much; a deadline that cannot hold names the hours and the targets."""
    planning.make(TERMS)
    now = planning.current()
    said = instead(now, planning.what_if(hours=7.0))
    assert said[0].startswith("You would be done about")
    assert said[0].endswith("sooner.")
    assert instead(now, now)[0] == "The end stays where it is."
    tight = planning.what_if(deadline=day(4))
    assert "too many before the deadline: 1 target would not fit" in " ".join(instead(now, tight))
    assert enough(now) is None
    assert enough(tight) > 3.5


def test_enough_hours_are_enough(planning):
    """The hours a week that are said to hold everything do hold it."""
    planning.make(replace(TERMS, deadline=day(10)))
    hours = enough(planning.current())

    assert planning.what_if(hours=hours).plan.feasible


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "the same day"),
        (1, "1 day later"),
        (-3, "3 days sooner"),
        (14, "2 weeks later"),
        (-98, "14 weeks sooner"),
    ],
)
def test_a_shift_is_said_in_days_or_weeks(days, text):
    """Short shifts in days, long ones in weeks."""
    assert moved_by(days) == text


def test_a_move_says_why_it_is_not_the_day_that_was_wished(planning):
    """What must come before is named; a day without time and a gate are reasons of their own."""
    planning.make(TERMS)
    curriculum = planning.desk.atlas.curriculum

    def said(name, wanted):
        number = planning.plans.last(planning.desk.person_id).number
        moved = planning.move(name, wanted)
        text = follows(moved.made, moved.changes, Skill.parse(name), wanted, curriculum)
        planning.undo(number + 1)
        return text

    assert "first" in said("fitting@use", day(1))
    assert "now begins on Saturday 30 January" in said("fitting@recognise", day(26))
    planning.make(replace(TERMS, off=(day(30),)))
    assert "there is no time on that day" in said("slope@use", day(30))
    planning.make(Terms(targets=("short",), start=MONDAY, hours=3.5))
    assert "checkpoint of the phase before" in said("slope@recognise", day(0)) or "needs" in said(
        "slope@recognise", day(0)
    )


def test_two_apps_share_no_memo(tmp_path, app):
    """Each app has its own, so that one on another curriculum never gets a plan of this."""
    assert App(app.settings).memo is not app.memo


def test_a_backlog_today_does_not_set_the_pace_of_a_path(real):
    """Reviews a week are averaged over four: a heavy first day changes the path's clock little."""
    from tests.planning.asking import asked

    start = date(2027, 1, 4)
    heavy = asked(real, "llm-roadmap", hours=7, review=OwnQueue(start, (120, *[5] * 27), 5))
    even = asked(real, "llm-roadmap", hours=7, review=5)

    assert even.weekly_review == 35
    assert 35 < heavy.weekly_review < 70
