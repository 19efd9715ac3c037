"""The kinds of exercise for a learner: what they begin with, which hints there are, what is evidence and library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cairn.app import App
from cairn.judge import Judge, mended
from cairn.settings import Settings
from cairn.study import kinds as of_kinds
from cairn.study.errors import MissingLibraryError
from cairn.study.practice import Practice


@pytest.fixture
def practice(kinds, tmp_path) -> Iterator[Practice]:
    """The verbs over the miniature curriculum with every kind of exercise."""
    app = App(Settings(curriculum=kinds, data=tmp_path, database_url=f"sqlite:///{tmp_path / 'c.sqlite3'}"))
    yield app.practice()
    app.close()


def mend(code):
    """The right program under the header of the one that was given."""
    return "\n".join([*code.splitlines()[:2], "def add(a, b):", "    return a + b", ""])


def test_every_bug_of_a_hunt_comes_in_turn(practice):
    """Once one is mended the next is planted; when all are, they come again."""
    hunt = practice.exercise("hunt-add")
    seen = []
    for _ in range(3):
        code = practice.starter(hunt)
        assert practice.starter(hunt) == code
        seen.append(of_kinds.turn(hunt, "local", practice.history("hunt-add")))
        verdict = practice.check("hunt-add", mend(code)).verdict
        assert (verdict["outcome"], verdict["edit"]["bug"]) == ("accepted", seen[-1])

    assert sorted(seen) == [1, 2, 3]
    assert practice.starter(hunt).startswith("# Bug ")


def test_people_do_not_all_get_the_same_bug(practice):
    """Which bug comes first follows from who asks."""
    hunt = practice.exercise("hunt-add")

    assert {of_kinds.turn(hunt, f"person {i}", []) for i in range(30)} == {1, 2, 3}


def test_the_last_hint_of_a_hunt_says_what_is_wrong(practice):
    """Hints go from the author's to the misconception that was planted."""
    hunt = practice.exercise("hunt-add")

    assert practice.hints(hunt) == [
        "Look at the operator.",
        "What is wrong: You do something else than adding.",
    ]


def test_survivors_are_told_when_asked(practice):
    """After tests that let something through there is one more hint for each wrong program that lived."""
    exercise = practice.exercise("test-add")
    assert practice.hints(exercise) == ["Two and two."]
    practice.check("test-add", "def test_two(add):\n    assert add(2, 2) == 4\n")

    assert practice.hints(exercise)[1:] == ["Your tests let this through: You do something else than adding."]


def test_only_programs_become_the_library(practice):
    """Mended bugs and tests are no part of it; what needs PyTorch is a module that the package does not name."""
    practice.check("hunt-add", mend(practice.starter(practice.exercise("hunt-add"))))
    practice.check("test-add", practice.exercise("test-add").solution)

    assert practice.library() == []


def test_other_kinds_come_after_the_program_itself(practice):
    """In the list the hunt and the tests follow the exercise they are about, and the twin is offered nowhere else."""
    assert [row.exercise.id for row in practice.standings()] == [
        "write-add",
        "add-torch",
        "hunt-add",
        "test-add",
    ]
    practice.check("write-add", "def add(a, b):\n    return a + b\n")

    assert practice.next().id == "hunt-add"


def test_tracks_are_found_from_either_side(practice):
    """The exercise and its twin name each other; other kinds have no tracks."""
    for name in ("write-add", "add-torch"):
        found = of_kinds.tracks(practice.exercise(name), practice.exercises)
        assert [(t.exercise.id, t.library) for t in found] == [
            ("write-add", "NumPy"),
            ("add-torch", "PyTorch"),
        ]
    assert of_kinds.tracks(practice.exercise("hunt-add"), practice.exercises) == []


def test_a_missing_library_is_said_and_nothing_is_kept(practice, monkeypatch):
    """Without PyTorch the exercise can be read and not judged; the error says how to get it."""
    monkeypatch.setattr(Judge, "has", staticmethod(lambda runtime: runtime == "numpy"))

    with pytest.raises(MissingLibraryError, match="PyTorch") as error:
        practice.check("add-torch", "def add(a, b):\n    return a + b\n")
    assert "pip install torch" in error.value.hint
    assert practice.history("add-torch") == []


def test_mended_programs_show_their_skills(practice):
    """A bug that was mended is evidence like any accepted exercise."""
    practice.check("hunt-add", mended(practice.exercise("hunt-add")))

    assert [str(s) for s in practice.desk.knows()] == ["addition@use"]
