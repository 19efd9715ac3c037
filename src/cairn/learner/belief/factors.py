"""Sampling the latent factors given the states: preconditioned Langevin steps, accepted or refused.

Metropolis-adjusted Langevin algorithm (Roberts & Tweedie, 1996) with the mean curvature as the metric.
"""

from __future__ import annotations

import numpy as np

from cairn.learner.belief.arrays import Bools, Singles
from cairn.learner.belief.chains import Chains

STRIDE = 1.1
"""Step length in units of the posterior's width, for one factor; it shrinks as the sixth root of their number."""

GROUP = 6
"""So many likelihoods are multiplied before a logarithm is taken: rates are at least 1e-5, and 1e-30 is a single."""


def move_factors(chains: Chains, rng: np.random.Generator, steps: int) -> float:
    """Move z of every chain given its states; keeps rates in step. Returns the share of accepted moves."""
    model = chains.model
    k = model.factors
    if k == 0 or steps == 0:
        return 1.0
    openness = chains.p / chains.rate
    np.minimum(openness, np.float32(1), out=openness)
    pull = np.where(chains.u, np.float32(1), openness)
    stride = STRIDE * k ** (-1 / 6)
    here = _Point(chains, chains.z, chains.rate, openness, pull)
    root = _metric(chains, openness)
    half: Singles = np.float32(0.5 * stride**2) * (root @ root.T)
    leap: Singles = np.float32(stride) * root
    land = np.linalg.inv(root) / np.float32(stride)
    accepted = 0.0
    for _ in range(steps):
        noise = rng.standard_normal(chains.z.shape, dtype=np.float32)
        z: Singles = here.z + half @ here.slope + leap @ noise
        there = _Point(chains, z, model.rates(z), openness, pull)
        back = land @ (here.z - z - half @ there.slope)
        gain = there.height - here.height + 0.5 * (noise**2 - back**2).sum(axis=0)
        yes = np.log(rng.random(chains.count, dtype=np.float32) + np.float32(1e-30)) < gain
        accepted += float(yes.mean())
        here.adopt(there, yes)
    chains.z, chains.rate = here.z, here.rate
    np.multiply(here.rate, openness, out=chains.p)
    return accepted / steps


def move_together(chains: Chains, evidence: Singles, rng: np.random.Generator, reach: float) -> float:
    """Move z and the states that hang on it at once, keeping each skill's luck. Returns the share accepted.

    A state is seen as rate and luck: u_j = 1 where luck_j, uniform, is below P(u_j = 1 | u below, z). Given its
    luck, a chain's state follows its factors, so that far regions move together; moving z given the state alone
    would let each hold the other back. Interweaving both: Yu & Meng (2011). The proposal keeps the prior
    (Neal, 1999; preconditioned Crank-Nicolson), so that only the evidence decides.

    Args:
        chains: what is moved.
        evidence: odds per row, shape (n, 1), or per row and chain, shape (n, K).
        rng: the source of chance.
        reach: the proposal's share of new noise, in (0, 1].
    """
    if chains.model.factors == 0:
        return 1.0
    luck = rng.random(chains.u.shape, dtype=np.float32)
    low, high = np.where(chains.u, 0, chains.p), np.where(chains.u, chains.p, 1)
    luck *= high - low
    luck += low
    noise = rng.standard_normal(chains.z.shape, dtype=np.float32)
    z = np.float32((1 - reach**2) ** 0.5) * chains.z + np.float32(reach) * noise
    rate = chains.model.rates(z)
    u, p = chains.model.grow(rate, luck)
    rows = np.flatnonzero((evidence != 1).any(axis=1))
    change = u[rows].astype(np.float32) - chains.u[rows]
    gain = (np.log(evidence[rows]) * change).sum(axis=0)
    yes = np.log(rng.random(chains.count, dtype=np.float32) + np.float32(1e-30)) < gain
    for name, new in (("z", z), ("rate", rate), ("u", u), ("p", p)):
        np.copyto(getattr(chains, name), new, where=yes)
    return float(yes.mean())


class _Point:
    """Latent factors with the log posterior (up to a constant) there, and the direction in which it grows.

    The direction is exact for open skills and rough for the others; any direction is valid in a proposal.
    """

    def __init__(self, chains: Chains, z: Singles, rate: Singles, openness: Singles, pull: Singles) -> None:
        self.z, self.rate = z, rate
        likelihood = 1 - rate * openness
        np.copyto(likelihood, rate, where=chains.u)
        groups = np.multiply.reduceat(likelihood, np.arange(0, len(likelihood), GROUP), axis=0)
        self.height = np.log(groups).sum(axis=0) - 0.5 * (z**2).sum(axis=0)
        self.slope = chains.model.loadings.T @ ((chains.u - rate) * pull) - z

    def adopt(self, other: _Point, where: Bools) -> None:
        """Take over another point's values in the chains told."""
        for name in ("z", "rate", "slope", "height"):
            np.copyto(getattr(self, name), getattr(other, name), where=where)


def _metric(chains: Chains, openness: Singles) -> Singles:
    """A root R of the inverse mean curvature of the log posterior: R R^T = (I + W^T diag(c) W)^-1."""
    curvature = (chains.rate * (1 - chains.rate) * openness).mean(axis=1)
    loadings = chains.model.loadings
    precision = np.eye(chains.model.factors) + (loadings.T * curvature) @ loadings
    inverse = np.linalg.inv(precision)
    return np.linalg.cholesky((inverse + inverse.T) / 2).astype(np.float32)
