"""What to keep when not everything fits: the problem, and the bound that no choice can exceed.

Choose a set of nodes, closed under `needs`, that costs at most the budget and is worth the most: the precedence-
constrained knapsack, which is NP-hard (Johnson & Niemi, Mathematics of Operations Research 8, 1983).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

EPS = 1e-9


@dataclass(frozen=True, slots=True)
class Selection:
    """An instance. Nodes are numbered so that what a node needs has smaller numbers.

    Attributes:
        costs: minutes of each node, not negative.
        values: what each is worth, not negative.
        needs: direct prerequisites of each.
        budget: minutes there are.
    """

    costs: tuple[int, ...]
    values: tuple[float, ...]
    needs: tuple[tuple[int, ...], ...]
    budget: int

    def cost(self, chosen: frozenset[int] | set[int]) -> int:
        """Minutes of a set."""
        return sum(self.costs[i] for i in chosen)

    def value(self, chosen: frozenset[int] | set[int]) -> float:
        """What a set is worth."""
        return sum(self.values[i] for i in sorted(chosen))

    def is_valid(self, chosen: frozenset[int] | set[int]) -> bool:
        """Whether a set is closed and within the budget."""
        closed = all(j in chosen for i in chosen for j in self.needs[i])
        return closed and self.cost(chosen) <= self.budget

    def below(self, node: int) -> set[int]:
        """A node and everything it needs, directly or not."""
        seen, stack = {node}, [node]
        while stack:
            for j in self.needs[stack.pop()]:
                if j not in seen:
                    seen.add(j)
                    stack.append(j)
        return seen


def relaxed(instance: Selection, most: int = 40) -> tuple[float, list[frozenset[int]], float]:
    """A value that no valid choice exceeds, the closed sets met on the way to it, and the price of a minute there.

    The budget is priced at λ per minute; the best closed set at a price is a minimum cut (Picard, Management
    Science 22, 1976). Any price gives a bound; the lowest is found by cutting planes in λ. As closed sets have
    an integral polytope it equals the bound of the linear relaxation (Geoffrion, 1974). The best sets are nested,
    a smaller one at a higher price, so each search is only among what lies between the last two.
    """
    everything = frozenset(range(len(instance.costs)))
    if instance.cost(everything) <= instance.budget:
        return instance.value(everything), [everything], 0.0
    met = [frozenset(i for i in everything if instance.costs[i] == 0 and not instance.needs[i]), everything]
    smallest, largest = met[0], everything
    lower = (instance.value(met[0]), float(instance.cost(met[0])))
    upper = (instance.value(everything), float(instance.cost(everything)))
    best, at = upper[0], 0.0
    for _ in range(most):
        price = (upper[0] - lower[0]) / (upper[1] - lower[1])
        chosen = best_closed(instance, price, smallest, everything - largest)
        value, cost = instance.value(chosen), float(instance.cost(chosen))
        limit = value - price * (cost - instance.budget)
        if limit < best:
            best, at = limit, price
        met.append(chosen)
        at_lines = lower[0] - price * lower[1]
        if value - price * cost <= at_lines + EPS * max(1.0, abs(at_lines)):
            break
        if cost <= instance.budget:
            lower, smallest = (value, cost), chosen
        else:
            upper, largest = (value, cost), chosen
    return best, met, at


def best_closed(
    instance: Selection,
    price: float,
    inside: frozenset[int] = frozenset(),
    outside: frozenset[int] = frozenset(),
) -> frozenset[int]:
    """The closed set with the largest value less price times cost, with some nodes in it and some not.

    `inside` must be closed, and nothing in it may need anything `outside`.
    """
    banned = set(outside)
    free: list[int] = []
    for i, needed in enumerate(instance.needs):
        if i in banned or i in inside:
            continue
        if any(j in banned for j in needed):
            banned.add(i)
        else:
            free.append(i)
    at = {i: k for k, i in enumerate(free)}
    profit = [instance.values[i] - price * instance.costs[i] for i in free]
    needs = [[at[j] for j in instance.needs[i] if j in at] for i in free]
    return frozenset(free[k] for k in _max_closure(profit, needs)) | inside


class _Network:
    """A flow network with residual capacities, for Dinic's algorithm."""

    def __init__(self, nodes: int) -> None:
        self.at: list[list[int]] = [[] for _ in range(nodes)]
        self.to: list[int] = []
        self.room: list[float] = []

    def join(self, a: int, b: int, room: float) -> None:
        """An edge and its reverse."""
        for tail, head, capacity in ((a, b, room), (b, a, 0.0)):
            self.at[tail].append(len(self.to))
            self.to.append(head)
            self.room.append(capacity)

    def levels(self, source: int) -> list[int]:
        """Distance of each node from the source along edges with room; -1 where there is no way."""
        level = [-1] * len(self.at)
        level[source] = 0
        queue = deque([source])
        while queue:
            a = queue.popleft()
            for e in self.at[a]:
                if self.room[e] > EPS and level[self.to[e]] < 0:
                    level[self.to[e]] = level[a] + 1
                    queue.append(self.to[e])
        return level

    def saturate(self, source: int, sink: int) -> list[int]:
        """Push all that fits; the levels of the last search, which reach one side of a minimum cut."""
        while True:
            level = self.levels(source)
            if level[sink] < 0:
                return level
            nexts = [0] * len(self.at)
            while self._push(source, sink, level, nexts):
                pass

    def _push(self, source: int, sink: int, level: list[int], nexts: list[int]) -> bool:
        """One augmenting path along increasing levels, without recursion."""
        path: list[int] = []
        a = source
        while a != sink:
            while nexts[a] < len(self.at[a]):
                e = self.at[a][nexts[a]]
                if self.room[e] > EPS and level[self.to[e]] == level[a] + 1:
                    break
                nexts[a] += 1
            else:
                if not path:
                    return False
                e = path.pop()
                a = self.to[e ^ 1]
                nexts[a] += 1
                continue
            path.append(e)
            a = self.to[e]
        flow = min(self.room[e] for e in path)
        for e in path:
            self.room[e] -= flow
            self.room[e ^ 1] += flow
        return True


def _max_closure(profit: Sequence[float], needs: Sequence[Sequence[int]]) -> list[int]:
    n = len(profit)
    network = _Network(n + 2)
    source, sink = n, n + 1
    for i, p in enumerate(profit):
        if p > 0:
            network.join(source, i, p)
        elif p < 0:
            network.join(i, sink, -p)
        for j in needs[i]:
            network.join(i, j, float("inf"))
    level = network.saturate(source, sink)
    return [i for i in range(n) if level[i] >= 0]
