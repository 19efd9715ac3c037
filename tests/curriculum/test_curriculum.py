"""The loaded value: what a name stands for, what lies within what, and how many hours it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.app import load
from cairn.curriculum import Kind, Level, Skill
from cairn.curriculum.curriculum import folded
from tests.conftest import MINI

CURRICULUM = load(MINI).curriculum
NAMES = sorted({name for entry in CURRICULUM.entries.values() for name in (entry.id, *entry.names)})


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("addition", Kind.TOPIC, "addition"),
        ("Addition", Kind.TOPIC, "addition"),
        ("SUM", Kind.TOPIC, "addition"),
        ("Line-Fitting", Kind.TOPIC, "fitting"),
        ("carrying", Kind.SECTION, "carrying"),
        ("lines", Kind.AREA, "lines"),
        ("arithmetic", Kind.AREA, "sums"),
        ("the short path", Kind.PATH, "short"),
        ("short-phase-2", Kind.PHASE, "short-phase-2"),
        ("Drawing", Kind.TRACK, "track-drawing"),
        ("On Lines", Kind.PAPER, "paper-lines"),
        ("C. Author", Kind.RESOURCE, "book-sums"),
        ("what is the slope of a line", Kind.QUESTION, "q-slope"),
        ("proofs or not", Kind.COMPARISON, "proofs"),
        ("addition@use", Kind.SKILL, "addition@use"),
        ("Plus@Use", Kind.SKILL, "addition@use"),
        (" sum@derive ", Kind.SKILL, "addition@derive"),
        ("carrying@use", Kind.SKILL, "addition@use"),
    ],
)
def test_a_name_stands_for_one_thing(text, kind, found):
    """Ids, titles, aliases and skills are found whatever their case, spaces and punctuation."""
    entry = CURRICULUM.resolve(text)

    assert (entry.kind, entry.id) == (kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "@",
        "?!",
        "nonsense",
        "addition@",
        "@use",
        "addition@expert",
        "slope@derive",
        "lines@use",
        "a@b@c",
    ],
)
def test_what_names_nothing(text):
    """No name, a level that is not there, a level of what has none."""
    assert CURRICULUM.resolve(text) is None


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False))
def test_a_name_is_found_in_any_case(name, rng):
    """Whoever types a name finds the thing that has it."""
    typed = "".join(rng.choice([c.upper(), c.lower()]) for c in name)

    entry = CURRICULUM.resolve(typed)

    assert folded(name) in {folded(n) for n in (entry.id, *entry.names)}


@given(st.text(max_size=20))
def test_any_text_resolves_to_an_entry_or_to_nothing(text):
    """Asking never fails."""
    entry = CURRICULUM.resolve(text)

    assert entry is None or CURRICULUM.resolve(entry.id) == entry


@pytest.mark.parametrize("text", ["KV-cache", "KV cache", "kv cache", "kv_cache", "K.V. Cache!"])
def test_names_fold_to_letters_and_digits(text):
    """Case, spaces and punctuation make no difference."""
    assert folded(text) == "kvcache"


@pytest.mark.parametrize(
    ("text", "plain"), [("Poincaré", "poincare"), ("L²", "l2"), ("Straße", "strasse"), ("λ", "λ")]
)
def test_names_fold_without_accents(text, plain):
    """A name is found by who has no accents on the keyboard, and other scripts keep their letters."""
    assert folded(text) == plain


@given(st.text())
def test_folding_twice_changes_nothing(text):
    """A folded name is its own folded name."""
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("area", "inside", "topics"),
    [
        ("everything", {"everything", "sums", "lines"}, ["addition", "multiplication", "slope", "fitting"]),
        ("lines", {"lines"}, ["slope", "fitting"]),
        ("nowhere", {"nowhere"}, []),
    ],
)
def test_an_area_holds_the_areas_and_topics_within_it(area, inside, topics):
    """Directly or not, in learning order."""
    assert CURRICULUM.areas_within(area) == inside
    assert [t.id for t in CURRICULUM.topics_of(area)] == topics


def test_hours_add_up():
    """A skill has its own hours; an area those of all its topics."""
    assert CURRICULUM.hours_of_skill(Skill("fitting", Level.USE)) == (1.0, 3.0)
    assert CURRICULUM.hours_of("lines") == pytest.approx((3.9, 9.3))
    sums, lines = CURRICULUM.hours_of("sums"), CURRICULUM.hours_of("lines")
    assert CURRICULUM.hours_of("everything") == pytest.approx((sums[0] + lines[0], sums[1] + lines[1]))


def test_parts_are_found_by_their_own_id():
    """Phases, tracks and sections stand inside other things and have ids of their own."""
    assert CURRICULUM.phase("short-phase-1").title == "Sums"
    assert CURRICULUM.track("track-drawing").weekly_minutes == (30.0, 60.0)
    assert CURRICULUM.section("carrying").topic == "addition"


@pytest.mark.parametrize("wrong", ["short", "addition", "nothing"])
def test_a_part_of_another_kind_is_none(wrong):
    """Asking for a phase by the id of something else finds none."""
    assert CURRICULUM.phase(wrong) is CURRICULUM.track(wrong) is CURRICULUM.section(wrong) is None


def test_a_part_knows_what_it_is_within():
    """A section its topic and heading, a phase and a track their path, a topic its area."""
    within = {i: (e.within, e.anchor) for i, e in CURRICULUM.entries.items() if e.within}

    assert within["carrying"] == ("addition", "carrying")
    assert within["short-phase-1"] == ("short", "short-phase-1")
    assert within["track-drawing"] == ("short", "track-drawing")
    assert within["slope"] == ("lines", "")
