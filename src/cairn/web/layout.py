"""Where each topic of the map stands.

Topics stand in layers from left to right: whatever a topic needs for its `use` level stands in an earlier
layer. An area has only so many places in a layer, so it becomes a ribbon of nearly even width instead of a
pile; the ribbons of one wide area lie together. Each topic has a cell of its own, so labels never overlap,
and the same curriculum always gives the same map.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cairn.curriculum import Curriculum, Level
from cairn.curriculum.topic import Topic

CELL = (184, 40)
PITCH = (204, 48)
TITLE = 36  # an area's name stands above its first column
AREA_GAP, GROUP_GAP = 22, 60
_NECK = 10  # the height of a ribbon where it passes a layer without a topic of its own
_ISLAND = 5  # layers apart at which an area falls into islands
_SWEEPS = 36


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of consecutive layers in which an area lies, with its vertical extent in each."""

    area: str
    group: str
    first: int
    spans: tuple[tuple[float, float], ...]

    @property
    def last(self) -> int:
        """The last layer."""
        return self.first + len(self.spans) - 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The layer of each topic and the top of its cell, and the ribbons in order from the top."""

    layer: Mapping[str, int]
    top: Mapping[str, float]
    runs: tuple[Run, ...]
    needs: Mapping[str, tuple[str, ...]]
    height: float


def lay_out(curriculum: Curriculum) -> Layout:
    """Give every topic its place."""
    topics = list(curriculum.topics.values())
    needs = _needs(curriculum)
    layer = _layers(topics, needs, _earliest(curriculum))
    ribbons = [r for area in curriculum.areas.values() for r in _ribbons(curriculum, area.id, topics, layer)]
    layers = max(layer.values(), default=-1) + 1
    stack = _Stack(_ordered(ribbons, needs, topics, layers), layers)
    stack.relax()
    top = _rows(stack, needs)
    runs = tuple(Run(r.area, r.group, r.first, tuple(stack.spans(r))) for r in stack.ribbons)
    return Layout(layer, top, runs, needs, stack.height)


def _needs(curriculum: Curriculum) -> dict[str, tuple[str, ...]]:
    """For each topic the topics that any of its levels requires, in learning order."""
    graph = curriculum.graph
    found: dict[str, tuple[str, ...]] = {}
    for topic in curriculum.topics.values():
        positions = sorted({p for s in topic.skills for p in graph.needs[graph.position[s]]})
        names = dict.fromkeys(graph.nodes[p].topic for p in positions)
        names.pop(topic.id, None)
        found[topic.id] = tuple(names)
    return found


def _earliest(curriculum: Curriculum) -> dict[str, int]:
    """The longest chain of other topics that each topic's levels up to `use` rest on.

    Topics may rest on each other's lower levels in a circle, though skills never do: there the one that is
    first in learning order goes first.
    """
    graph = curriculum.graph
    waits = {
        t.id: {
            graph.nodes[p].topic
            for s in t.skills
            if s.level is not Level.DERIVE
            for p in graph.needs[graph.position[s]]
        }
        - {t.id}
        for t in curriculum.topics.values()
    }
    found: dict[str, int] = {}
    while waits:
        ready = [t for t, needed in waits.items() if found.keys() >= needed] or [_in_circle(waits)]
        for topic in ready:
            found[topic] = 1 + max((found[n] for n in waits.pop(topic) if n in found), default=-1)
    return found


def _in_circle(waits: Mapping[str, Iterable[str]]) -> str:
    """Of some topics that wait for each other, the first."""
    trail = [next(iter(waits))]
    while True:
        blocker = min(n for n in waits[trail[-1]] if n in waits)
        if blocker in trail:
            circle = trail[trail.index(blocker) :]
            return next(t for t in waits if t in circle)
        trail.append(blocker)


def _layers(
    topics: Sequence[Topic], needs: Mapping[str, Iterable[str]], earliest: Mapping[str, int]
) -> dict[str, int]:
    """A layering in which no area has more than a few topics in one layer.

    List scheduling (Coffman and Graham, 1972): layer by layer, the topics with the longest way still above
    come first. Then stragglers at an area's beginning close up to it, as far as what builds on them allows.
    """
    before = {t.id: [n for n in needs[t.id] if earliest[n] < earliest[t.id]] for t in topics}
    after: dict[str, list[str]] = defaultdict(list)
    for topic, needed in before.items():
        for n in needed:
            after[n].append(topic)
    above: dict[str, int] = {}
    for topic in sorted(earliest, key=lambda t: -earliest[t]):
        above[topic] = 1 + max((above[u] for u in after[topic]), default=0)

    area = {t.id: t.area for t in topics}
    sizes = Counter(area.values())
    places = {a: max(2, math.ceil(math.sqrt(n) / 1.15)) for a, n in sizes.items()}
    everywhere = math.ceil(2.2 * len(topics) / (max(earliest.values(), default=0) + 1))
    queue = sorted(earliest, key=lambda t: (-above[t], t))
    layer: dict[str, int] = {}
    now = 0
    while queue:
        taken: Counter[str] = Counter()
        for topic in queue:
            ready = all(layer.get(n, now) < now for n in before[topic])
            if ready and taken[area[topic]] < places[area[topic]] and taken.total() < everywhere:
                taken[area[topic]] += 1
                layer[topic] = now
        queue = [t for t in queue if t not in layer]
        now += 1
    for name in sizes:
        _close_up([t.id for t in topics if t.area == name], layer, after, places[name])
    return layer


def _close_up(
    topics: Sequence[str], layer: dict[str, int], after: Mapping[str, Iterable[str]], places: int
) -> None:
    """Move the smaller part before a hole in an area to the right, as far as it may go."""
    moved = True
    while moved:
        moved = False
        count = Counter(layer[t] for t in topics)
        columns = sorted(count)
        for left, right in pairwise(columns):
            if right - left == 1 or 2 * sum(count[c] for c in columns if c <= left) > len(topics):
                continue
            for topic in sorted(t for t in topics if layer[t] == left):
                limit = min((layer[u] for u in after[topic]), default=right + 1) - 1
                goal = right if limit >= right and count[right] < places else min(limit, right - 1)
                if goal > left:
                    count[goal] += 1
                    layer[topic] = goal
                    moved = True
            if moved:
                break


@dataclass(slots=True)
class _Ribbon:
    """A run while it is being placed: its topics by layer, and heights."""

    area: str
    group: str
    first: int
    columns: list[list[str]]
    heights: list[float]


def _ribbons(
    curriculum: Curriculum, area: str, topics: Sequence[Topic], layer: Mapping[str, int]
) -> list[_Ribbon]:
    columns: dict[int, list[str]] = defaultdict(list)
    for topic in topics:
        if topic.area == area:
            columns[layer[topic.id]].append(topic.id)
    starts: list[list[int]] = []
    for column in sorted(columns):
        if not starts or column - starts[-1][-1] >= _ISLAND:
            starts.append([])
        starts[-1].append(column)
    found = []
    for run in starts:
        cells = [columns.get(c, []) for c in range(run[0], run[-1] + 1)]
        heights = [len(c) * PITCH[1] - (PITCH[1] - CELL[1]) if c else float(_NECK) for c in cells]
        heights[0] += TITLE
        found.append(_Ribbon(area, curriculum.areas[area].within or area, run[0], cells, heights))
    return found


def _ordered(
    ribbons: list[_Ribbon], needs: Mapping[str, Iterable[str]], topics: Sequence[Topic], layers: int
) -> list[_Ribbon]:
    """The ribbons from the top: groups, and areas in their group, moved while that straightens the map."""
    areas: dict[str, list[_Ribbon]] = {}
    groups: dict[str, list[str]] = {}
    for ribbon in ribbons:
        areas.setdefault(ribbon.area, []).append(ribbon)
        if ribbon.area not in groups.setdefault(ribbon.group, []):
            groups[ribbon.group].append(ribbon.area)
    area = {t.id: t.area for t in topics}
    ties = Counter(
        (min(area[t], area[n]), max(area[t], area[n]))
        for t, needed in needs.items()
        for n in needed
        if area[t] != area[n]
    )

    def flat(order: Sequence[str]) -> list[_Ribbon]:
        return [r for group in order for name in groups[group] for r in areas[name]]

    order = list(groups)
    best = _strain(flat(order), ties, layers)
    better = True
    while better:
        better = False
        for i in range(len(order)):
            for j in range(len(order)):
                trial = order.copy()
                trial.insert(j, trial.pop(i))
                strain = _strain(flat(trial), ties, layers) if trial != order else best
                if strain < best - 1e-6:
                    best, order, better = strain, trial, True
        for names in groups.values():
            for i in range(len(names) - 1):
                names[i], names[i + 1] = names[i + 1], names[i]
                strain = _strain(flat(order), ties, layers)
                if strain < best - 1e-6:
                    best, better = strain, True
                else:
                    names[i], names[i + 1] = names[i + 1], names[i]
    return flat(order)


def _strain(ribbons: Sequence[_Ribbon], ties: Mapping[tuple[str, str], int], layers: int) -> float:
    """How much ribbons in this order would bend, and how far apart tied areas would lie.

    Measured with every layer centred on one line, which is what relaxing starts from.
    """
    depth = [0.0] * layers
    last = [""] * layers
    middles: list[list[float]] = []
    for ribbon in ribbons:
        row = []
        for i, height in enumerate(ribbon.heights, ribbon.first):
            if last[i]:
                depth[i] += AREA_GAP if last[i] == ribbon.group else GROUP_GAP
            row.append(depth[i] + height / 2)
            depth[i] += height
            last[i] = ribbon.group
        middles.append(row)
    bend = 0.0
    total: dict[str, float] = {}
    cells: dict[str, int] = {}
    for ribbon, row in zip(ribbons, middles, strict=True):
        at = [middle - depth[i] / 2 for i, middle in enumerate(row, ribbon.first)]
        bend += sum(abs(b - a) for a, b in pairwise(at))
        total[ribbon.area] = total.get(ribbon.area, 0.0) + sum(at)
        cells[ribbon.area] = cells.get(ribbon.area, 0) + len(at)
    mean = {name: total[name] / cells[name] for name in total}
    return bend + 0.03 * sum([n * abs(mean[a] - mean[b]) for (a, b), n in ties.items()])


class _Stack:
    """Ribbons on top of each other in every layer, free to slide as long as they keep order and distance."""

    def __init__(self, ribbons: Sequence[_Ribbon], layers: int) -> None:
        self.ribbons = ribbons
        self.columns = [
            [r for r in ribbons if r.first <= i < r.first + len(r.heights)] for i in range(layers)
        ]
        self.offsets: list[list[float]] = []
        sizes: list[float] = []
        for i, column in enumerate(self.columns):
            y, offsets = 0.0, []
            for above, ribbon in zip([None, *column], column, strict=False):
                if above is not None:
                    y += AREA_GAP if above.group == ribbon.group else GROUP_GAP
                offsets.append(y)
                y += ribbon.heights[i - ribbon.first]
            self.offsets.append(offsets)
            sizes.append(y)
        self.height = max(sizes, default=0.0)
        self.room = [self.height - size for size in sizes]
        self.tops: list[dict[int, float]] = [
            {id(r): o + room / 2 for r, o in zip(column, offsets, strict=True)}
            for column, offsets, room in zip(self.columns, self.offsets, self.room, strict=True)
        ]

    def relax(self) -> None:
        """Straighten the ribbons: in turn each layer moves as near to its neighbours as its order allows."""
        order = range(len(self.columns))
        for sweep in range(_SWEEPS):
            for i in order if sweep % 2 == 0 else reversed(order):
                wishes = [self._wish(r, i) - o for r, o in zip(self.columns[i], self.offsets[i], strict=True)]
                for ribbon, offset, slide in zip(
                    self.columns[i], self.offsets[i], _rising(wishes), strict=True
                ):
                    self.tops[i][id(ribbon)] = min(max(slide, 0.0), self.room[i]) + offset

    def spans(self, ribbon: _Ribbon) -> Iterable[tuple[float, float]]:
        """The extent of a ribbon in each of its layers."""
        for i, height in enumerate(ribbon.heights, ribbon.first):
            top = self.tops[i][id(ribbon)]
            yield top, top + height

    def _wish(self, ribbon: _Ribbon, i: int) -> float:
        here = i - ribbon.first
        middles = [
            self.tops[i + d][id(ribbon)] + ribbon.heights[here + d] / 2
            for d in (-1, 1)
            if 0 <= here + d < len(ribbon.heights)
        ]
        if not middles:
            return self.tops[i][id(ribbon)]
        return sum(middles) / len(middles) - ribbon.heights[here] / 2


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest sequence that never falls (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, size = value, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean = (mean * size + other * count) / (size + count)
            size += count
        pools.append((mean, size))
    return [mean for mean, size in pools for _ in range(size)]


def _rows(stack: _Stack, needs: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The top of each topic's cell: within its area and layer each stands near what it is tied to."""
    users: dict[str, list[str]] = defaultdict(list)
    for topic, needed in needs.items():
        for n in needed:
            users[n].append(topic)
    top: dict[str, float] = {}

    def put(ribbon: _Ribbon, i: int) -> None:
        y = stack.tops[i][id(ribbon)] + (TITLE if i == ribbon.first else 0)
        for row, topic in enumerate(ribbon.columns[i - ribbon.first]):
            top[topic] = y + row * PITCH[1]

    def pull(topic: str) -> tuple[float, str]:
        tied = [top[t] for t in (*needs[topic], *users[topic])]
        return (sum(tied) / len(tied) if tied else top[topic]), topic

    cells = [(ribbon, i) for i, column in enumerate(stack.columns) for ribbon in column]
    for ribbon, i in cells:
        put(ribbon, i)
    for sweep in range(6):
        for ribbon, i in cells if sweep % 2 == 0 else reversed(cells):
            ribbon.columns[i - ribbon.first].sort(key=pull)
            put(ribbon, i)
    return top
