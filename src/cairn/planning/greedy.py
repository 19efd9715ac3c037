"""The rule that can be explained: take what gives most per minute, with all it still needs."""

from __future__ import annotations

from collections.abc import Iterable

from cairn.planning.closure import Selection


def greedy(instance: Selection, start: Iterable[int] = ()) -> frozenset[int]:
    """Take the goal that gives most per minute with all it still needs, while one fits; and again.

    After each step minutes already spent on shared requirements count no more. Time O(v² + s) for v valued nodes
    whose closures have s nodes in all.
    """
    chosen = set(start)
    spent = instance.cost(chosen)
    missing = {
        i: {j for j in instance.below(i) if j not in chosen}
        for i, v in enumerate(instance.values)
        if v > 0 and i not in chosen
    }
    users: dict[int, list[int]] = {}
    for i, needed in missing.items():
        for j in needed:
            users.setdefault(j, []).append(i)
    cost = {i: instance.cost(needed) for i, needed in missing.items()}
    gain = {i: instance.value(needed) for i, needed in missing.items()}
    while True:
        fits = [i for i in missing if cost[i] <= instance.budget - spent]
        if not fits:
            return frozenset(chosen)
        pick = max(fits, key=lambda i: (gain[i] / max(cost[i], 1), -i))
        spent += cost[pick]
        for j in list(missing[pick]):
            chosen.add(j)
            for user in users.get(j, ()):
                if user in missing and j in missing[user]:
                    missing[user].discard(j)
                    cost[user] -= instance.costs[j]
                    gain[user] -= instance.values[j]
        missing = {i: needed for i, needed in missing.items() if needed}
