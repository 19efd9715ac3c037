"""Logistic regression with a few dense features and large groups of effects, each group shrunk to zero.

The effects of thousands of items are one-hot columns that are never written out: a group is the index of the
effect that each row takes. Newton's method with the steps found by conjugate gradients, so memory stays
linear in the rows (Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithm 7.1, with a diagonal
preconditioner).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Effects of which each row takes one.

    Attributes:
        index: (n,) the effect each row takes, in `range(size)`.
        size: how many effects there are.
        precision: of the normal prior around zero, in squared logits: the larger, the more they are shrunk.
    """

    index: Ints
    size: int
    precision: float


@dataclass(frozen=True, slots=True)
class Effects:
    """What was fitted: weights (d,) of the dense features, and the effects of each group."""

    weights: Floats
    groups: tuple[Floats, ...]


def sigmoid(x: Floats) -> Floats:
    """The logistic function, without overflow."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def logit(p: Floats) -> Floats:
    """Log odds of probabilities strictly between 0 and 1."""
    return np.log(p) - np.log1p(-p)


@dataclass(frozen=True)
class _Problem:
    dense: Floats
    groups: Sequence[Group]
    outcome: Floats
    penalty: Floats

    @property
    def width(self) -> int:
        return int(self.dense.shape[1])

    def cut(self, x: Floats) -> list[Floats]:
        """The groups' parts of a vector of all parameters."""
        ends = np.cumsum([self.width, *(g.size for g in self.groups)])
        return [x[a:b] for a, b in pairwise(ends)]

    def forward(self, x: Floats) -> Floats:
        out: Floats = self.dense @ x[: self.width]
        for group, effects in zip(self.groups, self.cut(x), strict=True):
            out += effects[group.index]
        return out

    def backward(self, rows: Floats, dense: Floats | None = None) -> Floats:
        first = (self.dense if dense is None else dense).T @ rows
        return np.concatenate([first, *(np.bincount(g.index, rows, g.size) for g in self.groups)])

    def loss(self, eta: Floats, x: Floats) -> float:
        return float(np.sum(np.logaddexp(0.0, eta) - self.outcome * eta) + 0.5 * np.sum(self.penalty * x * x))


def fit(
    dense: Floats, groups: Sequence[Group], outcome: Floats, ridge: float = 1.0, steps: int = 12
) -> Effects:
    """Maximise the penalised likelihood of `outcome` (n,) given `dense` (n, d), whose first column is ones.

    The first column is not penalised. Stops when a Newton step changes the loss by less than one part in 1e7.
    """
    penalty = np.concatenate(
        [
            [1e-9],
            np.full(dense.shape[1] - 1, ridge),
            *(np.full(g.size, g.precision) for g in groups),
        ]
    )
    problem = _Problem(dense, groups, outcome, penalty)
    x = np.zeros(len(penalty))
    eta = problem.forward(x)
    loss = problem.loss(eta, x)
    squares = dense**2
    for _ in range(steps):
        p = sigmoid(eta)
        gradient = problem.backward(p - outcome) + penalty * x
        step = _newton_step(problem, gradient, p * (1 - p), squares)
        x, eta, new = _descend(problem, x, step, loss)
        if loss - new <= 1e-7 * abs(loss):
            break
        loss = new
    return Effects(x[: problem.width], tuple(problem.cut(x)))


def _newton_step(problem: _Problem, gradient: Floats, curvature: Floats, squares: Floats) -> Floats:
    """Solve (J'WJ + penalty) step = -gradient by preconditioned conjugate gradients."""
    diagonal = problem.backward(curvature, squares) + problem.penalty
    step = np.zeros_like(gradient)
    residual = -gradient
    scaled = residual / diagonal
    direction = scaled.copy()
    size = first = float(residual @ scaled)
    for _ in range(60):
        if size <= 1e-5 * first or size == 0.0:
            break
        image = problem.backward(curvature * problem.forward(direction)) + problem.penalty * direction
        length = size / float(direction @ image)
        step += length * direction
        residual -= length * image
        scaled = residual / diagonal
        last, size = size, float(residual @ scaled)
        direction = scaled + (size / last) * direction
    return step


def _descend(problem: _Problem, x: Floats, step: Floats, loss: float) -> tuple[Floats, Floats, float]:
    """Take the step, halved until the loss no longer rises."""
    share = 1.0
    for _ in range(20):
        moved = x + share * step
        eta = problem.forward(moved)
        new = problem.loss(eta, moved)
        if new <= loss:
            return moved, eta, new
        share /= 2
    return x, problem.forward(x), loss
