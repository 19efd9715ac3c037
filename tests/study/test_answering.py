"""Answering: a variant is asked until it is answered, graded, kept and counted once."""

from __future__ import annotations

import json

import pytest

from cairn.learner import Outcome, Source
from cairn.study.answering import Occasion
from cairn.study.errors import UnknownItemError

SUM = "addition/two-numbers"


@pytest.fixture
def answering(app):
    """The verbs over the miniature curriculum."""
    return app.answering()


def right(variant) -> str:
    """The right answer of a numeric variant, as a person would type it."""
    return str(variant.key.value)


def test_the_same_question_is_asked_until_it_is_answered(answering):
    """Asking again, as after a reload, gives the same variant; after an answer it is a new one."""
    first = answering.ask(SUM)
    assert answering.ask(SUM).ask == first.ask
    answering.answer(SUM, first.seed, "0")
    assert answering.ask(SUM).seed != first.seed


def test_people_get_variants_of_their_own(app):
    """Two people are not asked the same numbers."""
    seeds = {app.answering(person).ask(SUM).seed for person in ("ada", "bob", "cy")}
    assert len(seeds) == 3


def test_a_right_answer_is_evidence_for_its_skill(answering):
    """It is kept with the item, and as evidence of the item's skill."""
    asked = answering.ask(SUM)
    reply = answering.answer(SUM, asked.seed, right(asked), occasion=Occasion.REVIEW, seconds=9)
    assert reply.counted
    (event,) = answering.desk.log.of(answering.desk.person_id)
    assert (event.source, event.skill, event.outcome, event.detail) == (
        Source.ITEM,
        "addition@use",
        Outcome.RIGHT,
        SUM,
    )
    (kept,) = answering.answers.of(answering.desk.person_id)
    assert (kept.occasion, kept.seconds, kept.version) == ("review", 9, asked.item.version)


@pytest.mark.parametrize(("given", "outcome"), [(None, Outcome.PASSED), ("123456", Outcome.WRONG)])
def test_other_answers_are_evidence_too(answering, given, outcome):
    """A wrong answer and "I don't know" are told apart."""
    answering.answer(SUM, answering.ask(SUM).seed, given)
    assert [e.outcome for e in answering.desk.log.of(answering.desk.person_id)] == [outcome]


@pytest.mark.parametrize(
    "given",
    ["", "NaN", "1e400", r"\frac{1}{0}", "x" * 1_000_000, "[[1,2],[3]]", "__import__('os')", "\ud800"],
)
def test_unreadable_answers_count_nothing(answering, given):
    """What cannot be read gets a message; nothing is kept, and the same question stays."""
    asked = answering.ask(SUM)
    reply = answering.answer(SUM, asked.seed, given)
    assert not reply.counted
    assert len(reply.graded.message) > 10
    assert answering.answers.of(answering.desk.person_id) == []
    assert answering.ask(SUM).seed == asked.seed


def test_a_second_answer_to_a_variant_changes_nothing(answering):
    """A second tab, or a form sent twice, is told what was answered before."""
    asked = answering.ask(SUM)
    answering.answer(SUM, asked.seed, right(asked))
    again = answering.answer(SUM, asked.seed, "0")
    assert not again.counted
    assert again.earlier.mark == "right"
    assert len(answering.desk.log.of(answering.desk.person_id)) == 1


def test_an_old_answer_can_be_graded_again(answering):
    """The kept parameters rebuild the question, and the mark comes out as it was."""
    asked = answering.ask(SUM)
    answering.answer(SUM, asked.seed, right(asked))
    (kept,) = answering.answers.of(answering.desk.person_id)
    json.dumps(kept.parameters)
    assert answering.again(kept).mark.value == kept.mark == "right"


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 1e9, float("nan")])
def test_senseless_times_are_dropped(answering, seconds):
    """An answer that took no time, or a day, is kept without its time."""
    answering.answer(SUM, answering.ask(SUM).seed, "1", seconds=seconds)
    assert answering.answers.of(answering.desk.person_id)[0].seconds is None


def test_an_unknown_item_is_an_error(answering):
    """The message names it and says how to find one."""
    with pytest.raises(UnknownItemError, match="no-such") as caught:
        answering.ask("addition/no-such")
    assert "cairn item list" in caught.value.hint


def test_answers_alone_do_not_make_a_skill_known_for_certain(answering):
    """What is known after answers is what belief says, not the last answer."""
    asked = answering.ask(SUM)
    answering.answer(SUM, asked.seed, right(asked))
    stands = answering.desk.stands()
    assert stands.belief is not None
    position = answering.desk.atlas.curriculum.graph.position
    assert stands.belief.p[position[answering.item(SUM).skill]] > 0.6
