"""Which skills are practised along with another: the edges `contains`, followed to their end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cairn.curriculum import Curriculum, Skill

LEAST = 0.05
"""Credit weaker than this is not followed further."""

DEEPER = 0.8
"""How much using a thing practises recognising it, and deriving it using it."""


@dataclass(frozen=True, eq=False)
class Containment:
    """The credit that flows between skills, addressed by position.

    Attributes:
        below: for each skill the skills practised along with it, and with which weight: (positions, weights).
        above: the same edges read the other way.
    """

    below: tuple[tuple[NDArray[np.intp], NDArray[np.float64]], ...]
    above: tuple[tuple[NDArray[np.intp], NDArray[np.float64]], ...]

    @classmethod
    def build(cls, size: int, edges: Mapping[int, Mapping[int, float]]) -> Containment:
        """Follow the edges: the weight of a path is the product of its edges, that of a pair its best path.

        Args:
            size: how many skills there are.
            edges: for a skill's position, the positions directly contained in it with weights in (0, 1].

        Raises:
            ValueError: a weight is outside (0, 1], a position outside the graph.

        Time proportional to the edges on paths of weight at least `LEAST`.
        """
        for i, inner in edges.items():
            for j, weight in inner.items():
                if not (0 < weight <= 1 and 0 <= i < size and 0 <= j < size and i != j):
                    msg = f"no such containment: {i} contains {j} with weight {weight}"
                    raise ValueError(msg)
        reach = [_best_paths(i, edges) for i in range(size)]
        back: list[dict[int, float]] = [{} for _ in range(size)]
        for i, inner in enumerate(reach):
            for j, weight in inner.items():
                back[j][i] = weight
        return cls(tuple(map(_arrays, reach)), tuple(map(_arrays, back)))

    @classmethod
    def none(cls, size: int) -> Containment:
        """No skill contains another: plain FSRS for each."""
        return cls.build(size, {})

    def __len__(self) -> int:
        return len(self.below)


def _best_paths(start: int, edges: Mapping[int, Mapping[int, float]]) -> dict[int, float]:
    best: dict[int, float] = {}
    pending = [(start, 1.0)]
    while pending:
        at, weight = pending.pop()
        for j, w in edges.get(at, {}).items():
            product = weight * w
            if j != start and product >= LEAST and product > best.get(j, 0.0):
                best[j] = product
                pending.append((j, product))
    return best


def _arrays(weights: Mapping[int, float]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    ordered = sorted(weights.items())
    return (
        np.array([j for j, _ in ordered], dtype=np.intp),
        np.array([w for _, w in ordered], dtype=np.float64),
    )


def containment_of(curriculum: Curriculum) -> Containment:
    """The credit that flows in a curriculum: its stated edges, and a topic's deeper level practises the one before."""
    position = curriculum.graph.position
    edges: dict[int, dict[int, float]] = {}
    for topic in curriculum.topics.values():
        for shallow, deep in pairwise(topic.skills):
            edges.setdefault(position[deep], {})[position[shallow]] = DEEPER
        for level, inner in topic.contains.items():
            i = position[Skill(topic.id, level)]
            for skill, weight in inner.items():
                if skill in position and position[skill] != i:
                    edges.setdefault(i, {})[position[skill]] = weight
    return Containment.build(len(curriculum.graph.nodes), edges)
