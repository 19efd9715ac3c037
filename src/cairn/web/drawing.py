"""The map as a drawing: cells with wrapped titles, and areas as soft regions around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import quote

from cairn.curriculum import Curriculum, Entry, Kind
from cairn.curriculum.topic import Topic
from cairn.planning import Pace
from cairn.study.wording import span
from cairn.web.layout import CELL, PITCH, Layout, Run, lay_out

_MARGIN = 44
_PAD, _GROUP_PAD = 8, 18
_ROUND = 14

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
    Kind.EXERCISE: "/practice/{id}",
    Kind.COMPARISON: "/comparisons/{id}",
}


def href(entry: Entry) -> str:
    """The page of a thing."""
    return _PAGES[entry.kind].format(id=quote(entry.id), within=quote(entry.within))


@dataclass(frozen=True, slots=True)
class Place:
    """A topic: the top left corner of its cell, in pixels at full size, and its title in lines."""

    topic: Topic
    x: int
    y: int
    layer: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Island:
    """A part of an area, with the area's name above its first column."""

    x: int
    y: int
    outline: str


@dataclass(frozen=True, slots=True)
class Region:
    """An area on the drawing.

    Its name stands in `title_lines` above the first column of each island, and from afar in `lines` at `x`,
    `y`, the middle of the largest.
    """

    area: str
    title: str
    title_lines: tuple[str, ...]
    lines: tuple[str, ...]
    within: str
    islands: tuple[Island, ...]
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies behind areas that belong together: a wide area, or one that stands alone."""

    area: str
    wide: bool
    title: str
    lines: tuple[str, ...]
    outlines: tuple[str, ...]
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map."""

    places: tuple[Place, ...]
    regions: tuple[Region, ...]
    grounds: tuple[Ground, ...]
    needs: Mapping[str, tuple[str, ...]]
    width: int
    height: int


def draw(curriculum: Curriculum) -> Drawing:
    """Draw the curriculum."""
    layout = lay_out(curriculum)
    places = tuple(
        Place(topic, _x(layer), round(layout.top[name]) + _MARGIN, layer, wrapped(topic.title))
        for name, layer in layout.layer.items()
        for topic in [curriculum.topics[name]]
    )
    layers = max(layout.layer.values(), default=0)
    return Drawing(
        places=tuple(sorted(places, key=lambda p: (p.layer, p.y))),
        regions=tuple(
            _region(curriculum, layout, name) for name in dict.fromkeys(r.area for r in layout.runs)
        ),
        grounds=tuple(
            _ground(curriculum, name, tuple(runs))
            for name, runs in groupby(layout.runs, key=lambda r: r.group)
        ),
        needs=layout.needs,
        width=_x(layers) + CELL[0] + _MARGIN,
        height=round(layout.height) + 2 * _MARGIN,
    )


def document(curriculum: Curriculum, drawing: Drawing, pace: Pace) -> dict[str, Any]:
    """The drawing as JSON: places, areas, and for each skill its hours and what it requires."""
    graph = curriculum.graph

    def skills(topic: Topic) -> Iterable[dict[str, Any]]:
        for skill in topic.skills:
            hours = pace.hours(skill)
            needed = (graph.nodes[p] for p in graph.needs[graph.position[skill]])
            yield {
                "level": skill.level.value,
                "hours": list(hours),
                "said": span(hours),
                "requires": [str(s) for s in needed if s.topic != topic.id],
            }

    return {
        "format": 1,
        "width": drawing.width,
        "height": drawing.height,
        "cell": list(CELL),
        "areas": [
            {"id": r.area, "title": r.title, "within": r.within, "lines": r.lines, "x": r.x, "y": r.y}
            for r in drawing.regions
        ],
        "wide": [
            {"id": g.area, "title": g.title, "lines": g.lines, "x": g.x, "y": g.y} for g in drawing.grounds
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
                "skills": list(skills(p.topic)),
            }
            for p in drawing.places
        ],
    }


# Advance widths of Source Sans 3 in thousandths of the type size, by kind of letter.
_WIDTHS = {
    **dict.fromkeys("fijlrt'’.,:;|()[]/-", 310),
    **dict.fromkeys("mwMW", 790),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 600),
    " ": 200,
}


def width(text: str, size: float) -> float:
    """About how wide a line is, in pixels."""
    return sum(_WIDTHS.get(letter, 525) for letter in text) * size / 1000


