"""How strong a requirement is: how often the later skill is known without the earlier one.

For one requirement, each person who answered on both skills gives four likelihoods, one for each pair of states. The
shares of the four pairs in the population are fitted by EM; so slips and guesses, whose rates are given, are not
taken for exceptions. The leak is the share of those who know the later skill among those who lack the earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing.effects import logit, sigmoid
from cairn.learner.tracing.mastery import Grouped, Model, likelihoods

Floats = NDArray[np.float64]

_PRIOR = 0.2  # added to each of the four expected counts
_MOST = 20_000  # people looked at for one requirement


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as the answers see it.

    Attributes:
        people: who answered on both skills.
        without: how many of them are expected to lack the earlier skill.
        leak: P(later known | earlier not known).
        carry: P(later known | earlier known).
        error: standard error of the leak's logit; infinite where nothing can be said.
    """

    people: int
    without: float
    leak: float
    carry: float
    error: float


def strengths(model: Model, data: Grouped, edges: Sequence[tuple[int, int]]) -> list[Requirement]:
    """Every requirement (earlier, later), by positions of skills; of each person the last answers on a skill."""
    sides = _likelihoods(model, data)
    owner = data.owner()
    last = np.append((owner[1:] != owner[:-1]) | (data.skill[1:] != data.skill[:-1]), True)
    groups = np.flatnonzero(last)
    groups = groups[np.argsort(data.skill[groups], kind="stable")]
    ends = np.searchsorted(data.skill[groups], np.arange(len(model.bias) + 1))
    found = []
    for earlier, later in edges:
        a, b = (groups[ends[s] : ends[s + 1]] for s in (earlier, later))
        _, i, j = np.intersect1d(owner[a], owner[b], assume_unique=True, return_indices=True)
        found.append(strength(np.exp(sides[a[i[:_MOST]]]), np.exp(sides[b[j[:_MOST]]])))
    return found


def _likelihoods(model: Model, data: Grouped) -> Floats:
    """(g, 2) log likelihoods of each group's answers if unknown and if known, less the larger."""
    out = np.empty((len(data.starts), 2), dtype=np.float64)
    at = 0
    for _, block in data.blocks():
        if_known, if_not = likelihoods(model, block.item, block.correct)
        end = at + len(block.starts)
        out[at:end, 0] = np.add.reduceat(if_not, block.starts)
        out[at:end, 1] = np.add.reduceat(if_known, block.starts)
        at = end
    out -= out.max(axis=1, keepdims=True)
    return out


def strength(earlier: Floats, later: Floats) -> Requirement:
    """Fit one requirement.

    Args:
        earlier: (n, 2) each person's likelihood of the answers on the earlier skill, if unknown and if known.
        later: (n, 2) the same for the later skill.
    """
    n = len(earlier)
    if n == 0:
        return Requirement(0, 0.0, 0.5, 0.5, float("inf"))
    cells = (earlier[:, :, None] * later[:, None, :]).reshape(n, 4)
    cells = cells / cells.max(axis=1, keepdims=True)
    share = np.full(4, 0.25)
    for _ in range(500):
        resp = cells * share
        resp /= resp.sum(axis=1, keepdims=True)
        new = (resp.sum(axis=0) + _PRIOR) / (n + 4 * _PRIOR)
        done = float(np.abs(new - share).max()) < 1e-6
        share = new
        if done:
            break
    without = float(share[0] + share[1])
    return Requirement(
        people=n,
        without=n * without,
        leak=float(share[1]) / without,
        carry=float(share[3] / (share[2] + share[3])),
        error=_error(cells, share),
    )


def _error(cells: Floats, share: Floats) -> float:
    """The leak's standard error in logits, by the outer product of the scores (Berndt and others, 1974)."""
    score = cells / (cells @ share)[:, None]
    free = score[:, :3] - score[:, 3:]  # the last share is one less the others
    information = free.T @ free + np.diag(_PRIOR / share[:3] ** 2) + _PRIOR / share[3] ** 2
    gradient = np.array([-1 / share[0], 1 / share[1], 0.0])  # of log(share 1 / share 0)
    variance = float(gradient @ np.linalg.solve(information, gradient))
    return float(np.sqrt(max(variance, 0.0)))


def pool(found: list[Requirement], enough: float = 5.0) -> tuple[float, float]:
    """The mean and standard deviation of the leaks' logits over requirements with enough people without.

    With none, a mean leak of .1 and a wide spread: what is known before any answers.
    """
    sure = [f for f in found if f.without >= enough and np.isfinite(f.error)]
    if len(sure) < 3:
        return float(logit(np.array(0.1))), 1.0
    leak = np.clip([f.leak for f in sure], 1e-3, 1 - 1e-3)
    mean = float(
        np.average(leak, weights=[min(f.without, 50.0) for f in sure])
    )  # not by error: it falls with the leak
    own = float(np.median([f.error for f in sure])) ** 2
    between = max(0.25, float(np.var(logit(leak))) - own)
    return float(logit(np.array(mean))), float(np.sqrt(between))


def shrink(one: Requirement, mean: float, sd: float) -> tuple[float, float, float]:
    """The leak drawn to the mean of all requirements, with its 95 % interval."""
    if not np.isfinite(one.error) or one.people == 0:
        centre, width = mean, sd
    else:
        own, prior = 1 / max(one.error, 1e-3) ** 2, 1 / sd**2
        value = float(logit(np.clip(np.array(one.leak), 1e-3, 1 - 1e-3)))
        centre = (own * value + prior * mean) / (own + prior)
        width = (own + prior) ** -0.5
    low, mid, high = sigmoid(np.array([centre - 1.96 * width, centre, centre + 1.96 * width]))
    return float(low), float(mid), float(high)
