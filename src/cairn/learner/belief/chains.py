"""Gibbs sampling of orderly states: many chains side by side, one block of skills at a time.

Everything is said of u, the state in the component's own sense: u = s where knowledge was climbed to, u = 1 - s
on the reversed graph where it was sought, so that one sampler serves both. Per chain,
P(u_j = 1 | u below, z) = rate_j(z) * product of leak over the edges to skills with u = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cairn.learner.belief.arrays import Bools, Ints, Singles
from cairn.learner.belief.component import Component, Kind
from cairn.learner.belief.layout import Block, Layout

LEAST, MOST = 1e-5, 1 - 1e-5
"""Rates are kept within these, so that no state is impossible and single precision is enough."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A component compiled for sampling: everything by row of its layout.

    Attributes:
        layout: how the graph is laid out.
        flipped: whether u = 1 - s.
        bias: shape (n, 1). loadings: shape (n, k). leak: shape (m, 1), by edge of the layout.
    """

    layout: Layout
    flipped: bool
    bias: Singles
    loadings: Singles
    leak: Singles

    @classmethod
    def of(cls, needs: Sequence[Sequence[int]], component: Component) -> Model:
        """Compile a component for a graph given by the direct prerequisites of each position."""
        edges = [(i, p) for i, needed in enumerate(needs) for p in sorted(needed)]
        leak = dict(zip(edges, component.leak.tolist(), strict=True))
        flipped = component.kind is Kind.SOUGHT
        if flipped:
            turned: list[list[int]] = [[] for _ in needs]
            for i, p in edges:
                turned[p].append(i)
            needs = turned
        layout = Layout.of(needs)
        order = layout.order.tolist()
        ends = [
            (order[u], order[v]) for u, v in zip(layout.upper.tolist(), layout.lower.tolist(), strict=True)
        ]
        leaks = [leak[(v, u) if flipped else (u, v)] for u, v in ends]
        return cls(
            layout,
            flipped,
            component.bias[layout.order, None].astype(np.float32),
            np.ascontiguousarray(component.loadings[layout.order], dtype=np.float32),
            np.array(leaks, dtype=np.float32)[:, None],
        )

    @property
    def size(self) -> int:
        """How many skills."""
        return len(self.bias)

    @property
    def factors(self) -> int:
        """How many latent factors."""
        return int(self.loadings.shape[1])

    def rates(self, z: Singles) -> Singles:
        """P(u = 1 | all below are 1, z), shape (n, K), for z of shape (k, K)."""
        x = self.loadings @ z
        x += self.bias
        np.multiply(x, -1, out=x)
        np.exp(x, out=x)
        x += 1
        np.reciprocal(x, out=x)
        return np.clip(x, LEAST, MOST, out=x)

    def grow(self, rate: Singles, luck: Singles) -> tuple[Bools, Singles]:
        """The states u with u_j = 1 where luck_j < P(u_j = 1 | u below), and these probabilities; all (n, K)."""
        u = np.empty(rate.shape, dtype=bool)
        p = rate.copy()
        for tier in self.layout.tiers:
            rows = slice(tier.start, tier.stop)
            if len(tier.lower):
                edges = np.where(u.take(tier.lower, axis=0), np.float32(1), self.leak[tier.edges])
                p[rows][tier.tops] *= np.multiply.reduceat(edges, tier.starts, axis=0)
            np.less(luck[rows], p[rows], out=u[rows])
        return u, p

    def openness(self, u: Bools) -> Singles:
        """The product of leaks over the edges to skills with u = 0, shape (n, K)."""
        factor = np.ones(u.shape, dtype=np.float32)
        if len(self.layout.lower):
            edges = np.where(u[self.layout.lower], np.float32(1), self.leak)
            factor[self.layout.tops] = np.multiply.reduceat(edges, self.layout.starts, axis=0)
        return factor


class Chains:
    """K chains of one model. Mutable: whoever shares one copies it first.

    Attributes:
        u: states, shape (n, K).
        z: latent factors, shape (k, K).
        q: P(u_j = 1 | all else) when j was last sampled, shape (n, K): means over it are less noisy than over u.
    """

    def __init__(self, model: Model, u: Bools, z: Singles) -> None:
        self.model = model
        self.u, self.z = u, z
        self.rate = model.rates(z)
        self.p = self.rate * model.openness(u)
        self.q = self.p.copy()

    @classmethod
    def drawn(cls, model: Model, count: int, rng: np.random.Generator) -> Chains:
        """Independent draws from the model."""
        z = rng.standard_normal((model.factors, count), dtype=np.float32)
        rate = model.rates(z)
        u, _ = model.grow(rate, rng.random(rate.shape, dtype=np.float32))
        return cls(model, u, z)

    def copy(self) -> Chains:
        """A copy that may be changed."""
        other = object.__new__(Chains)
        other.model = self.model
        other.u, other.z, other.q = self.u.copy(), self.z.copy(), self.q.copy()
        other.rate, other.p = self.rate.copy(), self.p.copy()
        return other

    def take(self, chosen: Ints) -> Chains:
        """Chains by number, with repetition: a copy."""
        other = object.__new__(Chains)
        other.model = self.model
        for name in ("u", "z", "q", "rate", "p"):
            setattr(other, name, np.take(getattr(self, name), chosen, axis=1))
        return other

    @property
    def count(self) -> int:
        """How many chains."""
        return int(self.u.shape[1])

    def odds(self, row: int) -> Singles:
        """The odds of u = 1 at a row given all else but its own evidence, per chain, shape (K,)."""
        block = next(b for b in self.model.layout.blocks if b.start <= row < b.stop)
        p = self.p[row]
        odds = p / (1 - p)
        mine = block.own == row - block.start
        if mine.any():
            above, leak = block.above[mine], self.model.leak[block.edges[mine]]
            open_ = self.p[above] / np.where(self.u[row], np.float32(1), leak)
            np.minimum(open_, MOST, out=open_)
            parts = np.where(self.u[above], 1 / leak, (1 - open_) / (1 - open_ * leak))
            with np.errstate(over="ignore"):  # a skill on which very much rests has odds beyond any number
                odds = np.clip(odds * parts.prod(axis=0, dtype=float), 1e-30, 1e30).astype(np.float32)
        return np.asarray(odds)

    def put(self, row: int, values: Bools) -> None:
        """Set a row of the states."""
        layout = self.model.layout
        edges = np.flatnonzero(layout.lower == row)
        leak = self.model.leak[edges]
        old, new = np.where(self.u[row], 1, leak), np.where(values, 1, leak)
        self.p[layout.upper[edges]] *= new / old
        self.u[row] = values

    def sweep(self, evidence: Singles, rng: np.random.Generator, *, up: bool = True) -> None:
        """Sample every skill once given the rest. `evidence`: odds per row, shape (n, 1) or (n, K)."""
        luck = rng.random(self.u.shape, dtype=np.float32)
        blocks = self.model.layout.blocks
        with np.errstate(over="ignore"):  # odds may grow to infinity: the probability is then 1
            for block in blocks if up else reversed(blocks):
                self._sample(block, evidence, luck)

    def _sample(self, block: Block, evidence: Singles, luck: Singles) -> None:
        rows = slice(block.start, block.stop)
        p = self.p[rows]
        odds = p / (1 - p)
        odds *= evidence[rows]
        if not block.users:
            self._settle(rows, odds, luck)
            return
        leak = self.model.leak[block.edges]
        open_ = self.p.take(block.above, axis=0)
        mine = self.u[rows].take(block.own, axis=0)
        open_ /= np.where(mine, np.float32(1), leak)
        np.minimum(open_, np.float32(MOST), out=open_)
        ratio = (1 - open_) / (1 - open_ * leak)
        np.copyto(ratio, 1 / leak, where=self.u.take(block.above, axis=0))
        with np.errstate(over="ignore"):
            odds[: block.users] *= np.multiply.reduceat(ratio, block.starts, axis=0)
        new = self._settle(rows, odds, luck)
        open_ *= np.where(new.take(block.own, axis=0), np.float32(1), leak)
        self.p[block.above] = open_

    def _settle(self, rows: slice, odds: Singles, luck: Singles) -> Bools:
        odds += 1
        q = 1 - 1 / odds
        self.q[rows] = q
        new = luck[rows] < q
        self.u[rows] = new
        return new
