"""Matrix formulas in the judge's sandbox: the same values, the same messages, and no harm where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from cairn.curriculum.items.evaluation import at_points
from cairn.curriculum.items.formula import AnswerError
from cairn.curriculum.items.grading import grade
from cairn.judge import EndedError, Judge, JudgeError, Outcome
from cairn.study.sandboxed import Sandboxed, as_tree
from tests.curriculum.items.making import FORMULA, MATRICES, drawn, mark


@pytest.fixture(scope="module")
def judge():
    with Judge() as made:
        yield made


@pytest.fixture(scope="module")
def sandboxed(judge):
    return Sandboxed(judge)


def key_of(made):
    return made.key.node, made.key.points


@pytest.mark.parametrize(
    "answer",
    [
        "A.T @ (A x - b)",
        "-2 A'(b - A x)/3",
        "inv(A^T A) A^T b",
        "[1, 2]",
        "x^T x",
        "sum(b) x",
        "diag(x) x .* x",
    ],
)
def test_the_sandbox_gives_the_very_values(sandboxed, answer):
    """The evaluator there is the one here."""
    from cairn.curriculum.items.algebra import parse

    made = drawn(MATRICES)
    node = parse(answer, made.key.names)

    here, there = at_points(node, made.key.points), sandboxed(node, made.key.points)

    assert not sandboxed._absent
    assert len(here) == len(there)
    for a, b in zip(here, there, strict=True):
        assert np.shape(a) == np.shape(b)
        assert np.array_equal(a, b)


@pytest.mark.parametrize(
    "answer", ["A^T (A x - b)", "A x - b", "A A", "A * A", "2 A^T (A x - b)", "inv(A A^T)", "A.__class__", ""]
)
def test_grading_says_the_same_with_the_sandbox_as_without(sandboxed, answer):
    """Right, wrong and unreadable, word for word."""
    made = drawn(MATRICES)

    assert grade(made, answer, sandboxed) == grade(made, answer)


def test_scalar_formulas_stay_here():
    """They have no sizes that could grow; no process is started for them."""
    judge = Judge()
    made = drawn(FORMULA)

    assert grade(made, "2x cos(x^2) + y", Sandboxed(judge)).mark == "right"
    assert not judge._warm


class Broken:
    """A judge without a sandbox, or one whose session ends or lies."""

    def __init__(self, error=None, answer=None):
        self.error, self.answer, self.asked = error, answer, 0

    def session(self, runtime):
        """Itself, or an error."""
        self.asked += 1
        if isinstance(self.error, JudgeError):
            raise self.error
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def load(self, *_, **__):
        """Nothing."""
        return

    def call(self, *_):
        """The answer it was made with, or an error."""
        if self.error:
            raise self.error
        return self.answer, {}


def test_without_a_sandbox_the_formula_is_worked_out_here():
    """And the judge is not asked a second time."""
    broken = Broken(JudgeError("no runner"))
    sandboxed = Sandboxed(broken)
    made = drawn(MATRICES)

    assert [grade(made, "A^T (A x - b)", sandboxed).mark for _ in range(2)] == ["right", "right"]
    assert broken.asked == 1


@pytest.mark.parametrize(
    "broken",
    [
        Broken(EndedError(Outcome.TIMEOUT, "too long")),
        Broken(answer=None),
        Broken(answer=(True, [1, 2, 3])),
        Broken(answer=(True, [np.zeros(3)] * 3)),
        Broken(answer=(True, [np.zeros((200, 200), dtype=complex)] * 3)),
        Broken(answer=(True, [])),
        Broken(answer=(False, 7)),
    ],
)
def test_a_session_that_ends_or_lies_makes_the_answer_unreadable(broken):
    """Nothing that comes back is trusted."""
    made = drawn(MATRICES)

    with pytest.raises(AnswerError, match="could not be worked out"):
        Sandboxed(broken)(*key_of(made))
    assert grade(made, "A^T (A x - b)", Sandboxed(broken)).mark == "unreadable"


def test_a_tree_holds_plain_values_only():
    """Lists, texts and numbers: what the protocol can carry."""
    made = drawn(MATRICES)

    assert as_tree(made.key.node) == [
        "Op", "@", [
            ["Op", "T", [["Var", "A"]]],
            ["Op", "-", [["Op", "@", [["Var", "A"], ["Var", "x"]]], ["Var", "b"]]],
        ],
    ]  # fmt: skip
    assert mark(made, "A^T (A x - b)") == "right"
