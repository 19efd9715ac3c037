"""Which skills to keep when the deadline cannot hold: a rule that can be explained, improved, and bounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cairn.planning.branching import branch
from cairn.planning.closure import Selection, relaxed
from cairn.planning.greedy import greedy

PASSES = 6


@dataclass(frozen=True, slots=True)
class Kept:
    """A choice.

    Attributes:
        nodes: the chosen nodes, closed under what they need and within the budget.
        value: what they are worth.
        bound: what no choice exceeds.
        method: how it was found: `all`, `greedy`, `searched` or `optimal`.
    """

    nodes: frozenset[int]
    value: float
    bound: float
    method: str


Exact = Callable[[Selection, frozenset[int]], "tuple[frozenset[int], float] | None"]
"""Solves an instance from a first choice: its choice, and a bound; None when it found nothing."""


Relaxation = tuple[float, list[frozenset[int]], float]
"""What `relaxed` found out."""


def keep(
    instance: Selection,
    exact: Exact | None = None,
    *,
    thorough: bool = True,
    search: bool = True,
    relaxation: Relaxation | None = None,
) -> Kept:
    """The best choice found, with a proven bound.

    Args:
        instance: nodes, minutes, values, requirements and budget.
        exact: an exact solver, if one is there; without it the greedy rule with improvements decides.
        thorough: whether to improve the greedy choice by exchanges.
        search: whether to go on with branch and bound where there is no solver, for a second or two.
        relaxation: what `relaxed` found for the same instance with no smaller budget, to save the work.
    """
    bound, met, price = relaxation or relaxed(instance)
    everything = frozenset(range(len(instance.costs)))
    if instance.cost(everything) <= instance.budget:
        return Kept(everything, instance.value(everything), instance.value(everything), "all")
    starts = [s for s in met if instance.cost(s) <= instance.budget]
    firsts = [greedy(instance, s) for s in [frozenset[int](), *starts[-(4 if thorough else 1) :]]]
    best = max(firsts, key=instance.value)
    if thorough and instance.value(best) < bound - 1e-9:
        best = improved(instance, best)
        if exact is None and search:
            best, proven = branch(instance, best, price)
            bound = min(bound, proven)
    method = "searched" if exact is None and thorough and search else "greedy"
    if exact is not None and instance.value(best) < bound - 1e-9:
        answer = exact(instance, best)
        if answer is not None:
            found, proven = answer
            bound = min(bound, proven)
            if instance.is_valid(found) and instance.value(found) >= instance.value(best) - 1e-12:
                best = found
            method = "optimal"
    value = instance.value(best)
    return Kept(_without_idle(instance, best), value, max(bound, value), method)


def improved(instance: Selection, chosen: frozenset[int]) -> frozenset[int]:
    """Give up one goal with what only it needed, refill by the greedy rule, and keep what is better; until none is."""
    best, value = chosen, instance.value(chosen)
    for _ in range(PASSES):
        before = value
        for i in sorted((i for i in best if instance.values[i] > 0), key=lambda i: instance.values[i]):
            if i not in best:
                continue
            fewer = _without_idle(instance, frozenset(best - _above(instance, i, best)))
            again = greedy_but(instance, fewer, i)
            if instance.value(again) > value + 1e-12:
                best, value = again, instance.value(again)
        if value <= before:
            break
    return best


def greedy_but(instance: Selection, start: frozenset[int], banned: int) -> frozenset[int]:
    """The greedy rule from a start, first without one node; then with it if there is still room."""
    values = list(instance.values)
    above = _above(instance, banned, frozenset(range(len(values))))
    for i in above:
        values[i] = 0.0
    without = Selection(instance.costs, tuple(values), instance.needs, instance.budget)
    return greedy(instance, greedy(without, start))


def _above(instance: Selection, node: int, inside: frozenset[int]) -> set[int]:
    """A node and everything inside that needs it. Numbers grow along requirements, so one sweep does."""
    found = {node}
    for i in sorted(inside):
        if i > node and any(j in found for j in instance.needs[i]):
            found.add(i)
    return found


def _without_idle(instance: Selection, chosen: frozenset[int]) -> frozenset[int]:
    """A choice without what serves no goal in it."""
    wanted: set[int] = set()
    for i in sorted(chosen, reverse=True):
        if instance.values[i] > 0 or i in wanted:
            wanted.add(i)
            wanted.update(instance.needs[i])
    return frozenset(wanted & chosen)


def begun(instance: Selection, chosen: frozenset[int]) -> frozenset[int]:
    """A choice with the time that is left over spent on what the best goal outside it needs, in order.

    It adds no worth now, but the goal is nearer after the deadline.
    """
    outside = [i for i, v in enumerate(instance.values) if v > 0 and i not in chosen]
    if not outside:
        return chosen
    cost = {i: instance.cost(instance.below(i) - chosen) for i in outside}
    goal = max(outside, key=lambda i: (instance.values[i] / max(1, cost[i]), -i))
    found, left = set(chosen), instance.budget - instance.cost(chosen)
    for i in sorted(instance.below(goal) - chosen):
        if instance.costs[i] <= left and found.issuperset(instance.needs[i]):
            found.add(i)
            left -= instance.costs[i]
    return frozenset(found)
