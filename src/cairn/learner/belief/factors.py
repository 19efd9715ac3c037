"""Sampling the latent factors given the states: preconditioned Langevin steps, accepted or refused.

Metropolis-adjusted Langevin algorithm (Roberts & Tweedie, 1996) with the mean curvature as the metric.
"""

from __future__ import annotations

import numpy as np

from cairn.learner.belief.arrays import Singles
from cairn.learner.belief.chains import MOST, Chains

STRIDE = 1.1
"""Step length in units of the posterior's width, for one factor; it shrinks as the sixth root of their number."""


def move_factors(chains: Chains, rng: np.random.Generator, steps: int) -> float:
    """Move z of every chain given its states; keeps rates in step. Returns the share of accepted moves."""
    model = chains.model
    k = model.factors
    if k == 0 or steps == 0:
        return 1.0
    openness = model.openness(chains.u)
    stride = STRIDE * k ** (-1 / 6)
    here = _Point(chains, chains.z, chains.rate, openness)
    root = _metric(chains, openness)
    accepted = 0.0
    for _ in range(steps):
        noise = rng.standard_normal(chains.z.shape, dtype=np.float32)
        drift = root @ (root.T @ here.slope)
        z = here.z + np.float32(0.5 * stride**2) * drift + np.float32(stride) * (root @ noise)
        there = _Point(chains, z, model.rates(z), openness)
        back = here.z - z - np.float32(0.5 * stride**2) * (root @ (root.T @ there.slope))
        back = np.linalg.solve(root, back) / np.float32(stride)
        gain = there.height - here.height + 0.5 * (noise**2 - back**2).sum(axis=0)
        yes = np.log(rng.random(chains.count, dtype=np.float32) + np.float32(1e-30)) < gain
        accepted += float(yes.mean())
        here.adopt(there, yes)
    chains.z, chains.rate = here.z, here.rate
    np.multiply(here.rate, openness, out=chains.p)
    return accepted / steps


class _Point:
    """Latent factors with the log posterior (up to a constant) and its slope there."""

    def __init__(self, chains: Chains, z: Singles, rate: Singles, openness: Singles) -> None:
        self.z, self.rate = z, rate
        closed = 1 - rate * openness
        ratio = (1 - rate) / closed  # 1 where the skill is open
        likelihood = np.where(chains.u, rate, closed)
        np.log(likelihood, out=likelihood)
        self.height = likelihood.sum(axis=0) - 0.5 * (z**2).sum(axis=0)
        slope = np.where(chains.u, 1 - rate, -rate * openness * ratio)
        self.slope = chains.model.loadings.T @ slope - z

    def adopt(self, other: _Point, where: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
        """Take over another point's values in the chains told."""
        for name in ("z", "rate", "slope", "height"):
            np.copyto(getattr(self, name), getattr(other, name), where=where)


def _metric(chains: Chains, openness: Singles) -> Singles:
    """A root R of the inverse mean curvature of the log posterior: R R^T = (I + W^T diag(c) W)^-1."""
    rate = np.minimum(chains.rate, MOST)
    curvature = (rate * (1 - rate) * openness).mean(axis=1)
    loadings = chains.model.loadings
    precision = np.eye(chains.model.factors) + (loadings.T * curvature) @ loadings
    inverse = np.linalg.inv(precision)
    return np.linalg.cholesky((inverse + inverse.T) / 2).astype(np.float32)
