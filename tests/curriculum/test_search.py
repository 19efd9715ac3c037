"""Search: what people type finds what they mean, best first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.app import load
from cairn.curriculum import Kind
from cairn.curriculum.search import SearchIndex
from tests.conftest import MINI

CURRICULUM = load(MINI).curriculum
INDEX = SearchIndex(CURRICULUM)


def ids(text, **options):
    """The ids of what a search finds, best first."""
    return [hit.entry.id for hit in INDEX.find(text, **options)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("addition", "addition"),
        ("Addition", "addition"),
        ("plus", "addition"),
        ("line fitting", "fitting"),
        ("fit", "fitting"),
        ("line fit", "fitting"),
        ("mult", "multiplication"),
        ("carry", "carrying"),
        ("the book", "book-sums"),
        ("author", "book-sums"),
        ("addition@use", "addition@use"),
        ("short path", "short"),
    ],
)
def test_a_name_or_its_beginning_finds_the_thing(text, first):
    """Titles, aliases and ids, whole or begun, in any case, by any word of theirs."""
    assert ids(text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [("additon", "addition"), ("mulitplication", "multiplication"), ("fiting a line", "fitting")],
)
def test_a_slip_of_the_keyboard_is_forgiven(text, first):
    """A letter too few, or two exchanged."""
    assert ids(text)[0] == first


def test_the_thing_itself_comes_first_with_a_full_score():
    """Whatever else begins the same."""
    hits = INDEX.find("lines")

    assert (hits[0].entry.id, hits[0].score) == ("lines", 1.0)
    assert all(hit.score < 1 for hit in hits[1:])


def test_a_word_of_the_summary_is_a_last_resort():
    """A topic is found by what it is about, after everything that is called so."""
    assert ids("amounts") == ["addition"]
    assert INDEX.find("amounts")[0].score < min(hit.score for hit in INDEX.find("addition", limit=1))


def test_a_hit_says_what_it_is():
    """Each kind has a line to show beside its title."""
    assert all(hit.summary for entry in CURRICULUM.entries for hit in INDEX.find(entry))
    assert INDEX.find("carrying")[0].summary == "In Addition"
    assert INDEX.find("addition@use")[0].summary == "Putting amounts together."


@pytest.mark.parametrize("text", ["", " ", "?!", "λ", "数学", "🪨", "zzzzzzzz"])
def test_what_is_like_nothing_finds_nothing(text):
    """No letters, letters that no name has, letters of other scripts."""
    assert ids(text) == []


def test_only_the_kinds_asked_for_are_found():
    """Exact names and guesses included."""
    assert ids("lines", kinds=[Kind.PATH, Kind.PHASE]) == ["short-phase-2", "short"]
    assert ids("addition", kinds=[Kind.PATH]) == []
    assert ids("addition@use", kinds=[Kind.SKILL]) == ["addition@use"]
    assert ids("addition@use", kinds=[Kind.AREA]) == []
    assert ids("additon", kinds=[Kind.PAPER]) == []


def test_no_more_than_the_limit_is_found():
    """The best ones are kept."""
    every = ids("s", limit=100)

    assert len(every) > 3
    assert ids("s", limit=3) == every[:3]


@given(st.text(max_size=25) | st.text("aditon lesfgumcp@-", max_size=12), st.integers(0, 10))
def test_any_text_is_answered(text, limit):
    """Scores lie in (0, 1] and fall, nothing is found twice, and asking again gives the same."""
    hits = INDEX.find(text, limit)

    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({hit.entry.id for hit in hits}) == len(hits) <= limit
    assert INDEX.find(text, limit) == hits


@given(st.sampled_from(sorted(CURRICULUM.entries)))
def test_every_id_finds_its_thing_first(entry):
    """However short the id, and whatever else begins so."""
    assert ids(entry)[0] == entry


def test_the_real_curriculum_is_found_by_the_names_in_use(real):
    """A topic's title and aliases lead to that topic, here for every seventh."""
    for topic in list(real.curriculum.topics.values())[::7]:
        for name in (topic.title, *topic.aliases):
            found = real.search(name, limit=3, kinds=[Kind.TOPIC])
            assert topic.id in {hit.entry.id for hit in found}, name
