"""The exact answer for small graphs: every state, every value of the factors on a grid."""

from __future__ import annotations

import itertools

import numpy as np

from cairn.learner.belief import Component, Kind, Observation, Parameters


def exact(parameters: Parameters, seen: list[Observation]) -> np.ndarray:
    """P(known) per position, by summing over all states and a grid of the one factor (or none)."""
    n = len(parameters.needs)
    states = np.array(list(itertools.product([0, 1], repeat=n)))
    odds = np.zeros(n)
    for observation in seen:
        odds[observation.position] += observation.log_odds
    total, known = 0.0, np.zeros(n)
    for c in parameters.components:
        up = np.exp(odds)
        yes, no = (1 - c.hole) * up + c.hole, c.stray * up + 1 - c.stray
        weight = c.weight * _prior(parameters.needs, c, states) * np.where(states, yes, no).prod(axis=1)
        given = np.where(states, (1 - c.hole) * up / yes, c.stray * up / no)
        total += weight.sum()
        known += weight @ given
    return known / total


def _prior(needs: tuple[tuple[int, ...], ...], c: Component, states: np.ndarray) -> np.ndarray:
    edges = [(i, p) for i, needed in enumerate(needs) for p in needed]
    grid = np.linspace(-4.5, 4.5, 61) if c.loadings.shape[1] else np.zeros(1)
    mass = np.exp(-0.5 * grid**2)
    mass /= mass.sum()
    flipped = c.kind is Kind.SOUGHT
    u = 1 - states if flipped else states
    result = np.zeros(len(states))
    for z, share in zip(grid, mass, strict=True):
        x = c.bias + (c.loadings[:, 0] * z if c.loadings.shape[1] else 0)
        p = np.tile(1 / (1 + np.exp(-x)), (len(states), 1))
        for (i, j), leak in zip(edges, c.leak, strict=True):
            top, bottom = (j, i) if flipped else (i, j)
            p[:, top] *= np.where(u[:, bottom], 1, leak)
        result += share * np.where(u, p, 1 - p).prod(axis=1)
    return result
