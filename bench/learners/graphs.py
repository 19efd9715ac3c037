"""The worlds that simulated learners live in: a prerequisite graph and a place for each skill in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cairn.curriculum import Graph

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class World:
    """A graph with what the generators of learners need to know about its skills.

    Attributes:
        graph: the true prerequisite graph; nodes are numbers, or skills of the curriculum.
        depth: for each skill how far up it lies, 0 to 1.
        strand: for each skill where it lies among the fields, 0 to 1; neighbours are related.
    """

    graph: Graph[int]
    depth: Floats
    strand: Floats

    def __len__(self) -> int:
        return len(self.graph.nodes)


def layered(layers: int = 12, width: int = 25, seed: int = 1, reach: float = 0.095) -> World:
    """A graph in layers: each skill above the lowest layer needs two to four skills, mostly of the layer below
    and near it on a line of strands.

    With the default figures: 300 skills, about 810 edges, 62 ancestors in the mean.
    """
    rng = np.random.default_rng(seed)
    strand = np.concatenate([np.sort(rng.uniform(size=width)) for _ in range(layers)])
    requires: dict[int, list[int]] = {}
    for node in range(layers * width):
        layer = node // width
        requires[node] = []
        if layer == 0:
            continue
        count = int(rng.choice([2, 3, 4], p=[0.3, 0.44, 0.26]))
        while len(requires[node]) < count:
            down = 2 if layer >= 2 and rng.uniform() < 0.25 else 1
            first = (layer - down) * width
            candidates = np.arange(first, first + width)
            weight = np.exp(-0.5 * ((strand[candidates] - strand[node]) / reach) ** 2) + 1e-6
            parent = int(rng.choice(candidates, p=weight / weight.sum()))
            if parent not in requires[node]:
                requires[node].append(parent)
    graph = Graph.build(requires)
    order = np.array(graph.nodes)
    return World(graph, (order // width) / (layers - 1), strand[order])


def shipped(folder: Path) -> World:
    """The curriculum's own graph. Depth is the share of the longest chain below; strands follow the areas."""
    from cairn.app import load  # noqa: PLC0415  (slow, and only this world needs it)

    curriculum = load(folder).curriculum
    real = curriculum.graph
    graph = Graph.build(dict(enumerate(real.needs)))
    depths = np.array(graph.depths(), dtype=float)
    areas = {area: i for i, area in enumerate(curriculum.areas)}
    place = [areas[curriculum.topics[real.nodes[i].topic].area] for i in graph.nodes]
    return World(graph, depths / depths.max(), np.array(place) / len(areas))


def with_wrong_edges(world: World, share: float, seed: int) -> Graph[int]:
    """What an author who errs would have written: `share` of the edges replaced by edges that do not hold.

    A wrong edge keeps its upper end and points to a skill of the same depth as the true prerequisite that the
    upper end does not need, so that it looks plausible.
    """
    rng = np.random.default_rng(seed)
    graph = world.graph
    edges = [(i, p) for i, needed in enumerate(graph.needs) for p in needed]
    requires = {i: list(needed) for i, needed in enumerate(graph.needs)}
    for at in rng.permutation(len(edges))[: round(share * len(edges))]:
        node, parent = edges[int(at)]
        below = graph.below([node])
        near = np.abs(world.depth - world.depth[parent]) < 1e-9
        others = [int(j) for j in np.flatnonzero(near) if int(j) < node and int(j) not in below]
        if others:
            requires[node].remove(parent)
            requires[node].append(int(rng.choice(others)))
    return _in_order(requires)


def _in_order(requires: dict[int, Sequence[int]] | dict[int, list[int]]) -> Graph[int]:
    """The graph whose positions equal the names: the names are already in a learning order."""
    needs = tuple(tuple(sorted(requires[i])) for i in range(len(requires)))
    unlocks: list[list[int]] = [[] for _ in needs]
    for i, needed in enumerate(needs):
        for p in needed:
            unlocks[p].append(i)
    names = tuple(range(len(needs)))
    return Graph(names, {i: i for i in names}, needs, tuple(map(tuple, unlocks)))
