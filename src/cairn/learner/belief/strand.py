"""The chains of one component with their weight: how they take in one observation."""

from __future__ import annotations

import numpy as np

from cairn.learner.belief.arrays import Floats, Ints
from cairn.learner.belief.chains import Chains
from cairn.learner.belief.factors import move_factors
from cairn.learner.belief.sight import Sight


class Strand:
    """Chains of one component. Changed only by `Belief`, on a copy.

    Attributes:
        chains: the chains, equally weighted.
        log_weight: log of (weight of the component * probability of the observations so far under it).
        known: P(s_j = 1) per position, averaged over chains and the last sweeps, shape (n,).
    """

    def __init__(self, chains: Chains, log_weight: float) -> None:
        self.chains, self.log_weight = chains, log_weight
        self.known = self._means(chains.q.mean(axis=1))

    def copy(self) -> Strand:
        """A copy that may be changed."""
        other = object.__new__(Strand)
        other.chains, other.log_weight, other.known = self.chains.copy(), self.log_weight, self.known
        return other

    def _means(self, by_row: Floats) -> Floats:
        model = self.chains.model
        means = np.asarray(by_row, dtype=float)[model.layout.row]
        return 1 - means if model.flipped else means

    def absorb(
        self, position: int, before: Sight, after: Sight, rng: np.random.Generator
    ) -> tuple[Floats, Floats]:
        """Weigh the chains by how well they foretold an observation, and resample them.

        The state of the skill itself is summed out of the weight and drawn anew: chains differ then only by what
        they say of the rest.

        Returns:
            P(s = 1) per position before and after, from the same chains: their difference is free of the noise
            of sampling them.
        """
        chains = self.chains
        row = int(chains.model.layout.row[position])
        flipped = chains.model.flipped
        odds = chains.odds(row).astype(float)
        old = odds * before.odds(position, flipped=flipped)
        q = old / (1 + old)
        yes, no = after.gains(before, position, flipped=flipped)
        foretold = q * yes + (1 - q) * no
        self.log_weight += float(np.log(foretold.mean()))
        chains.q[row] = q
        earlier = self._means(chains.q.mean(axis=1))
        later = self._means(chains.q @ (foretold / foretold.sum()).astype(np.float32))
        sure = float((q * yes).sum() / foretold.sum())
        later[position] = 1 - sure if flipped else sure
        chosen = systematic(foretold, rng)
        new = odds[chosen] * after.odds(position, flipped=flipped)
        self.chains = chains.take(chosen)
        q = (new / (1 + new)).astype(np.float32)
        self.chains.put(row, rng.random(len(q)) < q)
        self.chains.q[row] = q
        return earlier, later

    def settle(self, sight: Sight, rng: np.random.Generator, sweeps: int) -> None:
        """Let the chains move under all the evidence."""
        odds = sight.row_odds(self.chains.model)
        total = np.zeros(self.chains.model.size)
        for number in range(sweeps):
            move_factors(self.chains, rng, 1)
            self.chains.sweep(odds, rng, up=number % 2 == 0)
            total += self.chains.q.mean(axis=1)
        if sweeps:
            self.known = self._means(total / sweeps)


def systematic(weights: Floats, rng: np.random.Generator) -> Ints:
    """As many numbers as there are weights, each drawn about as often as its weight says."""
    count = len(weights)
    marks = (np.arange(count) + rng.random()) / count
    ends = np.cumsum(weights)
    return np.minimum(np.searchsorted(ends / ends[-1], marks), count - 1)
