"""The JSON documents that others may rely on."""

from __future__ import annotations

import json

import pytest

from cairn.curriculum import Kind, load
from cairn.curriculum.linter import lint
from cairn.planning import UnknownTargetError
from cairn.study import documents

IDS = [
    "addition", "addition@use", "carrying", "sums", "short", "short-phase-1", "track-drawing", "paper-lines",
    "book-sums", "q-slope", "proofs", "write-add",
]  # fmt: skip


@pytest.fixture
def gap(mini):
    """The document of a gap."""
    return documents.gap(mini.gap("fitting", knows=["multiplication@recognise"]), mini.curriculum)


def test_what_was_found_is_a_row(mini):
    """Its id, kind and title; for a section the page and heading it stands at."""
    assert documents.found("SUM", mini.find("sum")) == {
        "query": "SUM",
        "id": "addition",
        "kind": "topic",
        "title": "Addition",
        "anchor": None,
        "within": "sums",
    }
    assert documents.found("x", mini.find("carrying"))["anchor"] == "addition#carrying"
    assert documents.found("x", mini.find("short-phase-1"))["anchor"] == "short-phase-1"


def test_what_was_not_found_is_a_row_of_nulls():
    """The query is kept, so that rows and questions can be laid side by side."""
    row = documents.found("zzz", None)

    assert row == {"query": "zzz", "id": None, "kind": None, "title": None, "anchor": None}


def test_a_gap_lists_its_skills_in_learning_order(gap):
    """Each with its hours, why it is needed, what it unlocks and what it requires."""
    skills = [row["skill"] for row in gap["skills"]]

    assert gap["format"] == 1
    assert gap["target"] == "fitting"
    assert skills == [
        "addition@use", "multiplication@use",
        "slope@recognise", "slope@use", "fitting@recognise", "fitting@use",
    ]  # fmt: skip
    assert gap["skills"][1] == {
        "skill": "multiplication@use",
        "topic": "multiplication",
        "level": "use",
        "title": "Multiplication",
        "can": "multiply two numbers",
        "hours": [1.0, 2.0],
        "because": "Errors are squared.",
        "unlocks": ["fitting@use"],
        "requires": ["addition@use"],
        "target": False,
    }
    assert [row["skill"] for row in gap["skills"] if row["target"]] == ["fitting@use"]


def test_a_gap_adds_up(gap):
    """The total is the sum of the rows, and topics are counted once."""
    assert gap["hours"] == [
        pytest.approx(sum(row["hours"][0] for row in gap["skills"])),
        pytest.approx(sum(row["hours"][1] for row in gap["skills"])),
    ]
    assert gap["topics"] == 4
    assert gap["known"] == ["addition@recognise", "multiplication@recognise"]
    assert {"id", "hours", "reason"} == set(gap["skipped"][0])


def test_several_goals_are_a_list(mini):
    """One goal is its id, several are their ids; `targets` always says what each asks for."""
    document = documents.gap(mini.gap("slope", "q-slope"), mini.curriculum)

    assert document["target"] == ["slope", "q-slope"]
    assert document["targets"][1] == {
        "id": "q-slope",
        "kind": "question",
        "title": "What is the slope of a line?",
        "skills": ["slope@recognise"],
    }


@pytest.mark.parametrize("text", IDS)
def test_anything_can_be_shown(mini, text):
    """The document has the promised keys and is plain JSON."""
    document = documents.show(mini, text)

    assert document == json.loads(json.dumps(document))
    assert (document["format"], document["id"]) == (1, text)
    assert document["kind"] == mini.curriculum.resolve(text).kind.value
    assert document["title"]
    assert all({"skill", "reason"} <= set(row) for row in document["requires"])
    assert 0 <= document["hours"][0] <= document["hours"][1]


def test_every_kind_is_among_the_shown():
    """So that the test above leaves none out."""
    kinds = {Kind.SKILL, *(Kind(k) for k in Kind)}

    assert len(IDS) == len(kinds)


def test_a_topic_is_shown_whole(mini):
    """Levels with hours, requirements with reasons, what it unlocks, where it is cited."""
    document = documents.show(mini, "multiplication")

    assert document["levels"]["use"] == {"hours": [1.0, 2.0], "can": "multiply two numbers"}
    assert document["requires"][1] == {
        "skill": "addition@use",
        "reason": "The partial products are added.",
        "for": "multiplication@use",
    }
    assert document["unlocks"] == ["fitting@use"]
    assert document["hours"] == [1.1, 2.2]
    assert document["sources"] == [{"of": "book-sums", "role": "canonical", "at": "chapter 2"}]
    assert document["contains"] == {"multiplication@use": {"addition@use": 0.5}}


def test_a_skill_is_shown_alone(mini):
    """Only what this level requires and takes."""
    document = documents.show(mini, "fitting@use")

    assert document["can"] == "fit a line to three points"
    assert [row["skill"] for row in document["requires"]] == ["multiplication@use", "slope@use"]
    assert document["hours"] == [1.0, 3.0]


def test_hours_are_those_of_the_background(mini):
    """A clerk takes the lower half of what they have met."""
    assert documents.show(mini, "multiplication@use", "clerk")["hours"] == [1.0, 1.5]


def test_a_path_is_shown_as_it_stands_in_its_file(mini):
    """Phases, steps and rules, its own hours, and the hours of the whole way to it."""
    document = documents.show(mini, "short")

    assert document["shape"] == "phases"
    assert document["phases"][0]["steps"][0]["targets"] == ["addition@use"]
    assert [row["skill"] for row in document["requires"]] == ["addition@use", "fitting@use"]
    assert document["hours"] == [1.5, 4.0]
    assert document["hours_from_nothing"] == list(mini.gap("short").hours)
    assert "file" not in document


def test_a_resource_is_shown_with_what_it_teaches(mini):
    """It asks for nothing, so it takes no hours."""
    document = documents.show(mini, "book-sums")

    assert document["teaches"] == {"addition": "chapter 1", "carrying": "page 7", "lines": "appendix"}
    assert (document["requires"], document["hours"]) == ([], [0.0, 0.0])


def test_what_is_unknown_cannot_be_shown(mini):
    """The error says what was asked."""
    with pytest.raises(UnknownTargetError, match="nonsense"):
        documents.show(mini, "nonsense")


def test_the_linters_report(mini_files):
    """Counts of everything, and each finding with its place and hint."""
    files = {**mini_files, "notes.txt": b"", "papers/paper-lines.yaml": b"title: [\n"}
    document = documents.report(lint(load(files)))

    assert document == json.loads(json.dumps(document))
    assert set(document) >= {
        "format", "errors", "warnings", "topics", "pages", "items", "exercises", "claims", "mutation",
    }  # fmt: skip
    assert (document["topics"], document["pages"], document["drafts"]) == (4, 0, 4)
    first = document["errors"][0]
    assert (first["file"], first["line"], first["code"]) == ("papers/paper-lines.yaml", 2, "yaml")
    assert document["warnings"] == [
        {
            "file": "notes.txt",
            "line": 0,
            "code": "stray",
            "message": "no kind of file belongs here",
            "hint": "remove it, or move it to where docs/format.md says",
        }
    ]


def test_all_of_the_real_curriculum_can_be_shown(real):
    """Here every fortieth thing of it."""
    for text in list(real.curriculum.entries)[::40]:
        assert json.loads(json.dumps(documents.show(real, text)))["id"] == text
