"""The exact choice without a solver, as far as a given amount of work goes: best-first branch and bound.

Each node of the search takes some goals in and leaves some out. With the price of a minute fixed, the best closed set
that obeys gives a bound (Lagrangian relaxation), and, filled up or cut by the greedy rule, a choice. The search stops
when the best choice is as good as the best bound, or after its share of work; what is left open still bounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count

from cairn.planning.closure import EPS, Selection, best_closed
from cairn.planning.greedy import greedy

WORK = 30_000
"""Nodes of the problem times nodes of the search that are looked at; about a second or two."""

Node = tuple[frozenset[int], frozenset[int]]


def branch(
    instance: Selection, start: frozenset[int], price: float, work: int = WORK
) -> tuple[frozenset[int], float]:
    """The best choice found, and a bound on every choice.

    Args:
        instance: the problem.
        start: a valid choice to begin with.
        price: worth of a minute, from the relaxation; any price that is not negative keeps the bound true.
        work: how much to search.
    """
    best, value = start, instance.value(start)
    goals = [i for i, v in enumerate(instance.values) if v > 0]
    below = {i: frozenset(instance.below(i)) for i in goals}
    order = count()
    heap: list[tuple[float, int, Node, frozenset[int]]] = []

    def look(inside: frozenset[int], outside: frozenset[int]) -> None:
        """Bound a node, try its choice, and put it on the heap unless it cannot be better."""
        nonlocal best, value
        forced = frozenset().union(*(below[i] for i in inside)) if inside else frozenset[int]()
        if instance.cost(forced) > instance.budget or any(below[i] & outside for i in inside):
            return
        chosen = best_closed(instance, price, forced, outside)
        limit = instance.value(chosen) - price * (instance.cost(chosen) - instance.budget)
        found = greedy(instance, chosen if instance.cost(chosen) <= instance.budget else forced)
        if instance.value(found) > value + EPS:
            best, value = found, instance.value(found)
        if limit > value + EPS:
            heappush(heap, (-limit, next(order), (inside, outside), chosen))

    look(frozenset(), frozenset())
    left = work // max(1, len(instance.costs))
    while heap and left > 0:
        limit, _, (inside, outside), chosen = heappop(heap)
        if -limit <= value + EPS:
            return best, value
        goal = _undecided(instance, goals, inside, outside, chosen)
        if goal is None:  # every goal is in or out, and what is in was tried when it was looked at
            continue
        look(inside | {goal}, outside)
        look(inside, outside | {goal})
        left -= 2
    return best, max(value, -heap[0][0]) if heap else value


def _undecided(
    instance: Selection,
    goals: Iterable[int],
    inside: frozenset[int],
    outside: frozenset[int],
    chosen: frozenset[int],
) -> int | None:
    """The goal to decide next: of a choice too dear the dearest per worth, of one with room the most worth outside."""
    open_ = [i for i in goals if i not in inside and i not in outside]
    if instance.cost(chosen) > instance.budget:
        taken = [i for i in open_ if i in chosen] or open_
        return min(taken, key=lambda i: (instance.values[i] / max(1, instance.costs[i]), i), default=None)
    free = [i for i in open_ if i not in chosen] or open_
    return max(free, key=lambda i: (instance.values[i], -i), default=None)
