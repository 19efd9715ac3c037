"""One specification in two libraries."""

from __future__ import annotations

import pytest

from cairn.judge import ExerciseError, Judge, audit, grade, load
from tests.conftest import needed


@pytest.fixture(scope="module")
def twin(kinds):
    """The addition in PyTorch."""
    return load(kinds / "exercises" / "add-torch")


def test_a_twin_has_the_shared_checks_and_its_own(twin):
    """Its checks are those of the other exercise and what its folder adds; its code is its own."""
    needed("PyTorch", found=Judge.has("torch"))
    names = [check.name for check in twin.checks]

    assert names == [*(c.name for c in twin.base.checks), "no automatic differentiation"]
    assert twin.is_twin
    assert twin.runtime == "torch"
    assert twin.base.runtime == "numpy"


def test_a_twin_is_proved_like_any_exercise(judge, twin):
    """Starter, solutions, wrong solutions and mutants of the twin are judged by the shared checks."""
    needed("PyTorch", found=Judge.has("torch"))
    found = audit(judge, twin, mutants=True)

    assert found.problems == ()
    assert found.score.score == 1.0


@pytest.mark.parametrize(
    "source",
    [
        "import torch\n\ndef add(a, b):\n    a = a.clone().requires_grad_()\n    return (a + b).detach()\n",
        "from torch.autograd import grad\n\ndef add(a, b):\n    return a + b\n",
        "import torch\n\ndef add(a, b):\n    getattr(a, 'backward')\n    return a + b\n",
    ],
)
def test_asking_for_derivatives_is_seen(judge, twin, source):
    """Where gradients are to be worked out by hand, the library's own are not accepted."""
    needed("PyTorch", found=Judge.has("torch"))
    verdict = grade(judge, twin, source)

    assert [c.name for c in verdict.failed] == ["no automatic differentiation"]


@pytest.mark.parametrize(
    ("of", "words"),
    [("hunt-add", "shares another's specification itself"), ("nowhere", "there is no exercise 'nowhere'")],
)
def test_a_twin_of_nothing_is_refused(kinds, tmp_path, of, words):
    """`of` names an exercise that stands on its own."""
    import shutil

    shutil.copytree(kinds / "exercises", tmp_path / "exercises")
    sheet = tmp_path / "exercises" / "add-torch" / "exercise.yaml"
    sheet.write_text(sheet.read_text().replace("of: write-add", f"of: {of}"))

    with pytest.raises(ExerciseError, match=words):
        load(sheet.parent)
