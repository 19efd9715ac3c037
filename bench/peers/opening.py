"""What the choice of exercises says, before any answer: used by `bench/real.py`.

Two parts, both fitted on students who are not tested. Ability by which exercises a student opened, a ridge regression.
And for each exercise what was opened around it in the graph: who has opened what requires an exercise has mostly
mastered it. Only the pool counts as opened, never what is to be predicted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing import Items, sigmoid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Truth = NDArray[np.bool_]

_SHOWN = 0.8  # of a training student's exercises taken as opened, as in the pool


@dataclass(frozen=True)
class Person:
    """One student: the pool and the held-out answers, rows of (exercise, correct)."""

    pool: Ints
    query: Ints

    def exercises(self) -> Ints:
        """All of the student's exercises, those of the pool first."""
        return np.concatenate([self.pool[:, 0], self.query[:, 0]])


@dataclass(frozen=True)
class Around:
    """The graph as tables: (exercises, exercises), true where the column requires the row."""

    directly: Truth
    anyhow: Truth

    @classmethod
    def of(cls, edges: Ints, count: int) -> Around:
        """From rows of (prerequisite, exercise)."""
        directly = np.zeros((count, count), dtype=bool)
        directly[edges[:, 0], edges[:, 1]] = True
        np.fill_diagonal(directly, val=False)
        anyhow = directly.copy()
        for _ in range(count.bit_length()):  # paths of twice the length each time
            anyhow |= (anyhow.astype(np.float32) @ anyhow.astype(np.float32)) > 0
        np.fill_diagonal(anyhow, val=False)
        return cls(directly, anyhow)

    def features(self, opened: Ints, exercises: Ints) -> Floats:
        """(m, 8): what was opened above and below each exercise, directly, in all, and as a share."""
        seen = np.zeros(len(self.directly), dtype=np.float32)
        seen[opened] = 1
        above, below = self.anyhow[exercises] @ seen, self.anyhow[:, exercises].T @ seen
        total = np.log1p(len(opened))
        columns = (
            np.ones(len(exercises)),
            self.directly[exercises] @ seen > 0,
            np.log1p(above),
            self.directly[:, exercises].T @ seen > 0,
            np.log1p(below),
            np.log1p(above) / total,
            np.log1p(below) / total,
            np.full(len(exercises), total),
        )
        return np.stack(columns, axis=1).astype(np.float64)


@dataclass(frozen=True)
class Opening:
    """Shifts of the mean logit by what a student opened; `around` is None where the graph is left out."""

    items: Items
    ability: Floats
    around: Around | None
    weights: Floats
    mean: Floats
    scale: Floats

    def __call__(self, person: Person) -> Floats:
        """The shift of each of the student's exercises, those of the pool first."""
        exercises = person.exercises()
        shift = self.by_ability(person)
        if self.around is not None:
            features = self.around.features(person.pool[:, 0], exercises)
            shift = shift + ((features - self.mean) / self.scale) @ self.weights
        return shift

    def by_ability(self, person: Person) -> Floats:
        """The part that comes by ability."""
        row = np.zeros((1, len(self.items.easiness)))
        row[0, person.pool[:, 0]] = 1
        return np.asarray(self.items.loadings[person.exercises(), 0] * float(_columns(row)[0] @ self.ability))

    @classmethod
    def fit(cls, items: Items, train: Ints, around: Around | None, rng: np.random.Generator) -> Opening:
        """Fit both parts; without `around`, ability alone."""
        empty = np.zeros(0)
        plain = cls(items, _ability(items, train, rng), None, empty, empty, empty)
        if around is None:
            return plain
        rows, outcome, start = [], [], []
        for person in _students(train, rng):
            exercises = person.exercises()
            rows.append(around.features(person.pool[:, 0], exercises))
            outcome.append(np.concatenate([person.pool[:, 1], person.query[:, 1]]))
            start.append(items.easiness[exercises] + plain.by_ability(person))
        features, y, offset = np.concatenate(rows), np.concatenate(outcome), np.concatenate(start)
        mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
        mean[0], scale[0] = 0.0, 1.0
        weights = _logistic((features - mean) / scale, y, offset)
        return cls(items, plain.ability, around, weights, mean, scale)


def _students(train: Ints, rng: np.random.Generator) -> list[Person]:
    ordered = train[np.argsort(train[:, 0], kind="stable")]
    out = []
    for mine in np.split(ordered[:, 1:], np.flatnonzero(np.diff(ordered[:, 0])) + 1):
        shown = rng.random(len(mine)) < _SHOWN
        if shown.any():
            out.append(Person(mine[shown], mine[~shown]))
    return out


def _logistic(features: Floats, outcome: Floats, offset: Floats) -> Floats:
    weights = np.zeros(features.shape[1])
    for _ in range(8):
        p = sigmoid(offset + features @ weights)
        curve = (features * (p * (1 - p))[:, None]).T @ features + np.eye(len(weights))
        weights += np.linalg.solve(curve, features.T @ (outcome - p) - weights)
    return weights


def _ability(items: Items, train: Ints, rng: np.random.Generator) -> Floats:
    """Ridge regression of the students' abilities, as their answers show them, on what they opened."""
    _, who = np.unique(train[:, 0], return_inverse=True)
    easiness, loading = items.easiness[train[:, 1]], items.loadings[train[:, 1], 0]
    ability = np.zeros(who.max() + 1)
    for _ in range(10):
        p = sigmoid(easiness + loading * ability[who])
        curve = np.bincount(who, loading**2 * p * (1 - p)) + 1
        ability += (np.bincount(who, loading * (train[:, 2] - p)) - ability) / curve
    seen = np.zeros((len(ability), len(items.easiness)))
    shown = rng.random(len(train)) < _SHOWN
    seen[who[shown], train[shown, 1]] = 1
    columns = _columns(seen)
    gram = columns.T @ (columns * curve[:, None]) + 50 * np.eye(columns.shape[1])
    target = curve * ability / np.maximum(1 - 1 / curve, 0.3)
    return np.asarray(np.linalg.solve(gram, columns.T @ target), dtype=np.float64)


def _columns(seen: Floats) -> Floats:
    count = np.maximum(seen.sum(1, keepdims=True), 1)
    return np.concatenate([seen / np.sqrt(count), np.log(count), np.ones_like(count)], axis=1)
