"""The chains of one component with their weight: how they take in one observation."""

from __future__ import annotations

import numpy as np

from cairn.learner.belief.arrays import Floats, Ints, Singles
from cairn.learner.belief.chains import Chains
from cairn.learner.belief.factors import move_factors, move_together
from cairn.learner.belief.observation import Observation
from cairn.learner.belief.sight import Sight

ENOUGH = 0.5
"""Chains are resampled when their effective number falls below this share of them."""


REACHES = (0.3, 0.6, 0.15)
"""How far the factors and what hangs on them are moved at once, before each sweep."""


class Strand:
    """Chains of one component. Changed only by `Belief`, on a copy.

    Attributes:
        chains: the chains.
        sight: what the observations say of each skill by itself.
        weights: of the chains, shape (K,), adding up to 1.
        log_weight: log of (weight of the component * probability of the observations so far under it).
        known: P(s_j = 1) per position, averaged over chains and the last sweeps, shape (n,).
    """

    def __init__(self, chains: Chains, sight: Sight, log_weight: float) -> None:
        self.chains, self.sight, self.log_weight = chains, sight, log_weight
        self.weights: Singles = np.full(chains.count, 1 / chains.count, dtype=np.float32)
        self.known = self._means(chains.q @ self.weights)

    @property
    def p(self) -> Floats:
        """P(known) per position, shape (n,)."""
        return self.sight.known(self.known)

    @property
    def memory(self) -> int:
        """Bytes held."""
        chains = self.chains
        arrays = (chains.u, chains.z, chains.q, chains.rate, chains.p, self.weights, self.known)
        return sum(array.nbytes for array in arrays) + self.sight.log_odds.nbytes

    def copy(self) -> Strand:
        """A copy that may be changed."""
        other = object.__new__(Strand)
        other.chains, other.weights, other.sight = self.chains.copy(), self.weights, self.sight
        other.log_weight, other.known = self.log_weight, self.known
        return other

    def _means(self, by_row: Singles | Floats) -> Floats:
        model = self.chains.model
        means = np.asarray(by_row, dtype=float)[model.layout.row]
        return 1 - means if model.flipped else means

    def _foreseen(self, weights: Floats) -> Floats:
        """P(s = 1) per position when the chains get other weights: `known` moved as the states' means move."""
        change = (weights - self.weights).astype(np.float32)
        shift = np.asarray(self.chains.u @ change, dtype=float)[self.chains.model.layout.row]
        margin = np.minimum(np.minimum(self.known, 1 - self.known), 0.5 / len(weights))
        moved = self.known + (-shift if self.chains.model.flipped else shift)
        return np.asarray(np.clip(moved, margin, 1 - margin))

    def absorb(self, seen: Observation, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Weigh the chains by how well they foretold an observation; resample them when few carry the weight.

        The state of the skill itself is summed out of the weight and drawn anew: chains differ then only by what
        they say of the rest.

        Returns:
            P(known) per position before and after, from the same chains: their difference is all but free of
            the noise of sampling them.
        """
        chains, position = self.chains, seen.position
        before, after = self.sight, self.sight.add(seen)
        self.sight = after
        row = int(chains.model.layout.row[position])
        flipped = chains.model.flipped
        odds = chains.odds(row).astype(float)
        old = odds * before.odds(position, flipped=flipped)
        q = old / (1 + old)
        yes, no = after.gains(before, position, flipped=flipped)
        weights = self.weights * (q * yes + (1 - q) * no)
        total = float(weights.sum())
        weights /= total
        self.log_weight += float(np.log(total))
        new = odds * after.odds(position, flipped=flipped)
        new /= 1 + new
        later = self._foreseen(weights)
        share = self.known[position]
        yes, no = after.gains(before, position, flipped=False)
        later[position] = share * yes / (share * yes + (1 - share) * no)
        earlier = self.known
        if (weights**2).sum() * len(weights) * ENOUGH > 1:
            chosen = systematic(weights, rng, len(weights))
            self.chains = chains = chains.take(chosen)
            new = new[chosen]
            weights = np.full(len(weights), 1 / len(weights))
        self.weights = weights.astype(np.float32)
        chains.put(row, rng.random(len(new)) < new)
        return before.known(earlier), after.known(later)

    def resize(self, count: int, rng: np.random.Generator) -> None:
        """Draw `count` chains from those there are."""
        self.chains = self.chains.take(systematic(self.weights, rng, count))
        self.weights = np.full(count, 1 / count, dtype=np.float32)

    def settle(self, rng: np.random.Generator, sweeps: int) -> None:
        """Let the chains move under all the evidence."""
        odds = self.sight.row_odds(self.chains.model)
        total = np.zeros(self.chains.model.size)
        for number in range(sweeps):
            for reach in REACHES:
                move_together(self.chains, odds, rng, reach)
            move_factors(self.chains, rng, 1)
            self.chains.sweep(odds, rng, up=number % 2 == 0)
            total += self.chains.q @ self.weights
        if sweeps:
            self.known = self._means(total / sweeps)


def systematic(weights: Floats | Singles, rng: np.random.Generator, count: int) -> Ints:
    """`count` numbers of weights, each drawn about as often as its weight says."""
    marks = (np.arange(count) + rng.random()) / count
    ends = np.cumsum(weights, dtype=float)
    return np.minimum(np.searchsorted(ends / ends[-1], marks), len(weights) - 1)
