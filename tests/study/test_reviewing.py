"""Reviewing: what was shown falls due, and the day's questions take care of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cairn.learner import Evidence, Outcome, Source
from cairn.learner.review import Grade
from cairn.study.reviewing import Reviewing, practised

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(outcome, days=0.0, skill="addition@use", source=Source.ITEM, ref=None):
    """One piece of evidence."""
    return Evidence("local", NOON + timedelta(days=days), source, skill, outcome, ref)


@pytest.fixture
def at(app):
    """The verbs of review on a given day."""

    def make(days: float) -> Reviewing:
        answering = app.answering()
        desk = replace(answering.desk, clock=lambda: NOON + timedelta(days=days))
        desk.person()
        return Reviewing(replace(answering, desk=desk))

    return make


def grades(events, diagnosed=frozenset()):
    """The grades that practice has."""
    return [p.grade for p in practised(events, {}.get if not events else lambda skill: 0, diagnosed)]


def test_what_was_never_shown_cannot_be_forgotten():
    """Failures before the first pass are no reviews; afterwards they are."""
    events = [event(o) for o in (Outcome.WRONG, Outcome.PASSED, Outcome.RIGHT, Outcome.WRONG)]
    assert grades(events) == [Grade.GOOD, Grade.AGAIN]


def test_a_diagnosis_finds_what_was_learned_long_ago():
    """Its first pass counts as an easy one, so that a diagnosis does not end in a pile of reviews."""
    assert grades([event(Outcome.RIGHT, ref="item:a:1")], frozenset({"item:a:1"})) == [Grade.EASY]


def test_a_word_is_no_practice():
    """Saying that one knows something practises nothing."""
    assert grades([event(Outcome.KNOWN, source=Source.SELF_REPORT)]) == []


def test_nothing_is_due_at_first(at):
    """Without evidence the day is free and so are the coming weeks."""
    assert at(0).today().reviews == ()
    assert all(day.minutes == 0 for day in at(0).forecast(7))


def test_a_skill_falls_due_and_a_new_variant_is_asked(at):
    """Some days after it was shown, a question on it is due, and answering it clears the day."""
    first = at(0)
    first.answering.desk.log.append([event(Outcome.RIGHT)])
    assert first.today().reviews == ()
    later = at(4)
    (review,) = later.today().reviews
    assert str(review.skill) == "addition@use"
    assert review.recall < 0.9
    asked = later.answering.ask(review.item.id)
    later.answering.answer(review.item.id, asked.seed, str(asked.key.value))
    assert later.today().reviews == ()


def test_a_higher_retention_asks_earlier(at):
    """With a target of .97 the skill is due before the day it would be at .8."""
    at(0).answering.desk.log.append([event(Outcome.RIGHT)])
    at(1).prefer(retention=0.97)
    assert at(1.5).today().reviews
    at(1).prefer(retention=0.8)
    assert not at(1.5).today().reviews


@pytest.mark.parametrize(
    ("name", "value"), [("retention", 0.3), ("retention", 1.0), ("minutes", -1), ("minutes", 1e9)]
)
def test_senseless_settings_are_refused(at, name, value):
    """The message says what is possible, and nothing is kept."""
    with pytest.raises(ValueError, match="needed"):
        at(0).prefer(**{name: value})
    assert at(0).answering.desk.person().preferences == {}


def test_a_limit_of_minutes_is_kept_to(at):
    """With a minute a day the rest waits, and is named."""
    skills = ["addition@recognise", "addition@use", "multiplication@recognise", "multiplication@use"]
    at(0).answering.desk.log.append([event(Outcome.RIGHT, skill=s) for s in skills])
    at(1).prefer(minutes=1.0)
    today = at(20).today()
    assert today.minutes <= 1.0
    assert today.later
