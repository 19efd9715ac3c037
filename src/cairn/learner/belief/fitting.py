"""Learning what people know from people: parameters fitted to other learners' answers or states.

Stochastic approximation EM (Delyon, Lavielle & Moulines, 1999): one Markov chain for each learner samples their
state and factors given what they answered; each skill's rate is then a small logistic regression on the
factors, over the learners to whom the skill was open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cairn.learner.belief.arrays import Bools, Floats, Singles, logit
from cairn.learner.belief.chains import Chains, Model
from cairn.learner.belief.component import Component, Kind
from cairn.learner.belief.factors import move_factors
from cairn.learner.belief.parameters import Needs

CERTAIN = 12.0
"""Log odds that stand for "observed without error"."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How to fit.

    Attributes:
        factors: latent factors of each component.
        rounds: rounds of sampling and estimating.
        settle: rounds before the steps begin to shrink.
        leak: leak of an edge of which the learners say nothing.
        faith: how many learners' worth of weight `leak` has against what is observed.
        smooth: precision with which a skill's loadings are drawn to those of its neighbours.
        hold: precision with which a skill's rate is drawn to its neighbours'.
    """

    factors: int = 6
    rounds: int = 80
    settle: int = 40
    leak: float = 0.02
    faith: float = 10.0
    smooth: float = 15.0
    hold: float = 0.5


class Fit:
    """A component on its way to fit some learners.

    Args:
        needs: for each position its direct prerequisites.
        kind: which component.
        evidence: shape (learners, n): log P(answers | known) / P(answers | not known), 0 where never asked.
        rng: the source of chance.
        how: the settings.
    """

    def __init__(
        self, needs: Needs, kind: Kind, evidence: Floats, rng: np.random.Generator, how: Fitting
    ) -> None:
        self.how, self.rng, self.kind = how, rng, kind
        self.needs = tuple(tuple(sorted(needed)) for needed in needs)
        n, m = len(self.needs), sum(map(len, self.needs))
        self.flipped = kind is Kind.SOUGHT
        self.evidence = np.asarray(evidence, dtype=float)
        self.hole = self.stray = 0.02
        blank = Component(kind, 1.0, np.zeros(n), np.zeros((n, how.factors)), np.full(m, how.leak))
        self.model = Model.of(self.needs, blank)
        layout = self.model.layout
        self.sight = self.evidence.T[layout.order]  # (n, learners), of s
        self.neighbours = self._neighbourhood()
        self._begin()

    def _neighbourhood(self) -> Floats:
        """Row-normalised adjacency: the mean over a skill's direct neighbours."""
        layout, n = self.model.layout, self.model.size
        adjacent = np.zeros((n, n))
        adjacent[layout.lower, layout.upper] = adjacent[layout.upper, layout.lower] = 1
        return np.asarray(adjacent / np.maximum(adjacent.sum(axis=1, keepdims=True), 1))

    def _begin(self) -> None:
        """Start from what was seen: rates from counts, loadings from the leading directions of what is left."""
        seen = np.where(self.flipped, -self.sight, self.sight)
        u = seen > np.where(seen == 0, self.rng.normal(size=seen.shape), 0)
        share = (1 / (1 + np.exp(-np.clip(seen, -30, 30)))).sum(axis=1)
        base = np.clip(share / seen.shape[1], 0.02, 0.98)
        for row in np.flatnonzero((seen == 0).any(axis=1)):
            blind = seen[row] == 0
            u[row, blind] = self.rng.uniform(size=int(blind.sum())) < base[row]
        open_ = self.model.openness(u) > 0.5
        rate = (np.where(open_, u, 0).sum(axis=1) + 1) / (open_.sum(axis=1) + 1.5)
        spread = np.sqrt(rate * (1 - rate))[:, None]
        left = np.where(open_, (u - rate[:, None]) / spread, 0)
        k = min(self.how.factors, *left.shape)
        vectors, values, people = np.linalg.svd(left, full_matrices=False)
        scale = np.sqrt(np.maximum(values[:k] ** 2 / left.shape[1] - 1, 0.02))
        loadings = np.zeros((self.model.size, self.how.factors))
        loadings[:, :k] = vectors[:, :k] * scale / np.maximum(spread, 0.2)
        z = np.zeros((self.how.factors, left.shape[1]), dtype=np.float32)
        z[:k] = people[:k] * np.sqrt(left.shape[1])
        self.model = replace(
            self.model,
            bias=logit(rate)[:, None].astype(np.float32),
            loadings=loadings.astype(np.float32),
        )
        self.chains = Chains(self.model, u, z)

    def run(self) -> Component:
        """All rounds; their steps shrink, so that the last parameters are a mean over the later ones."""
        for round_ in range(self.how.rounds):
            step = 1.0 if round_ < self.how.settle else (round_ - self.how.settle + 1.0) ** -0.6
            self._sample()
            self._estimate(step)
        return self._component()

    def _component(self) -> Component:
        bias, loadings, leak = self.model.bias, self.model.loadings, self.model.leak
        layout = self.model.layout
        order = layout.order.tolist()
        pairs = [
            (order[u], order[v]) for u, v in zip(layout.upper.tolist(), layout.lower.tolist(), strict=True)
        ]
        found = {
            ((v, u) if self.flipped else (u, v)): float(x)
            for (u, v), x in zip(pairs, leak[:, 0].tolist(), strict=True)
        }
        edges = [(i, p) for i, needed in enumerate(self.needs) for p in needed]
        return Component(
            self.kind, 1.0,
            bias[layout.row, 0].astype(float),
            loadings[layout.row].astype(float),
            np.array([found[e] for e in edges]),
            self.hole, self.stray,
        )  # fmt: skip

    def _sample(self) -> None:
        odds = np.exp(effective(self.sight, self.hole, self.stray))
        if self.flipped:
            odds = 1 / odds
        odds = odds.astype(np.float32)
        self.chains = Chains(self.model, self.chains.u, self.chains.z)
        for up in (True, False):
            move_factors(self.chains, self.rng, 2)
            self.chains.sweep(odds, self.rng, up=up)

    def _estimate(self, step: float) -> None:
        u, z = self.chains.u, self.chains.z
        open_ = self.model.openness(u) > 0.5
        self._regress(u, z, open_, step)
        self._leaks(u, step)
        self._departures(u, step)

    def _regress(self, u: Bools, z: Singles, open_: Bools, step: float) -> None:
        """One damped Newton step of each skill's penalised logistic regression."""
        how, model = self.how, self.model
        design = np.vstack([np.ones((1, z.shape[1]), dtype=np.float32), z])  # (k+1, learners)
        k = len(design)
        theta = np.hstack([model.bias, model.loadings]).astype(float)
        rate = model.rates(z)
        miss = np.where(open_, u - rate, 0)
        weight = np.where(open_, rate * (1 - rate), 0)
        slope = miss @ design.T
        products = (design[:, None, :] * design[None, :, :]).reshape(k * k, -1)
        curve = (weight @ products.T).reshape(-1, k, k).astype(float)
        pull = np.full(k, how.smooth)
        pull[0] = how.hold
        centre = self.neighbours @ theta
        slope = slope - pull * (theta - centre)
        curve = curve + np.diag(pull + 1e-3)
        move = np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
        theta += step * np.clip(move, -1, 1)
        self._standardise(theta[:, :1], theta[:, 1:])

    def _standardise(self, bias: Floats, loadings: Floats) -> None:
        """Give the factors mean 0 and covariance I by moving both into the parameters.

        Parameter-expanded EM (Liu, Rubin & Wu, 1998): the model stays the same, and EM needs far fewer rounds.
        """
        z = self.chains.z.astype(float)
        mean = z.mean(axis=1, keepdims=True)
        root = np.linalg.cholesky(np.cov(z) + 1e-6 * np.eye(len(z)))
        self.chains.z = np.linalg.solve(root, z - mean).astype(np.float32)
        self.model = replace(
            self.model,
            bias=(bias + loadings @ mean).astype(np.float32),
            loadings=np.ascontiguousarray(loadings @ root, dtype=np.float32),
        )

    def _leaks(self, u: Bools, step: float) -> None:
        """An edge's leak: known above over expected, among those who lack only the lower end."""
        layout, how = self.model.layout, self.how
        missing = ~u[layout.lower]
        lacks = np.zeros(u.shape, dtype=np.int16)
        if len(layout.lower):
            lacks[layout.tops] = np.add.reduceat(missing.astype(np.int16), layout.starts, axis=0)
        only = missing & (lacks[layout.upper] == 1)
        had = (only & u[layout.upper]).sum(axis=1)
        expected = np.where(only, self.chains.rate[layout.upper], 0).sum(axis=1)
        found = (had + how.faith * how.leak) / (expected + how.faith)
        leak = self.model.leak[:, 0] ** (1 - step) * np.clip(found, 1e-3, 1.0) ** step
        self.model = replace(self.model, leak=leak[:, None].astype(np.float32))

    def _departures(self, u: Bools, step: float) -> None:
        """Holes and strays: how often what was seen departs from the sampled state."""
        s = ~u if self.flipped else u
        odds = self.sight + np.where(s, logit(np.array(1 - self.hole)), logit(np.array(self.stray)))
        known = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
        asked = self.sight != 0
        hole = ((1 - known) * (asked & s)).sum() / max(float((asked & s).sum()), 1.0)
        stray = (known * (asked & ~s)).sum() / max(float((asked & ~s).sum()), 1.0)
        self.hole += step * (float(np.clip(hole, 1e-3, 0.2)) - self.hole)
        self.stray += step * (float(np.clip(stray, 1e-3, 0.2)) - self.stray)


def effective(log_odds: Floats, hole: float, stray: float) -> Floats:
    """Log odds of the orderly state that log odds of actual knowledge amount to.

    log ((1 - hole) e^x + hole) / (stray e^x + 1 - stray).
    """
    x = np.clip(log_odds, -30, 30)
    up = np.exp(x)
    return np.asarray(np.log((1 - hole) * up + hole) - np.log(stray * up + 1 - stray))
