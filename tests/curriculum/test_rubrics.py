"""Model answers: what their files may say, and what the linter finds in them."""

from __future__ import annotations

import pytest

from cairn.curriculum import load
from cairn.curriculum.linter import lint

FILE = "questions/q-slope/answer.md"


@pytest.fixture
def findings(mini_files):
    """The linter's findings in the model answer once a text in it was replaced."""

    def changed(old: str, new: str):
        text = mini_files[FILE].decode()
        assert old in text
        report = lint(load({**mini_files, FILE: text.replace(old, new, 1).encode()}))
        return [p for p in report.problems if p.file == FILE]

    return changed


def test_a_sound_answer_is_silent_and_counted(mini_files):
    """The miniature's answer has no findings, and the report counts it beside the questions."""
    report = lint(load(mini_files))
    assert [p for p in report.problems if p.file == FILE] == []
    assert (report.questions, report.answers) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new", "code", "says", "line"),
    [
        ("see: slope#failure-modes", "see: slope#nowhere", "dangling", "slope#nowhere", 19),
        ("see: slope#intuition", "see: sloop#statement", "dangling", "no such topic", 23),
        ("partial: Says that it can be negative", "partial: Nothing", "rubric", "three different", 10),
        ("point: The sign", "point: The ratio", "rubric", "twice", 10),
        ("then: For a vertical line.\n", "", "follow-up", "has no answer", 2),
        ("weight: 2", "weight: 4", "value", "less than or equal to 3", 9),
        ("minutes: 1", "minute: 1", "unknown-key", "minute", 2),
        ("  ask: When does a line have no slope?\n", "", "missing-key", "ask", 24),
        ("$m = (y_2", "$$m = (y_2", "unclosed", "$$", 31),
        ("Take any two", "Take <b>any</b> two", "html", "HTML", 30),
        ("minutes: 1", "code: exercises/none-such/solution.py#f", "dangling", "none-such", 2),
        ("Which two points one takes does not matter,", "Simply,", "filler", "Simply", 31),
    ],
)
def test_a_fault_is_found_where_it_stands(findings, old, new, code, says, line):
    """Each fault has one finding with its kind, its line and a word of what is wrong."""
    found = [p for p in findings(old, new) if p.code == code]
    assert found, findings(old, new)
    assert any(says in f"{p.message} {p.hint}" for p in found)
    assert line in {p.line for p in found}


def test_too_short_an_answer_is_no_model(mini_files):
    """An answer of a few words is found, with how many it should have."""
    head, _, _ = mini_files[FILE].decode().rpartition("---\n")
    report = lint(load({**mini_files, FILE: f"{head}---\nRise over run.\n".encode()}))
    assert [(p.code, "3 words" in p.message) for p in report.problems if p.file == FILE] == [("length", True)]


def test_an_answer_to_no_question_is_found(mini_files):
    """A folder that is no question's is an error; the other answers stand."""
    report = lint(load({**mini_files, "questions/q-none/answer.md": mini_files[FILE]}))
    assert [p.code for p in report.problems if p.file == "questions/q-none/answer.md"] == ["dangling"]
    assert report.answers == 2


def test_fewer_than_three_criteria_are_refused(mini_files):
    """A rubric of two criteria is no rubric: the file is left out with an error that says so."""
    text = mini_files[FILE].decode()
    start, end = text.index("  - point: The sign"), text.index("wrong:")
    loaded = load({**mini_files, FILE: (text[:start] + text[end:]).encode()})
    assert not loaded.curriculum.answers
    assert any("rubric" in p.message for p in loaded.errors)
