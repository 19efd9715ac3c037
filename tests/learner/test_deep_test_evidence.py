"""Evidence: one event as it happened, and what a person's own words amount to."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum import LEVELS, Skill
from cairn.learner import Evidence, Outcome, Source, said_known

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(*words):
    """Events from words such as `+svd@use` (known) and `-svd@use` (not known), a minute apart."""
    outcomes = {"+": Outcome.KNOWN, "-": Outcome.UNKNOWN}
    return [
        Evidence("p", NOON + timedelta(minutes=i), Source.SELF_REPORT, word[1:], outcomes[word[0]])
        for i, word in enumerate(words)
    ]


def known(*words):
    """What these words amount to."""
    return [str(skill) for skill in said_known(said(*words))]


@pytest.mark.parametrize(
    ("words", "amount_to"),
    [
        ([], []),
        (["+a@use"], ["a@use"]),
        (["-a@use"], []),
        (["+b@use", "+a@use"], ["b@use", "a@use"]),
        (["+a@use", "+b@use", "+a@use"], ["a@use", "b@use"]),
        (["+a@use", "-a@use"], []),
        (["+a@use", "-a@use", "+a@use"], ["a@use"]),
        (["+a@use", "+b@use", "-a@use", "+a@use"], ["b@use", "a@use"]),
        (["+a@derive", "-a@use"], []),
        (["+a@use", "+a@derive", "-a@recognise"], []),
        (["+a@recognise", "+a@use", "-a@use"], ["a@recognise"]),
        (["+a@use", "-a@derive"], ["a@use"]),
        (["+a@derive", "-b@recognise"], ["a@derive"]),
    ],
)
def test_the_last_word_on_each_skill_counts(words, amount_to):
    """In the order first said; withdrawing a level withdraws the deeper ones of its topic too."""
    assert known(*words) == amount_to


@pytest.mark.parametrize("text", ["a", "a@expert", "", "A@use", "a@use\n", "→"])
def test_what_is_no_skill_is_passed_over(text):
    """A topic may have left the curriculum, or have been written otherwise; the rest still counts."""
    assert known(f"+{text}", "+b@use", f"-{text}") == ["b@use"]


def test_a_skill_the_curriculum_no_longer_has_is_kept():
    """Evidence outlives the map; who asks decides what to do with it."""
    assert known("+long-gone@derive") == ["long-gone@derive"]


@__import__("hypothesis").settings(max_examples=3000, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("+-"), st.sampled_from("ab"), st.sampled_from(LEVELS)), max_size=14)
)
def test_a_skill_is_known_when_nothing_was_taken_back_since(events):
    """That is: said, and neither it nor a shallower level of its topic denied after."""
    words = [f"{sign}{topic}@{level}" for sign, topic, level in events]

    def standing(topic, level):
        after = -1
        for i, (sign, other, depth) in enumerate(events):
            if sign == "-" and other == topic and depth.depth <= level.depth:
                after = i
        return next((i for i, e in enumerate(events) if i > after and e == ("+", topic, level)), None)

    since = {Skill(t, level): standing(t, level) for t in "ab" for level in LEVELS}
    expected = sorted((s for s, i in since.items() if i is not None), key=since.__getitem__)

    assert list(said_known(said(*words))) == expected


@__import__("hypothesis").settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(["+a@use", "-a@use", "+a@derive", "-a@recognise", "+b@use"]), max_size=10))
def test_saying_it_all_again_changes_nothing_but_the_order(words):
    """The events stand for themselves: a second telling ends where the first did."""
    assert set(known(*words, *words)) == set(known(*words))


def test_evidence_needs_a_time_zone():
    """A time of day somewhere is no point in time."""
    with pytest.raises(ValueError, match="time zone"):
        Evidence("p", datetime(2026, 3, 1), Source.SELF_REPORT, "a@use", Outcome.KNOWN)  # noqa: DTZ001


def test_any_time_zone_will_do():
    """Two clocks that show the same moment give the same evidence."""
    east = NOON.astimezone(timezone(timedelta(hours=9)))

    assert said("+a@use")[0] == Evidence("p", east, Source.SELF_REPORT, "a@use", Outcome.KNOWN)


def test_evidence_cannot_be_changed():
    """What happened, happened."""
    [event] = said("+a@use")

    with pytest.raises(FrozenInstanceError):
        event.outcome = Outcome.UNKNOWN
