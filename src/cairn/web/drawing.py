"""The map as a drawing: where each topic stands, and which arrows there are.

Topics stand in layers from left to right: a topic's layer is the longest chain of other topics below its
`use` level. Areas are horizontal bands, in learning order. Each topic has a cell of its own, so labels never
overlap, and the same curriculum always gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from cairn.curriculum import Curriculum, Entry, Kind, Level, Skill
from cairn.curriculum.topic import Topic

CELL_WIDTH = 188
CELL_HEIGHT = 46
BAND_GAP = 26
LEFT = 24
TOP = 24

_PAGES: Mapping[Kind, str] = {
    Kind.TOPIC: "/topics/{id}",
    Kind.SKILL: "/topics/{within}#levels",
    Kind.SECTION: "/topics/{within}#{id}",
    Kind.AREA: "/areas/{id}",
    Kind.PATH: "/paths/{id}",
    Kind.PHASE: "/paths/{within}#{id}",
    Kind.TRACK: "/paths/{within}#{id}",
    Kind.PAPER: "/papers/{id}",
    Kind.RESOURCE: "/resources/{id}",
    Kind.QUESTION: "/questions/{id}",
    Kind.COMPARISON: "/comparisons/{id}",
}


def href(entry: Entry) -> str:
    """The page of a thing."""
    return _PAGES[entry.kind].format(id=quote(entry.id), within=quote(entry.within))


@dataclass(frozen=True, slots=True)
class Place:
    """A topic on the drawing: the top left corner of its cell, in pixels at full size."""

    topic: Topic
    x: int
    y: int
    layer: int


@dataclass(frozen=True, slots=True)
class Band:
    """An area on the drawing."""

    area: str
    title: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map, laid out."""

    places: tuple[Place, ...]
    bands: tuple[Band, ...]
    needs: Mapping[str, tuple[str, ...]]
    width: int
    height: int


def draw(curriculum: Curriculum) -> Drawing:
    """Lay the curriculum out."""
    layers = _layers(curriculum)
    needs = _needs(curriculum)
    places: list[Place] = []
    bands: list[Band] = []
    y = TOP
    for area in curriculum.areas.values():
        topics = [t for t in curriculum.topics.values() if t.area == area.id]
        if not topics:
            continue
        columns: dict[int, list[Topic]] = {}
        for topic in topics:
            columns.setdefault(layers[topic.id], []).append(topic)
        rows = max(map(len, columns.values()))
        row_of = _rows(columns, needs, rows)
        for topic in topics:
            x = LEFT + layers[topic.id] * CELL_WIDTH
            places.append(Place(topic, x, y + 22 + row_of[topic.id] * CELL_HEIGHT, layers[topic.id]))
        first, last = min(columns), max(columns)
        height = rows * CELL_HEIGHT + 28
        left = LEFT + first * CELL_WIDTH - 12
        bands.append(Band(area.id, area.title, left, y, (last - first + 1) * CELL_WIDTH + 12, height))
        y += height + BAND_GAP
    width = max((b.x + b.width for b in bands), default=0) + LEFT
    return Drawing(tuple(places), tuple(bands), needs, width, y)


def document(curriculum: Curriculum) -> dict[str, Any]:
    """The drawing as JSON: places, bands and arrows."""
    drawing = draw(curriculum)
    return {
        "format": 1,
        "width": drawing.width,
        "height": drawing.height,
        "cell": [CELL_WIDTH, CELL_HEIGHT],
        "areas": [
            {"id": b.area, "title": b.title, "x": b.x, "y": b.y, "width": b.width, "height": b.height}
            for b in drawing.bands
        ],
        "topics": [
            {
                "id": p.topic.id,
                "title": p.topic.title,
                "area": p.topic.area,
                "x": p.x,
                "y": p.y,
                "layer": p.layer,
                "levels": [s.level.value for s in p.topic.skills],
                "requires": list(drawing.needs[p.topic.id]),
            }
            for p in drawing.places
        ],
    }


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


def _layers(curriculum: Curriculum) -> dict[str, int]:
    graph = curriculum.graph
    depth: list[int] = []
    for i, skill in enumerate(graph.nodes):
        below = (depth[p] + (graph.nodes[p].topic != skill.topic) for p in graph.needs[i])
        depth.append(max(below, default=0))
    raw = {t.id: depth[graph.position[_drawn(t)]] for t in curriculum.topics.values()}
    dense = {layer: i for i, layer in enumerate(sorted(set(raw.values())))}
    return {topic: dense[layer] for topic, layer in raw.items()}


def _drawn(topic: Topic) -> Skill:
    return next((s for s in topic.skills if s.level is Level.USE), topic.skills[-1])


def _rows(columns: Mapping[int, list[Topic]], needs: Mapping[str, tuple[str, ...]], rows: int) -> dict[str, int]:
    """A row for each topic of a band: near what it requires, one topic a cell."""
    row_of: dict[str, int] = {}
    for layer in sorted(columns):
        free = list(range(rows))
        wish = {t.id: _mean([row_of[n] for n in needs[t.id] if n in row_of]) for t in columns[layer]}
        for topic in sorted(columns[layer], key=lambda t: (wish[t.id] is None, wish[t.id] or 0.0, t.id)):
            aim = wish[topic.id]
            row = min(free, key=lambda r: (abs(r - aim) if aim is not None else r, r))
            free.remove(row)
            row_of[topic.id] = row
    return row_of


def _mean(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None
