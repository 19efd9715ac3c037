"""Items and skills from many people's answers: who knows a skill is hidden, and so is how able each one is.

The model. A person's ability is standard normal. Given it, each skill is known or not, with log odds
`bias + slope * ability`; and given that, an answer to an item is right with probability `1 - slip` if the skill is
known, else `guess`. The state of a skill holds for one group of answers (one person, one skill, one stretch of time).
It is the DINA model (Junker and Sijtsma, Applied Psychological Measurement 25, 2001) with a higher-order ability
(de la Torre and Douglas, Psychometrika 69, 2004).

Fitted by EM, with ability on a Gauss-Hermite grid. Slip and guess have beta priors around the mean of their class
(items of the same kind and level), whose mean is fitted too; so few answers give little more than the class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing.effects import sigmoid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Index = NDArray[np.int32]

_BLOCK = 30_000  # groups worked on at once
_BIAS_SD, _SLOPE_SD = 1.5, 0.5
_SLIP = 0.1
_FLOOR = 0.002


@dataclass(frozen=True, slots=True)
class Grouped:
    """Answers of many people, sorted by person, then skill, then time. Positions are 32-bit: there may be many.

    Attributes:
        item: (n,) the item of each answer.
        correct: (n,) whether it was right.
        starts: (g,) where each group of answers begins.
        skill: (g,) the skill of each group.
        people: (p,) the group at which each person begins.
    """

    item: Index
    correct: NDArray[np.bool_]
    starts: Ints
    skill: Index
    people: Ints

    def sizes(self) -> Ints:
        """(g,) how many answers each group has."""
        return np.diff(np.append(self.starts, len(self.item)))

    def owner(self) -> Ints:
        """(g,) the person of each group."""
        return np.repeat(np.arange(len(self.people)), np.diff(np.append(self.people, len(self.starts))))

    def first(self, answers: int) -> Grouped:
        """The first people with, together, about so many answers."""
        ends = np.append(self.starts[self.people], len(self.item))
        count = max(1, int(np.searchsorted(ends, answers, side="right")) - 1)
        groups = int(np.append(self.people, len(self.starts))[count])
        rows = int(ends[count])
        return Grouped(
            self.item[:rows],
            self.correct[:rows],
            self.starts[:groups],
            self.skill[:groups],
            self.people[:count],
        )

    def blocks(self) -> Iterator[tuple[slice, Grouped]]:
        """Whole people at a time, with the rows they take."""
        person_ends = np.append(self.people, len(self.starts))
        row_ends = np.append(self.starts, len(self.item))
        begin = 0
        while begin < len(self.people):
            end = int(np.searchsorted(person_ends, person_ends[begin] + _BLOCK, side="right")) - 1
            end = min(max(end, begin + 1), len(self.people))
            groups = slice(int(person_ends[begin]), int(person_ends[end]))
            rows = slice(int(row_ends[groups.start]), int(row_ends[groups.stop]))
            yield (
                rows,
                Grouped(
                    self.item[rows],
                    self.correct[rows],
                    self.starts[groups] - rows.start,
                    self.skill[groups],
                    self.people[begin:end] - groups.start,
                ),
            )
            begin = end


@dataclass(frozen=True, slots=True)
class Classes:
    """Beta priors of slip and guess, one for each class of items.

    Attributes:
        of: (items,) the class of each item.
        chance: (classes,) where the mean guess is expected before any answer.
        slip, guess: (classes,) means.
        slip_weight, guess_weight: (classes,) how many answers a prior counts as.
    """

    of: Ints
    chance: Floats
    slip: Floats
    guess: Floats
    slip_weight: Floats
    guess_weight: Floats

    @classmethod
    def start(cls, of: Ints, chance: Floats) -> Classes:
        """Before any answer."""
        weight = np.full(len(chance), 20.0)
        return cls(of, chance, np.full(len(chance), _SLIP), chance.copy(), weight, weight.copy())


@dataclass(frozen=True, slots=True)
class Model:
    """What was fitted: slip and guess (items,), bias and slope (skills,), and the priors they were shrunk to."""

    slip: Floats
    guess: Floats
    bias: Floats
    slope: Floats
    classes: Classes

    @classmethod
    def start(cls, skills: int, classes: Classes) -> Model:
        """Before any answer."""
        return cls(
            slip=classes.slip[classes.of].copy(),
            guess=classes.guess[classes.of].copy(),
            bias=np.zeros(skills),
            slope=np.ones(skills),
            classes=classes,
        )


def grid() -> tuple[Floats, Floats]:
    """Eleven abilities and their probabilities: Gauss-Hermite nodes for the standard normal."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(11)
    return nodes, weights / weights.sum()


