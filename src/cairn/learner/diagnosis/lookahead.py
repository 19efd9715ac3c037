"""How much each item is expected to settle, looking one answer ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from cairn.learner.belief.arrays import Floats, Ints, Singles

SHORTLIST = 1000
"""How many items are looked ahead from at all: those whose skills are least certain."""

FINALISTS = 48
"""How many items are looked at with entropies after the shortlist was with squares."""


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """Items to choose from, as arrays of shape (c,): positions, slips, guesses, minutes."""

    positions: Ints
    slip: Floats
    guess: Floats
    minutes: Floats

    def take(self, chosen: Ints) -> Slate:
        """Some of them."""
        return Slate(self.positions[chosen], self.slip[chosen], self.guess[chosen], self.minutes[chosen])


def gains(slate: Slate, known: Singles, weights: Singles, goal: Ints, importance: Floats) -> Floats:
    """The expected drop of the summed uncertainty about the goal, in bits, for one answer to each item.

    The items of the shortlist are ranked by the expected drop of the Gini index, which needs no logarithms; for
    the best of them per minute it is replaced by the expected drop of the marginal entropies. The others get 0.

    Args:
        slate: the items, c of them.
        known: P(known) in each of K states, shape (n, K).
        weights: of the states, shape (K,), adding up to 1.
        goal: positions that matter, shape (g,).
        importance: how much each of them matters, shape (g,).

    Time O(min(c, 1000) g K), as one matrix product.
    """
    doubt = np.abs((known @ weights)[slate.positions] - 0.5)
    listed = np.sort(np.argsort(doubt, kind="stable")[:SHORTLIST])
    joint = _Joint.of(slate.take(listed), known, weights, goal)
    rough = joint.drop(_gini, importance) / slate.minutes[listed]
    best = np.argsort(-rough, kind="stable")[:FINALISTS]
    found = np.zeros(len(slate.positions))
    found[listed[best]] = joint.take(best).drop(_bits, importance)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Joint:
    """P(right) of each item and P(right, goal skill known), shapes (c, 1) and (c, g), with P(goal known), (1, g)."""

    right: Singles
    both: Singles
    goal: Singles

    @classmethod
    def of(cls, slate: Slate, known: Singles, weights: Singles, goal: Ints) -> _Joint:
        mean = known @ weights
        asked, which = np.unique(slate.positions, return_inverse=True)
        together = ((known[asked] * weights) @ known[goal].T)[which]
        hit = (1 - slate.slip - slate.guess)[:, None].astype(np.float32)
        guess = slate.guess[:, None].astype(np.float32)
        target = mean[goal][None]
        same = slate.positions[:, None] == goal[None]
        together = np.where(
            same, mean[slate.positions][:, None], together
        )  # a skill with itself: it is 0 or 1
        right = np.asarray(guess + hit * mean[slate.positions][:, None], dtype=np.float32)
        both = np.asarray(guess * target + hit * together, dtype=np.float32)
        return cls(right, both, target)

    def take(self, chosen: Ints) -> _Joint:
        return _Joint(self.right[chosen], self.both[chosen], self.goal)

    def drop(self, measure: _Measure, importance: Floats) -> Floats:
        """Expected drop of a measure of uncertainty, summed over the goal by importance, shape (c,)."""
        right, wrong = self.right, 1 - self.right
        after = right * measure(self.both / right) + wrong * measure((self.goal - self.both) / wrong)
        return np.asarray((measure(self.goal) - after) @ importance, dtype=float)


class _Measure(Protocol):
    def __call__(self, p: Singles) -> Singles: ...


def _gini(p: Singles) -> Singles:
    """Four times the variance: 1 at one half, as the entropy in bits."""
    return np.asarray(4 * p * (1 - p))


def _bits(p: Singles) -> Singles:
    """Entropy of a binary variable in bits."""
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.asarray(-(p * np.log2(p) + (1 - p) * np.log2(1 - p)))
