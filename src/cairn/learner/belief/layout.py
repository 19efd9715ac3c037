"""The order in which a graph's skills are sampled: blocks of skills that may change at once.

Two skills may change at once when neither requires the other and no skill requires both. Blocks are cut level
by level, so that one pass upwards can carry a change from the foundations to the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cairn.learner.belief.arrays import Ints

Needs = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Block:
    """Skills that change together, as rows of the layout, and the edges to what depends on them.

    Attributes:
        start, stop: the rows of the block.
        users: how many of its rows, the first ones, have edges to skills above.
        above: for each edge, the row of the upper skill; no row occurs twice.
        own: for each edge, the place within the block of the lower skill.
        starts: for each of the `users` rows, where its edges begin.
        edges: the numbers of the edges, in the layout's numbering.
    """

    start: int
    stop: int
    users: int
    above: Ints
    own: Ints
    starts: Ints
    edges: Ints


@dataclass(frozen=True, slots=True)
class Tier:
    """The skills of one level, which depend on lower levels only.

    Attributes:
        start, stop: its rows.
        lower: for each edge down from the level, the row of the lower skill; edges sorted by upper row.
        edges: the numbers of these edges: a slice.
        tops: the rows that have such edges, counted within the level.
        starts: for each of `tops`, where its edges begin.
    """

    start: int
    stop: int
    lower: Ints
    edges: slice
    tops: Ints
    starts: Ints


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph laid out for sampling.

    Attributes:
        order: the position in the graph of each row.
        row: the row of each position.
        blocks: the blocks, from the foundations up.
        tiers: the levels, from the foundations up.
        lower, upper: rows at the ends of each edge, sorted by `upper`.
        tops: the rows that have edges to lower skills, ascending.
        starts: for each of `tops`, where its edges begin.
    """

    order: Ints
    row: Ints
    blocks: tuple[Block, ...]
    tiers: tuple[Tier, ...]
    lower: Ints
    upper: Ints
    tops: Ints
    starts: Ints

    @classmethod
    def of(cls, needs: Needs) -> Layout:
        """Lay out a graph given the direct prerequisites of each position; all are smaller or all are larger."""
        n = len(needs)
        above: list[list[int]] = [[] for _ in range(n)]
        for i, needed in enumerate(needs):
            for p in needed:
                above[p].append(i)
        groups = _groups(needs, above)
        order = np.array([i for group in groups for i in group], dtype=np.intp)
        row = np.empty(n, dtype=np.intp)
        row[order] = np.arange(n)
        pairs = sorted((int(row[i]), int(row[p])) for i, needed in enumerate(needs) for p in needed)
        number = {pair: e for e, pair in enumerate(pairs)}
        upper = np.array([u for u, _ in pairs], dtype=np.intp)
        lower = np.array([v for _, v in pairs], dtype=np.intp)
        tops, starts = np.unique(upper, return_index=True)
        blocks = []
        for group in groups:
            users = [i for i in group if above[i]]
            edges = [(int(row[j]), place, int(row[i])) for place, i in enumerate(users) for j in above[i]]
            counts = np.cumsum([0, *(len(above[i]) for i in users)])[:-1]
            blocks.append(
                Block(
                    int(row[group[0]]),
                    int(row[group[-1]]) + 1,
                    len(users),
                    np.array([u for u, _, _ in edges], dtype=np.intp),
                    np.array([place for _, place, _ in edges], dtype=np.intp),
                    np.array(counts, dtype=np.intp),
                    np.array([number[u, v] for u, _, v in edges], dtype=np.intp),
                )
            )
        sizes = np.cumsum([0, *(len(level) for level in _levels(needs, above))]).tolist()
        tiers = tuple(_tier(a, b, lower, upper) for a, b in pairwise(sizes))
        return cls(order, row, tuple(blocks), tiers, lower, upper, tops, starts)


def _tier(start: int, stop: int, lower: Ints, upper: Ints) -> Tier:
    first, last = np.searchsorted(upper, [start, stop]).tolist()
    tops, starts = np.unique(upper[first:last], return_index=True)
    return Tier(start, stop, lower[first:last], slice(first, last), tops - start, starts)


def _groups(needs: Needs, above: Sequence[Sequence[int]]) -> list[list[int]]:
    """Blocks as lists of positions: by level, then greedily; those with edges upwards come first in each."""
    groups: list[list[int]] = []
    for members in _levels(needs, above):
        conflicts = {i: {p for j in above[i] for p in needs[j]} for i in members}
        colours: list[list[int]] = []
        taken: list[set[int]] = []
        for i in sorted(members, key=lambda i: (-len(conflicts[i]), i)):
            for group, held in zip(colours, taken, strict=True):
                if i not in held:
                    group.append(i)
                    held.update(conflicts[i])
                    break
            else:
                colours.append([i])
                taken.append(set(conflicts[i]))
        groups += [sorted(group, key=lambda i: (not above[i], i)) for group in colours]
    return groups


def _levels(needs: Needs, above: Sequence[Sequence[int]]) -> Iterable[list[int]]:
    """Positions grouped by the length of the longest chain below them."""
    missing = [len(needed) for needed in needs]
    level = [i for i, count in enumerate(missing) if count == 0]
    while level:
        yield level
        following = []
        for i in level:
            for j in above[i]:
                missing[j] -= 1
                if missing[j] == 0:
                    following.append(j)
        level = following