def wrapped(text: str, room: float = CELL[0] - 14, size: float = 14) -> tuple[str, ...]:
    """A text in one line, or in two as even as words allow; what still does not fit is cut at a word."""
    if width(text, size) <= room:
        return (text,)
    words = text.split()
    splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    if not splits:
        return (text,)
    first, second = min(splits, key=lambda lines: max(width(lines[0], size), width(lines[1], size) * 1.1))
    while width(second, size) > room and " " in second:
        second = second.rstrip("…").rpartition(" ")[0] + "…"
    return (first, second)


def _x(layer: int) -> int:
    return _MARGIN + layer * PITCH[0]


def _region(curriculum: Curriculum, layout: Layout, name: str) -> Region:
    runs = [r for r in layout.runs if r.area == name]
    area = curriculum.areas[name]
    x, y = _middle(max(runs, key=lambda r: sum(bottom - top for top, bottom in r.spans)))
    return Region(
        area=name,
        title=area.title,
        title_lines=wrapped(area.title, CELL[0], 14),
        lines=wrapped(area.title, 130, 15),
        within=area.within or "",
        islands=tuple(
            Island(_x(r.first), round(r.spans[0][0]) + _MARGIN, _outline(r.first, r.spans, _PAD))
            for r in runs
        ),
        x=x,
        y=y,
    )


def _ground(curriculum: Curriculum, name: str, runs: Sequence[Run]) -> Ground:
    """Behind the areas of a wide area, layer by layer from its highest to its lowest cell."""
    spans: dict[int, tuple[float, float]] = {}
    for run in runs:
        for layer, (top, bottom) in enumerate(run.spans, run.first):
            high, low = spans.get(layer, (top, bottom))
            spans[layer] = (min(high, top), max(low, bottom))
    outlines: list[str] = []
    middles: list[tuple[float, int, int]] = []
    for _, part in groupby(sorted(spans), key=_Counting()):
        layers = list(part)
        outlines.append(_outline(layers[0], [spans[i] for i in layers], _GROUP_PAD))
        whole = Run(name, name, layers[0], tuple(spans[i] for i in layers))
        middles.append((sum(b - t for t, b in whole.spans), *_middle(whole)))
    _, x, y = max(middles)
    title = curriculum.areas[name].title
    wide = any(run.area != name for run in runs)
    return Ground(name, wide, title, wrapped(title, 120, 15), tuple(outlines), x, y)


class _Counting:
    """A key that stays the same along consecutive numbers."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, number: int) -> int:
        self.seen += 1
        return number - self.seen


def _middle(run: Run) -> tuple[int, int]:
    """The middle of a run, weighed by its extent, on the line halfway between top and bottom."""
    weights = [bottom - top for top, bottom in run.spans]
    at = sum(i * w for i, w in enumerate(weights, run.first)) / sum(weights)
    low = min(int(at) - run.first, len(run.spans) - 1)
    high = min(low + 1, len(run.spans) - 1)
    part = at - run.first - low
    y = sum(run.spans[low]) / 2 * (1 - part) + sum(run.spans[high]) / 2 * part
    return round(_MARGIN + at * PITCH[0] + CELL[0] / 2), round(y) + _MARGIN


def _outline(first: int, spans: Sequence[tuple[float, float]], pad: int) -> str:
    """A closed path around some cells: straight along each layer, easing to the next between them."""
    xs = [_x(first + i) for i in range(len(spans))]
    tops = [round(top) + _MARGIN - pad for top, _ in spans]
    lows = [round(low) + _MARGIN + pad for _, low in spans]
    left, right = xs[0] - pad, xs[-1] + CELL[0] + pad
    r, s = (min(_ROUND, (low - top) // 2) for top, low in ((tops[0], lows[0]), (tops[-1], lows[-1])))
    path = [f"M{left} {tops[0] + r}q0-{r} {r}-{r}"]
    for (x, y), (next_x, next_y) in pairwise(zip(xs, tops, strict=True)):
        path.append(_ease(x + CELL[0] - 8, y, next_x + 8, next_y))
    path.append(f"H{right - s}q{s} 0 {s} {s}V{lows[-1] - s}q0 {s}-{s} {s}")
    for (x, y), (next_x, next_y) in pairwise(zip(reversed(xs), reversed(lows), strict=True)):
        path.append(_ease(x + 8, y, next_x + CELL[0] - 8, next_y))
    path.append(f"H{left + r}q-{r} 0-{r}-{r}Z")
    return "".join(path)


def _ease(x: int, y: int, next_x: int, next_y: int) -> str:
    if y == next_y:
        return ""
    middle = (x + next_x) // 2
    return f"H{x}C{middle} {y} {middle} {next_y} {next_x} {next_y}"
