"""The commands of practice for bug hunts, written tests and other libraries."""

from __future__ import annotations

import json

import pytest

from cairn.judge import Judge
from tests.conftest import needed


@pytest.fixture
def environment(kinds, tmp_path):
    """The miniature curriculum with every kind of exercise."""
    return {"CAIRN_CURRICULUM": str(kinds), "CAIRN_DATA": str(tmp_path / "data"), "CAIRN_DATABASE_URL": None}


@pytest.fixture
def place(tmp_path):
    """The learner's folder."""
    return tmp_path / "mine"


def test_a_hunt_from_its_first_bug_to_the_next(run, place):
    """The file holds a planted bug; the verdict says how many lines changed; a reset plants another."""
    begun = run("practice", "hunt-add", "--in", str(place)).stdout
    file = place / "hunt-add.py"
    first = file.read_text()
    assert "bug hunt" in begun
    assert first.startswith("# Bug ")
    said = run("check", "hunt-add", "--in", str(place))
    assert said.exit_code == 1
    assert "nothing changed yet" in said.stdout
    file.write_text("\n".join([*first.splitlines()[:2], "def add(a, b):", "    return a + b", ""]))

    mended = run("check", "hunt-add", "--in", str(place))
    run("practice", "hunt-add", "--in", str(place), "--reset")

    assert mended.exit_code == 0
    assert "1 line changed, as many as the bug took" in mended.stdout
    assert "You do something else than adding." in mended.stdout
    assert "cairn practice hunt-add --reset" in mended.stdout
    assert file.read_text().splitlines()[0] != first.splitlines()[0]


def test_written_tests_get_their_figures(run, place):
    """The terminal and the document say how many wrong programs were caught; survivors come with the hints."""
    run("practice", "test-add", "--in", str(place))
    weak = run("check", "test-add", "--in", str(place), "--json")
    document = json.loads(weak.stdout)
    hint = run("hint", "test-add", "--step", "2").stdout
    (place / "test-add.py").write_text("def test_two(add):\n    assert add(2, 2) == 4\n")
    good = run("check", "test-add", "--in", str(place))

    assert (weak.exit_code, document["kills"]["false_alarms"]) == (1, 0)
    assert document["kills"]["killed"] < document["kills"]["needed"]
    assert "Your tests let this through: You do something else than adding." in hint
    assert good.exit_code == 0
    assert "wrong programs caught" in good.stdout
    assert "let through: You do something else than adding." in good.stdout


def test_the_other_library_is_named_and_judged_alike(run, place):
    """The task says where the same is asked in PyTorch, and that is judged by the same checks."""
    needed("PyTorch", found=Judge.has("torch"))
    assert "in PyTorch: cairn practice add-torch" in run("practice", "write-add", "--in", str(place)).stdout
    assert "in NumPy: cairn practice write-add" in run("practice", "add-torch", "--in", str(place)).stdout
    (place / "add-torch.py").write_text("def add(a, b):\n    return a + b\n")

    assert run("check", "add-torch", "--in", str(place)).exit_code == 0


def test_without_pytorch_the_way_to_it_is_said(run, place, monkeypatch):
    """One line and the command that gets it; no traceback, nothing kept."""
    monkeypatch.setattr(Judge, "has", staticmethod(lambda runtime: runtime == "numpy"))
    begun = run("practice", "add-torch", "--in", str(place))
    checked = run("check", "add-torch", "--in", str(place))

    assert "pip install torch" in begun.stdout
    assert checked.exit_code == 1
    assert "this exercise needs PyTorch, which is not installed here" in checked.stderr
    assert "pip install torch" in checked.stderr


def test_lint_proves_every_kind(run):
    """The table has a line for each exercise: mutants caught, bugs planted, programs that the tests catch."""
    needed("PyTorch", found=Judge.has("torch"))
    result = run("lint", "--mutants")

    assert "exercises/" not in result.stdout
    assert "✗" not in result.stdout
    lines = {line.split()[1]: line for line in result.stdout.splitlines() if line.startswith("  ✓")}
    assert set(lines) == {"write-add", "add-torch", "hunt-add", "test-add"}
    assert "3 bugs" in lines["hunt-add"]
    assert "programs" in lines["test-add"]
    assert "mutants" in lines["add-torch"]
