"""The skill graph: what must be known before what.

Skills are kept in one canonical learning order, a topological order of `requires`, and addressed by their
position in it. Every subset, sorted by position, is then in a valid learning order, and the order of two
skills never depends on which others are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any, Generic, TypeVar

Node = TypeVar("Node")


class CycleError(ValueError):
    """Raised when the edges hold a cycle. `cycle` lists its nodes, each required by the one before."""

    def __init__(self, cycle: Sequence[Any]) -> None:
        super().__init__("requires itself: " + " → ".join(map(str, [*cycle, cycle[0]])))
        self.cycle = tuple(cycle)


@dataclass(frozen=True, slots=True)
class Graph(Generic[Node]):
    """An acyclic prerequisite graph over `n` nodes.

    Attributes:
        nodes: the nodes in canonical learning order.
        position: the index of each node in `nodes`.
        needs: for each position, the positions of its direct prerequisites, ascending; all are smaller.
        unlocks: for each position, the positions that need it directly, ascending; all are larger.
    """

    nodes: tuple[Node, ...]
    position: Mapping[Node, int]
    needs: tuple[tuple[int, ...], ...]
    unlocks: tuple[tuple[int, ...], ...]

    @classmethod
    def build(
        cls, requires: Mapping[Node, Iterable[Node]], key: Callable[[Node], Any] | None = None
    ) -> Graph[Node]:
        """Build from each node's direct prerequisites.

        Args:
            requires: every node, with the nodes it directly requires. A prerequisite must be a key itself.
            key: among the nodes that could come next, the one with the smallest key does. Default: insertion
                order. Keys must be distinct or the nodes comparable for the order to be deterministic.

        Raises:
            CycleError: the edges hold a cycle.
            KeyError: a prerequisite is not a key of `requires`.

        Time O((n + m) log n) for n nodes and m edges.
        """
        names = list(requires)
        if key is not None:
            names.sort(key=key)  # the rank among the sorted names then stands for the key
        rank = {name: i for i, name in enumerate(names)}
        before = [sorted({rank[p] for p in requires[name]}) for name in names]
        after: list[list[int]] = [[] for _ in names]
        for i, needed in enumerate(before):
            for p in needed:
                after[p].append(i)
        missing = [len(needed) for needed in before]
        ready = [i for i, count in enumerate(missing) if count == 0]
        heapify(ready)
        order: list[int] = []
        while ready:
            i = heappop(ready)
            order.append(i)
            for j in after[i]:
                missing[j] -= 1
                if missing[j] == 0:
                    heappush(ready, j)
        if len(order) < len(names):
            raise CycleError([names[i] for i in _cycle(before, missing)])
        place = [0] * len(names)
        for position, i in enumerate(order):
            place[i] = position
        nodes = tuple(names[i] for i in order)
        return cls(
            nodes=nodes,
            position={node: position for position, node in enumerate(nodes)},
            needs=tuple(tuple(sorted(place[p] for p in before[i])) for i in order),
            unlocks=tuple(tuple(sorted(place[j] for j in after[i])) for i in order),
        )

    @property
    def edges(self) -> int:
        """How many direct requirements there are."""
        return sum(map(len, self.needs))

    def below(self, positions: Iterable[int], known: Iterable[int] = ()) -> set[int]:
        """`positions` and everything they require, directly or not, except what is in or below `known`.

        `known` need not be closed. Time linear in the part of the graph that is visited.
        """
        stop = _reach(self.needs, known, set())
        return _reach(self.needs, positions, stop)

    def above(self, positions: Iterable[int]) -> set[int]:
        """`positions` and everything that requires them, directly or not."""
        return _reach(self.unlocks, positions, set())

    def fringe(self, known: Iterable[int]) -> list[int]:
        """What can be learned now: not known itself, with every prerequisite in or below `known`."""
        have = self.below(known)
        return [i for i, needed in enumerate(self.needs) if i not in have and have.issuperset(needed)]

    def implied(self) -> list[tuple[int, int]]:
        """The decorative edges: pairs (node, prerequisite) that follow from other edges.

        Removing all of them at once leaves the transitive reduction, which is unique for an acyclic graph
        (Aho, Garey & Ullman, 1972). Time O(n m / w) with machine words of w bits.
        """
        closure: list[int] = []
        found: list[tuple[int, int]] = []
        for i, needed in enumerate(self.needs):
            reach = 0
            for p in reversed(needed):  # the latest first: it alone can imply the earlier ones
                if reach >> p & 1:
                    found.append((i, p))
                reach |= closure[p]
            closure.append(reach | 1 << i)
        return found

    def depths(self) -> list[int]:
        """For each position the length of the longest chain of prerequisites below it."""
        depth: list[int] = []
        for needed in self.needs:
            depth.append(1 + max((depth[p] for p in needed), default=-1))
        return depth


def _reach(adjacent: Sequence[Sequence[int]], start: Iterable[int], stop: set[int]) -> set[int]:
    """All nodes reachable from `start` without entering `stop`; `stop` itself is not part of the result."""
    seen = set(start) - stop
    stack = list(seen)
    while stack:
        for neighbour in adjacent[stack.pop()]:
            if neighbour not in seen and neighbour not in stop:
                seen.add(neighbour)
                stack.append(neighbour)
    return seen


def _cycle(before: Sequence[Sequence[int]], missing: Sequence[int]) -> list[int]:
    """One cycle among the nodes that Kahn's algorithm could not place."""
    i = next(i for i, count in enumerate(missing) if count)
    trail: dict[int, int] = {}
    while i not in trail:
        trail[i] = len(trail)
        i = next(p for p in before[i] if missing[p])
    return list(trail)[trail[i] :]