def likelihoods(model: Model, item: Index, correct: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The log likelihood (n,) of each answer if the skill is known, and if it is not."""
    table = np.log(np.stack([model.slip, 1 - model.slip, 1 - model.guess, model.guess]))
    right = correct.astype(np.int64)
    return table[right, item], table[2 + right, item]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a block of answers says of the hidden states.

    Attributes:
        known: (g,) the probability that each group's skill is known.
        known_by_ability, by_ability: (skills, abilities) expected counts of known groups, and of all.
        log_likelihood: of the answers, in nats.
    """

    known: Floats
    known_by_ability: Floats
    by_ability: Floats
    log_likelihood: float


def expect(model: Model, block: Grouped) -> Expected:
    """The posterior of the hidden states of whole people."""
    nodes, weights = grid()
    if_known, if_not = likelihoods(model, block.item, block.correct)
    known = np.add.reduceat(if_known, block.starts)
    unknown = np.add.reduceat(if_not, block.starts)
    top = np.maximum(known, unknown)
    known, unknown = np.exp(known - top)[:, None], np.exp(unknown - top)[:, None]
    rate = sigmoid(model.bias[:, None] + model.slope[:, None] * nodes)[block.skill]
    jointly = rate * known
    evidence = jointly + (1 - rate) * unknown
    log_ability = np.add.reduceat(np.log(evidence), block.people, axis=0) + np.log(weights)
    peak = log_ability.max(axis=1)
    ability = np.exp(log_ability - peak[:, None])
    total = ability.sum(axis=1)
    share = np.repeat(ability / total[:, None], np.diff(np.append(block.people, len(block.starts))), axis=0)
    jointly *= share / evidence
    skills = len(model.bias)
    cell = (block.skill.astype(np.int64)[:, None] * len(nodes) + np.arange(len(nodes))).ravel()

    def by_skill(values: Floats) -> Floats:
        total = np.bincount(cell, values.ravel(), skills * len(nodes))
        return np.asarray(total, dtype=np.float64).reshape(skills, len(nodes))

    return Expected(
        known=jointly.sum(axis=1),
        known_by_ability=by_skill(jointly),
        by_ability=by_skill(share),
        log_likelihood=float((peak + np.log(total)).sum() + top.sum()),
    )


def improve(model: Model, data: Grouped) -> tuple[Model, float]:
    """One round of EM over all answers: a better model, and the log likelihood of the one given."""
    items = len(model.slip)
    counts = np.zeros((4, items))  # known, known and right, all, right
    known_by_ability = np.zeros((len(model.bias), 11))
    by_ability = np.zeros_like(known_by_ability)
    likelihood = 0.0
    for _, block in data.blocks():
        found = expect(model, block)
        known = np.repeat(found.known, block.sizes())
        right = block.correct
        counts[0] += np.bincount(block.item, known, items)
        counts[1] += np.bincount(block.item[right], known[right], items)
        counts[2] += np.bincount(block.item, minlength=items)
        counts[3] += np.bincount(block.item[right], minlength=items)
        known_by_ability += found.known_by_ability
        by_ability += found.by_ability
        likelihood += found.log_likelihood
    bias, slope = _skills(model, known_by_ability, by_ability)
    slipped, guessed = counts[0] - counts[1], counts[3] - counts[1]
    classes = _centre(model.classes, slipped, counts[0], guessed, counts[2] - counts[0])
    slip = _shrunk(slipped, counts[0], classes.slip[classes.of], classes.slip_weight[classes.of])
    guess = _shrunk(
        guessed, counts[2] - counts[0], classes.guess[classes.of], classes.guess_weight[classes.of]
    )
    return Model(slip, guess, bias, slope, classes), likelihood


def _shrunk(hits: Floats, tries: Floats, mean: Floats, weight: Floats) -> Floats:
    return np.clip((hits + weight * mean) / (tries + weight), _FLOOR, 1 - _FLOOR)


def _centre(classes: Classes, slipped: Floats, known: Floats, guessed: Floats, unknown: Floats) -> Classes:
    """The classes' means: each item counts for at most its class's weight, so a large one does not rule."""
    size = len(classes.chance)

    def mean(hits: Floats, tries: Floats, weight: Floats, start: Floats) -> Floats:
        shrink = weight[classes.of] / (tries + weight[classes.of])
        top = np.bincount(classes.of, hits * shrink, size) + 10 * start
        return np.clip(top / (np.bincount(classes.of, tries * shrink, size) + 10), 0.005, 0.95)

    slip = mean(slipped, known, classes.slip_weight, np.full(size, _SLIP))
    guess = mean(guessed, unknown, classes.guess_weight, classes.chance)
    return replace(classes, slip=np.minimum(slip, 0.45), guess=guess)


def _skills(model: Model, known: Floats, count: Floats) -> tuple[Floats, Floats]:
    """Bias and slope of each skill: logistic regressions on ability, shrunk to the mean of all skills."""
    nodes, _ = grid()
    bias, slope = model.bias, model.slope
    seen = count.sum(axis=1) > 0
    centre = float(bias[seen].mean()) if seen.any() else 0.0
    usual = float(slope[seen].mean()) if seen.any() else 1.0
    for _ in range(3):
        p = sigmoid(bias[:, None] + slope[:, None] * nodes)
        off = known - count * p
        w = count * p * (1 - p)
        g0 = off.sum(1) - (bias - centre) / _BIAS_SD**2
        g1 = (off * nodes).sum(1) - (slope - usual) / _SLOPE_SD**2
        h00 = w.sum(1) + 1 / _BIAS_SD**2
        h01 = (w * nodes).sum(1)
        h11 = (w * nodes**2).sum(1) + 1 / _SLOPE_SD**2
        det = h00 * h11 - h01**2
        bias = bias + np.clip((h11 * g0 - h01 * g1) / det, -1, 1)
        slope = np.maximum(slope + np.clip((h00 * g1 - h01 * g0) / det, -1, 1), 0.05)
    return bias, slope


def fit(model: Model, data: Grouped, rounds: int, close: float = 1e-3) -> Model:
    """Rounds of EM until no slip or guess moves by more than `close`, or `rounds` are done."""
    for _ in range(rounds):
        better, _ = improve(model, data)
        moved = max(
            float(np.abs(better.slip - model.slip).max()), float(np.abs(better.guess - model.guess).max())
        )
        model = better
        if moved < close:
            break
    return model
