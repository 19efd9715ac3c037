from __future__ import annotations

import numpy as np
import pytest

from cairn.learner.belief import Kind, population
from cairn.learner.belief.fitting import Fit, Fitting
from cairn.learner.belief.population import evidence_of_states, fit

NEEDS = tuple((i - 5, i - 4) if i >= 5 and i % 5 < 4 else (i - 5,) if i >= 5 else () for i in range(25))
QUICK = Fitting(factors=2, rounds=40, settle=20)


def climbers(
    count: int, rng: np.random.Generator, leak: dict[tuple[int, int], float] | None = None
) -> np.ndarray:
    """People of one ability who know a skill with probability logistic(1.5 + 1.5 ability) where it is open."""
    ability = rng.normal(size=(count, 1))
    rate = np.broadcast_to(1 / (1 + np.exp(-(1.5 + 1.5 * ability))), (count, 25)).copy()
    known = np.zeros((count, 25), dtype=bool)
    for i, needed in enumerate(NEEDS):
        p = rate[:, i]
        for j in needed:
            p = p * np.where(known[:, j], 1, (leak or {}).get((i, j), 0.0))
        known[:, i] = rng.random(count) < p
    return known


def test_rates_and_loadings_are_recovered() -> None:
    """From 600 people the rates, the strength of the one factor and the absence of holes are found again."""
    rng = np.random.default_rng(0)
    found = Fit(NEEDS, Kind.CLIMBED, evidence_of_states(climbers(600, rng)), rng, QUICK).run()
    assert abs(found.bias.mean() - 1.5) < 0.25
    assert abs(np.sqrt((found.loadings**2).sum(axis=1)).mean() - 1.5) < 0.4
    assert found.hole < 0.01
    assert found.stray < 0.01


def test_holes_are_recovered() -> None:
    """When five of a hundred skills are flipped, the rates of holes and strays are found near 0.05."""
    rng = np.random.default_rng(1)
    known = climbers(600, rng)
    known ^= rng.random(known.shape) < 0.05
    found = Fit(NEEDS, Kind.CLIMBED, evidence_of_states(known), rng, QUICK).run()
    assert 0.025 < found.hole < 0.075
    assert 0.025 < found.stray < 0.075


def test_a_wrong_edge_is_found() -> None:
    """An edge that means nothing gets a leak far above the others'."""
    rng = np.random.default_rng(2)
    known = climbers(800, rng, leak={(12, 7): 1.0})
    found = Fit(NEEDS, Kind.CLIMBED, evidence_of_states(known), rng, QUICK).run()
    edges = [(i, p) for i, needed in enumerate(NEEDS) for p in needed]
    wrong = edges.index((12, 7))
    assert found.leak[wrong] > 0.4
    assert np.median(found.leak) < 0.05


def test_answers_are_enough() -> None:
    """From 15 noisy answers each, without states, the mean rate is found within half a unit of log odds."""
    rng = np.random.default_rng(3)
    known = climbers(600, rng)
    right = rng.random(known.shape) < np.where(known, 0.9, 0.2)
    evidence = np.where(right, np.log(0.9 / 0.2), np.log(0.1 / 0.8))
    evidence[rng.random(known.shape) > 15 / 25] = 0
    found = Fit(NEEDS, Kind.CLIMBED, evidence, rng, QUICK).run()
    assert abs(found.bias.mean() - 1.5) < 0.5


def test_is_deterministic(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same learners and the same chance give the same parameters."""
    monkeypatch.setattr(population, "SORTED", 4)
    known = climbers(60, np.random.default_rng(4))
    first, second = (
        fit(
            NEEDS, evidence_of_states(known), np.random.default_rng(7), Fitting(factors=1, rounds=6, settle=3)
        )
        for _ in range(2)
    )
    assert first.to_dict() == second.to_dict()
    assert sum(c.weight for c in first.components) == pytest.approx(1)


def test_too_few() -> None:
    """Fewer than twenty learners, or evidence on other skills, is refused with what to do."""
    with pytest.raises(ValueError, match=r"use Parameters\.general"):
        fit(NEEDS, np.zeros((5, 25)), np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"on 25 skills .* shape \(30, 24\)"):
        fit(NEEDS, np.zeros((30, 24)), np.random.default_rng(0))
