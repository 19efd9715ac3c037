"""Names: who may be called what, and who wins where two things share a name."""

from __future__ import annotations

import pytest

from cairn.curriculum import Kind, load
from tests.curriculum.breaking import BOOKS, MULTIPLICATION, PATH, ROOT, SLOPE, changed, found


def test_every_thing_has_an_entry(mini_files):
    """Nothing in the files is without an id, and ids are unique over all kinds."""
    curriculum = load(mini_files).curriculum

    kinds = [entry.kind for entry in curriculum.entries.values()]

    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.TOPIC: 4, Kind.SKILL: 0, Kind.SECTION: 1, Kind.AREA: 3, Kind.PATH: 1, Kind.PHASE: 2,
        Kind.TRACK: 1, Kind.PAPER: 1, Kind.RESOURCE: 1, Kind.QUESTION: 1, Kind.COMPARISON: 1,
        Kind.EXERCISE: 1,
    }  # fmt: skip


def test_every_entry_is_found_by_its_id(mini_files):
    """Whatever else is called so."""
    curriculum = load(mini_files).curriculum

    assert all(curriculum.resolve(i) == entry for i, entry in curriculum.entries.items())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PATH, "title: The short path", "title: Slope"),
        (ROOT, "title: Lines", "title: Slope"),
        (BOOKS, "title: The Book of Sums", "title: Slope"),
        (BOOKS, "[C. Author]", "[Slope]"),
        (PATH, "    title: Lines", "    title: Slope"),
    ],
)
def test_a_topic_keeps_its_name_against_other_kinds(mini_files, name, old, new):
    """A path or a book may have a topic's title; the name then stands for the topic, and that is no error."""
    files = changed(mini_files, name, old, new)

    assert found(files) == []
    assert load(files).curriculum.resolve("slope").kind is Kind.TOPIC


def test_an_id_is_never_taken_by_an_alias(mini_files):
    """What is written exactly as an id is the thing with that id, even where a topic is also called so."""
    files = changed(mini_files, SLOPE, "title: Slope\n", "title: Slope\naliases: [Carrying, Short]\n")
    curriculum = load(files).curriculum

    assert curriculum.resolve("carrying").kind is Kind.SECTION
    assert curriculum.resolve("short").kind is Kind.PATH


def test_a_sections_id_is_not_taken_in_any_case(mini_files):
    """A topic wins against the names of other kinds, but not against the id of a section."""
    files = changed(mini_files, SLOPE, "title: Slope\n", "title: Slope\naliases: [Carrying, Short]\n")
    curriculum = load(files).curriculum

    assert curriculum.resolve("CARRYING").kind is Kind.SECTION
    assert curriculum.resolve("SHORT").id == "slope"


def test_a_topic_may_repeat_its_own_id(mini_files):
    """An alias that is the topic's own id in other dress is no clash."""
    assert found(changed(mini_files, MULTIPLICATION, "[product]", "[Multi-Plication, product]")) == []


def test_names_without_letters_do_not_meet(mini_files):
    """Signs fold to nothing; two topics called by signs do not clash, and nothing is found by no name."""
    files = changed(mini_files, MULTIPLICATION, "[product]", "['×', '·']")
    files = changed(files, SLOPE, "title: Slope\n", "title: Slope\naliases: ['∠', '/']\n")

    assert found(files) == []
    assert load(files).curriculum.resolve("") is None
    assert load(files).curriculum.resolve("·") is None


def test_names_that_differ_only_in_accents_are_one(mini_files):
    """Two topics must not be told apart by an accent alone."""
    assert found(changed(mini_files, MULTIPLICATION, "[product]", "[Slopé]")) == [
        (MULTIPLICATION, 3, "duplicate-alias")
    ]


def test_the_duplicates_error_names_the_other_place(mini_files):
    """The author need not look for the first one."""
    [problem] = load(changed(mini_files, PATH, "id: short-phase-2", "id: addition")).errors

    assert "this phase already names a topic" in problem.message
    assert "topics/sums/addition/topic.md" in problem.hint
