"""The commands of practice: begin, judge, hint, solution, and the proof of exercises for authors."""

from __future__ import annotations

import json

import pytest

KEYS = {"outcome", "axes", "checks", "counterexample", "misconception", "time_ms", "memory_bytes", "tier"}
GOOD = "def add(a, b):\n    return a + b\n"


@pytest.fixture
def place(tmp_path):
    """The learner's folder."""
    return tmp_path / "mine"


def test_beginning_writes_the_starter_and_never_over_it(run, place):
    """The file is written once; a reset keeps the old one."""
    assert run("practice", "write-add", "--in", str(place)).exit_code == 0
    file = place / "write-add.py"
    assert "NotImplementedError" in file.read_text()
    file.write_text(GOOD)
    run("practice", "write-add", "--in", str(place))
    assert file.read_text() == GOOD

    run("practice", "write-add", "--in", str(place), "--reset")

    assert "NotImplementedError" in file.read_text()
    assert (place / "write-add.1.old.py").read_text() == GOOD


def test_check_exits_with_0_only_if_accepted(run, place):
    """The JSON verdict has the promised keys; a name and a file are judged the same."""
    run("practice", "write-add", "--in", str(place))
    failed = run("check", "write-add", "--in", str(place), "--json")
    (place / "write-add.py").write_text(GOOD)
    by_name = run("check", "write-add", "--in", str(place), "--json")
    by_file = run("check", str(place / "write-add.py"), "--json")

    assert (failed.exit_code, by_name.exit_code, by_file.exit_code) == (1, 0, 0)
    assert set(json.loads(failed.stdout)) >= KEYS
    assert json.loads(by_name.stdout)["outcome"] == json.loads(by_file.stdout)["outcome"] == "accepted"


def test_a_mistake_is_explained(run, place):
    """The terminal names the failed check, the smallest case and the likely mistake."""
    run("practice", "write-add", "--in", str(place))
    (place / "write-add.py").write_text("def add(a, b):\n    return a * b\n")

    said = run("check", "write-add", "--in", str(place)).stdout

    assert "✗ agrees with the sum" in said
    assert "expected" in said
    assert "addition#carrying" in said


def test_hints_come_in_steps_and_the_solution_last(run, place):
    """The solution is shown only once an answer is accepted."""
    assert "Put the two amounts together." in run("hint", "write-add").stdout
    assert run("hint", "write-add", "--step", "3").exit_code == 1
    assert run("solution", "write-add").exit_code == 1
    run("practice", "write-add", "--in", str(place))
    (place / "write-add.py").write_text(GOOD)
    run("check", "write-add", "--in", str(place))

    assert "return a + b" in run("solution", "write-add").stdout
    assert "from mylib.write_add import add" in (place / "mylib" / "__init__.py").read_text()


def test_an_unknown_exercise_is_one_clear_line(run):
    """With near names, and without a traceback."""
    result = run("practice", "write-ad")

    assert result.exit_code == 1
    assert "write-add" in result.stderr


def test_lint_proves_the_exercises(run):
    """Every mutant of the miniature's exercise is caught, and the figures are in the document."""
    result = run("lint", "--mutants", "--json")

    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document["exercises"] == 1
    assert document["mutation"] == {"score": 1.0, "survivors": []}
