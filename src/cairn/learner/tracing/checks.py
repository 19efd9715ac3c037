"""Which items and requirements are probably wrong: tests on a fitted model, with a stated share of false alarms.

Each check gives every item a p-value for "nothing is wrong". Over all items of a check, alarms are raised by
Benjamini and Hochberg (JRSS B 57, 1995): of those raised, at most the stated share is false on average. Besides, what
is found must be large enough to matter, since with many answers any trifle is significant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing.effects import logit
from cairn.learner.tracing.mastery import Model
from cairn.learner.tracing.requirement import Requirement
from cairn.learner.tracing.residuals import Behaviour, Precision

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FALSE_SHARE = 0.05
MIN_ANSWERS = 30
CUE_MARGIN = 0.15
HIGH_SLIP = 0.25
DRIFT = 0.1
MISFIT = 0.1
LEAK = 0.2
MIN_WITHOUT = 15.0


class Kind(StrEnum):
    """What may be wrong."""

    BACKWARD = "backward"
    CUE = "cue"
    HARD = "hard"
    DRIFT = "drift"
    MISFIT = "misfit"


@dataclass(frozen=True, slots=True)
class Flag:
    """One alarm on one item.

    Attributes:
        item: its position.
        kind: what may be wrong.
        size: how large it is, in the measure of its kind (see the checks).
        p: the probability of seeing as much if nothing were wrong.
    """

    item: int
    kind: Kind
    size: float
    p: float


def check(
    model: Model, seen: Behaviour, sure: Precision, skill: Ints, false_share: float = FALSE_SHARE
) -> list[Flag]:
    """All alarms, the clearest first. Items with under `MIN_ANSWERS` answers are not judged.

    `skill` (items,) is the skill that each item belongs to.

    `backward`: those who know it answer it worse; size: the slope of right answers on knowing.
    `cue`: guessed well above chance; size: the guess.
    `hard`: missed by those who know; size: the slip.
    `drift`: easier or harder than it was, beyond the trend of all; size: the change from first day to last
    along a straight line.
    `misfit`: right answers do not follow knowing as those to the skill's other items do; size: the worst gap over
    five bands of knowing.
    """
    judged = seen.answers >= MIN_ANSWERS
    chance = model.classes.chance[model.classes.of]
    trials = (
        (Kind.BACKWARD, *_backward(seen)),
        (Kind.CUE, model.guess, _above(model.guess - chance - CUE_MARGIN, sure.guess_sd), model.guess > 0),
        (Kind.HARD, model.slip, _above(model.slip - HIGH_SLIP, sure.slip_sd), model.slip > 0),
        (Kind.DRIFT, *_drift(seen)),
        (Kind.MISFIT, *_misfit(seen, skill)),
    )
    flags: list[Flag] = []
    for kind, size, p, matters in trials:
        alarms = np.flatnonzero(judged)[discoveries(p[judged], false_share)]
        flags += [Flag(int(i), kind, float(size[i]), float(p[i])) for i in alarms if matters[i]]
    return sorted(flags, key=lambda f: (f.p, f.item))


def _backward(seen: Behaviour) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The slope of right answers on q, against zero; its variance as if there were no dependence."""
    n = np.maximum(seen.answers, 1)
    mean, share = seen.q / n, seen.right / n
    across = np.maximum(seen.qq - n * mean**2, 1e-9)
    slope = (seen.q_right - n * mean * share) / across
    error = np.sqrt(np.maximum(share * (1 - share), 1e-9) / across)
    return slope, _above(-slope, error), slope < 0


def _drift(seen: Behaviour) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The score test of a trend, with a free level; from it what all items have in common is taken off."""
    v = np.maximum(seen.v, 1e-9)
    middle = seen.t_v / v
    score = seen.t_r - middle * seen.r
    information = np.maximum(seen.tt_v - middle * seen.t_v, 1e-9)
    slope = score / information
    real = information > 1e-6
    common = float(np.median(slope[real])) if real.any() else 0.0
    z = (slope - common) * np.sqrt(information)
    change = (slope - common) * v / np.maximum(seen.answers, 1)  # logits by the mean p (1 - p): a probability
    return change, np.where(real, 2 * _tail(np.abs(z)), 1.0), np.abs(change) >= DRIFT


def _misfit(seen: Behaviour, skill: Ints) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Pearson's statistic over bands of q; two degrees go to slip and guess.

    What the other items of the skill show in a band is taken off: that is a fault of the model of the skill, and
    with millions of answers there always is one.
    """
    whole_r, whole_v = (_by_skill(sums, skill)[skill] for sums in (seen.band_r, seen.band_v))
    other_v = whole_v - seen.band_v
    shared = np.where(other_v > 2.0, (whole_r - seen.band_r) / np.maximum(other_v, 1e-9), 0.0)
    r = seen.band_r - shared * seen.band_v
    v = seen.band_v + np.where(other_v > 2.0, seen.band_v**2 / np.maximum(other_v, 1e-9), 0.0)
    used = seen.band_v > 2.0
    terms = np.where(used, r**2 / np.maximum(v, 1e-9), 0.0)
    freedom = used.sum(axis=1) - 2
    gap = np.where(used, np.abs(r) / np.maximum(seen.band_n, 1), 0.0).max(axis=1)
    p = np.where(freedom > 0, chi_square_tail(terms.sum(axis=1), np.maximum(freedom, 1)), 1.0)
    return gap, p, gap >= MISFIT


def _by_skill(sums: Floats, skill: Ints) -> Floats:
    """(skills, bands) totals of (items, bands)."""
    total = np.zeros((int(skill.max()) + 1, sums.shape[1]))
    np.add.at(total, skill, sums)
    return total


def doubtful(found: list[Requirement], false_share: float = FALSE_SHARE) -> list[tuple[int, float]]:
    """Requirements whose leak is above `LEAK`: position and p-value, the clearest first.

    Those with fewer than `MIN_WITHOUT` people expected to lack the earlier skill are not judged.
    """
    able = [i for i, f in enumerate(found) if f.without >= MIN_WITHOUT and np.isfinite(f.error)]
    if not able:
        return []
    value = np.array([logit(np.clip(found[i].leak, 1e-6, 1 - 1e-6)) for i in able])
    error = np.array([max(found[i].error, 1e-6) for i in able])
    p = _above(value - float(logit(np.array(LEAK))), error)
    return sorted(((able[k], float(p[k])) for k in discoveries(p, false_share)), key=lambda x: x[1])


def discoveries(p: Floats, false_share: float) -> NDArray[np.int64]:
    """Which tests are alarms at a stated share of false ones."""
    order = np.argsort(p, kind="stable")
    below = p[order] <= false_share * np.arange(1, len(p) + 1) / max(1, len(p))
    last = int(np.flatnonzero(below).max()) + 1 if below.any() else 0
    return np.sort(order[:last])


def chi_square_tail(x: Floats, freedom: NDArray[np.int64]) -> Floats:
    """P(chi square > x), by the cube-root approximation of Wilson and Hilferty (PNAS 17, 1931)."""
    k = freedom.astype(np.float64)
    return _tail((np.cbrt(x / k) - (1 - 2 / (9 * k))) / np.sqrt(2 / (9 * k)))


def _above(value: Floats, error: Floats) -> Floats:
    return _tail(value / np.maximum(error, 1e-9))


def _tail(z: Floats) -> Floats:
    """P(standard normal > z)."""
    return np.array([erfc(x / sqrt(2)) / 2 for x in np.ravel(z)]).reshape(np.shape(z))
