"""The online predictor: the probability that a learner's next answer is right.

A logistic model of the item (its easiness, shrunk to that of its skill) and of the learner's history (see
`history`). It is fitted in rounds: the surprise in the features is measured against what the items alone
predict, which is known better after each round.

It descends from performance factor analysis (Pavlik, Cen and Koedinger, AIED 2009) and from Best-LR (Gervet,
Koedinger, Schneider and Mitchell, JEDM 12(3), 2020), with recency after Galyardt and Goldin (JEDM 7(2), 2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing import effects
from cairn.learner.tracing.effects import Group, sigmoid
from cairn.learner.tracing.history import FEATURES, History

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CELLS = 1_000_000  # people times skills replayed side by side: about 80 MB


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of many learners, each learner's in the order given.

    Attributes:
        person, item, skill: (n,) positions from 0.
        correct: (n,) one where right, else zero.
        items, skills: how many there are; positions are below.

    Raises:
        ValueError: the columns differ in length, or a position is out of range.
    """

    person: Ints
    item: Ints
    skill: Ints
    correct: Floats
    items: int
    skills: int

    def __post_init__(self) -> None:
        if len({len(c) for c in (self.person, self.item, self.skill, self.correct)}) != 1:
            msg = "the columns of answers differ in length"
            raise ValueError(msg)
        for name, column, size in (("item", self.item, self.items), ("skill", self.skill, self.skills)):
            if len(column) and (column.min() < 0 or column.max() >= size):
                msg = f"an answer's {name} is not among the {size} there are"
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Tracer:
    """A fitted predictor.

    Attributes:
        item, skill: (items,) and (skills,) easiness in logits, around zero.
        weights: (d,) of the features named by `FEATURES`; the first is the intercept.
        baseline: logit of a right answer of the average learner to the average item; surprise is against it.
    """

    item: Floats
    skill: Floats
    weights: Floats
    baseline: float

    def start(self, people: int = 1) -> History:
        """The history of learners who have answered nothing."""
        return History.empty(people, len(self.skill))

    def alone(self, item: Ints, skill: Ints) -> Floats:
        """The probability (m,) of a right answer by the average learner. An item of -1 is one never seen."""
        return sigmoid(self.baseline + self._easiness(item, skill))

    def predict(self, history: History, who: Ints, item: Ints, skill: Ints) -> Floats:
        """The probability (m,) that the next answer of each learner is right."""
        return sigmoid(history.features(who, skill) @ self.weights + self._easiness(item, skill))

    def observe(self, history: History, who: Ints, item: Ints, skill: Ints, correct: Floats) -> None:
        """Take in one answer each of some learners, all different."""
        history.observe(who, skill, correct, self.alone(item, skill))

    def replay(self, answers: Answers) -> Floats:
        """The prediction (n,) of every answer from those before it."""
        features = replay(answers, self.alone(answers.item, answers.skill))
        return sigmoid(features @ self.weights + self._easiness(answers.item, answers.skill))

    def _easiness(self, item: Ints, skill: Ints) -> Floats:
        known: Floats = np.where(item >= 0, self.item[item], 0.0) + self.skill[skill]
        return known


def fit(
    answers: Answers, rounds: int = 2, item_precision: float = 1.5, skill_precision: float = 0.3
) -> Tracer:
    """Fit the predictor to answers of many learners. Deterministic.

    Raises:
        ValueError: there are no answers, or all are right, or all are wrong.
    """
    share = float(answers.correct.mean()) if len(answers.correct) else 0.0
    if not 0.0 < share < 1.0:
        msg = "a predictor needs right and wrong answers to be fitted"
        raise ValueError(msg)
    groups = (
        Group(answers.item, answers.items, item_precision),
        Group(answers.skill, answers.skills, skill_precision),
    )
    expected = np.full(len(answers.correct), share)
    for _ in range(rounds):
        features = replay(answers, expected)
        scale = features.std(axis=0)
        scale[scale < 1e-9] = 1.0
        mean = features.mean(axis=0)
        mean[0], scale[0] = 0.0, 1.0
        features -= mean
        features /= scale
        found = effects.fit(features, groups, answers.correct)
        item, skill = found.groups
        # surprise is measured for the average learner, whose standardised features are all zero
        expected = sigmoid(found.weights[0] + item[answers.item] + skill[answers.skill])
        weights = found.weights / scale
        weights[0] -= float(weights[1:] @ mean[1:])
        tracer = Tracer(item, skill, weights, float(found.weights[0]))
    return tracer


def replay(answers: Answers, expected: Floats) -> Floats:
    """The features (n, d) of every answer, from the answers of the same learner before it."""
    out = np.empty((len(answers.person), len(FEATURES)))
    if not len(out):
        return out
    order = np.argsort(answers.person, kind="stable")
    starts = np.flatnonzero(np.diff(answers.person[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    longest_first = np.argsort(-lengths, kind="stable")
    block = max(1, _CELLS // answers.skills)
    for begin in range(0, len(starts), block):
        chosen = longest_first[begin : begin + block]
        rows = _Sequences(order, starts[chosen], lengths[chosen])
        _replay_block(answers, expected, out, rows)
    return out


@dataclass(frozen=True, slots=True)
class _Sequences:
    """Some learners' rows: learner k's are `order[starts[k] : starts[k] + lengths[k]]`; the longest first."""

    order: Ints
    starts: Ints
    lengths: Ints


def _replay_block(answers: Answers, expected: Floats, out: Floats, rows_of: _Sequences) -> None:
    """Answer number t of all these learners at once."""
    history = History.empty(len(rows_of.starts), answers.skills)
    for t in range(int(rows_of.lengths[0])):
        who = np.arange(int(np.searchsorted(-rows_of.lengths, -t, side="left")))
        rows = rows_of.order[rows_of.starts[who] + t]
        skill = answers.skill[rows]
        out[rows] = history.features(who, skill)
        history.observe(who, skill, answers.correct[rows], expected[rows])
