from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cairn.curriculum import Level, Skill
from cairn.learner import Evidence, Outcome, Source
from cairn.learner.belief import EXERCISE, ITEM, SELF_REPORT, Observation, Strength
from cairn.learner.belief.hearing import observations

USE, DERIVE = Skill("svd", Level.USE), Skill("svd", Level.DERIVE)
PLACES = {USE: 0, DERIVE: 1}


def event(
    skill: str, outcome: Outcome, source: Source = Source.SELF_REPORT, ref: str | None = None
) -> Evidence:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=1)
    return Evidence("ann", at, source, skill, outcome, ref)


def test_last_word_counts() -> None:
    """Of several self-reports on one skill only the last is heard, in the place where it was said."""
    heard = observations(
        [
            event("svd@use", Outcome.KNOWN),
            event("svd@derive", Outcome.KNOWN),
            event("svd@use", Outcome.UNKNOWN),
        ],
        PLACES,
    )
    assert heard == [SELF_REPORT.observe(1, well=True), SELF_REPORT.observe(0, well=False)]


def test_deeds_add_up() -> None:
    """Two accepted exercises on one skill are two observations, recognised by what they come from."""
    events = [event("svd@use", Outcome.KNOWN, Source.EXERCISE, ref) for ref in ("one", "two")]
    heard = observations(events, PLACES)
    assert heard == [EXERCISE.observe(0, well=True, ref=ref) for ref in ("one", "two")]


def test_what_is_not_there() -> None:
    """Skills that left the graph, and texts that are none, are passed over."""
    events = [event("pca@use", Outcome.KNOWN), event("???", Outcome.KNOWN), event("svd@use", Outcome.KNOWN)]
    assert [o.position for o in observations(events, PLACES)] == [0]


def test_own_strength() -> None:
    """An event's own strength replaces the usual one, and None leaves the event out."""
    sharp = Strength(0.01, 0.01)
    events = [event("svd@use", Outcome.KNOWN), event("svd@derive", Outcome.KNOWN)]
    heard = observations(events, PLACES, lambda e: sharp if e.skill == "svd@use" else None)
    assert heard == [sharp.observe(0, well=True)]


def test_answers_to_items() -> None:
    """A right answer speaks for the skill, a wrong one against it, and "I don't know" has chances of its own."""
    events = [
        event("svd@use", outcome, Source.ITEM) for outcome in (Outcome.RIGHT, Outcome.WRONG, Outcome.PASSED)
    ]
    right, wrong, passed = observations(events, PLACES)
    assert right == ITEM.observe(0, well=True)
    assert wrong == ITEM.observe(0, well=False)
    assert passed == Observation.unsure(0)
