"""Three kinds of simulated learner. None of them is the model that is fitted to them.

A: a latent ability and a bent for some strands; a skill may be known only when all it needs is known.
B: people who came for a few goals: they know what their goals need and nothing else. No ability, no rates.
C: people like A, but each skill is then flipped with probability 0.04: they have holes and odd knowledge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from learners.graphs import Floats, World

States = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
HOLES = 0.04


def draw(kind: str, world: World, count: int, seed: int) -> States:
    """`count` learners of a kind ("A", "B", "C", or "ABC": a third of each): what each knows, (count, skills)."""
    if kind == "ABC":
        parts = [draw(k, world, -(-count // 3), seed + i) for i, k in enumerate("ABC")]
        mixed = np.concatenate(parts)
        return mixed[np.random.default_rng(seed).permutation(len(mixed))][:count]
    return KINDS[kind](world, count, np.random.default_rng([seed, ord(kind)]))


def difficulty(world: World) -> Floats:
    """How hard each skill is: its depth on a scale of its own, with a scatter that belongs to the world.

    The scale is set so that a learner of kind A knows 0.46 of the layered world, with deviation 0.24.
    """
    scatter = np.random.default_rng(20_26).normal(0, 0.4, len(world))
    return np.asarray(0.8 * (world.depth - world.depth.mean()) / world.depth.std() - 0.35 + scatter)


def waves(world: World) -> Floats:
    """Six Fourier terms along the strands, (6, skills), whose random mixture has deviation 0.7 in the mean."""
    turn = 2 * np.pi * world.strand
    terms = np.stack([wave(m * turn) / m for m in (1, 2, 3) for wave in (np.sin, np.cos)])
    return np.asarray(0.7 * terms / np.sqrt((terms**2).sum(axis=0).mean()))


def climbers(world: World, count: int, rng: np.random.Generator) -> States:
    """Kind A: logit P(known | all prerequisites known) = 1.8 (ability + bent(strand) - difficulty) + 2.6."""
    ability = rng.normal(size=(count, 1))
    logit = 1.8 * (ability + rng.normal(size=(count, 6)) @ waves(world) - difficulty(world)) + 2.6
    may = rng.uniform(size=logit.shape) < 1 / (1 + np.exp(-logit))
    known = np.zeros(logit.shape, dtype=bool)
    for i, needed in enumerate(world.graph.needs):
        known[:, i] = may[:, i] & known[:, list(needed)].all(axis=1)
    return known


def seekers(world: World, count: int, rng: np.random.Generator) -> States:
    """Kind B: all that 1 + Poisson(10) goals need, goals near an interest and not above a depth Beta(2, 1.2)."""
    known = np.zeros((count, len(world)), dtype=bool)
    for person in range(count):
        interest, limit = rng.uniform(), rng.beta(2, 1.2)
        weight = np.exp(-0.5 * ((world.strand - interest) / 0.25) ** 2) * (world.depth <= limit)
        goals = rng.choice(len(world), size=1 + rng.poisson(10), p=weight / weight.sum())
        known[person, sorted(world.graph.below(map(int, goals)))] = True
    return known


def holed(world: World, count: int, rng: np.random.Generator) -> States:
    """Kind C: kind A with a share of the skills flipped."""
    return climbers(world, count, rng) ^ (rng.uniform(size=(count, len(world))) < HOLES)


KINDS: Mapping[str, Callable[[World, int, np.random.Generator], States]] = {
    "A": climbers, "B": seekers, "C": holed,
}  # fmt: skip
