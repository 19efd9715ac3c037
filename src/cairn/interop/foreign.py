"""A map from elsewhere, cleaned into a curriculum: outlines of topics with what each requires."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from itertools import count as count_from

from cairn.curriculum.curriculum import folded
from cairn.curriculum.graph import CycleError, Graph
from cairn.curriculum.skill import slug
from cairn.study.wording import count

DEFAULT_HOURS = 1.0
RECOGNISE_SHARE = 0.2
MAX_ID = 60
MAX_TITLE = 200
MAX_SUMMARY = 160


class ForeignFormatError(ValueError):
    """Raised when a file is not of the kind it was said to be.

    Carries the line where one is known, and which of several files is meant: `edges` or `concepts`.
    """

    def __init__(self, message: str, hint: str, line: int = 0, part: str = "") -> None:
        super().__init__(message)
        self.hint, self.line, self.part = hint, line, part


@dataclass(frozen=True, slots=True)
class ForeignTopic:
    """A concept of a foreign map. `hours` is its own estimate, or None."""

    key: str
    title: str
    summary: str = ""
    hours: tuple[float, float] | None = None
    area: str = ""


@dataclass(slots=True)
class ForeignMap:
    """Concepts and (prerequisite, concept, reason) edges, as found; nothing is checked yet."""

    title: str
    topics: list[ForeignTopic] = field(default_factory=list)
    edges: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """The files of a curriculum, and what had to be changed to make it sound."""

    files: Mapping[str, str]
    topics: int
    edges: int
    notes: tuple[str, ...]


def convert(source: ForeignMap) -> Imported:
    """Make a curriculum of a foreign map.

    Ids are made of the keys; edges to nowhere, to oneself and one edge of each cycle are dropped; edges that
    others imply are dropped; each change is noted.

    Raises:
        ForeignFormatError: there are no concepts.
    """
    if not source.topics:
        raise ForeignFormatError("the file holds no concepts", "check that it is the right file")
    notes: list[str] = []
    ids = _ids(source.topics, notes)
    edges = _sound_edges(source.edges, ids, notes)
    graph = _acyclic(ids.values(), edges, notes)
    implied = {(graph.nodes[i], graph.nodes[p]) for i, p in graph.implied()}
    if implied:
        notes.append(f"left out {count(len(implied), 'requirement')} that others imply")
    kept = {pair: reason for pair, reason in edges.items() if pair not in implied}
    return Imported(_files(source, ids, kept), len(ids), len(kept), tuple(notes))


def _ids(topics: Iterable[ForeignTopic], notes: list[str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for topic in topics:
        if topic.key in ids:
            notes.append(f"the concept {topic.key!r} stands twice; the first is kept")
            continue
        base = slug(topic.key)[:MAX_ID].strip("-") or slug(topic.title)[:MAX_ID].strip("-") or "topic"
        ids[topic.key] = _free(base, taken)
        taken.add(ids[topic.key])
    return ids


def _sound_edges(
    edges: Iterable[tuple[str, str, str]], ids: Mapping[str, str], notes: list[str]
) -> dict[tuple[str, str], str]:
    sound: dict[tuple[str, str], str] = {}
    nowhere: set[str] = set()
    for before, after, reason in edges:
        if before not in ids or after not in ids:
            nowhere |= {key for key in (before, after) if key not in ids}
        elif before == after:
            notes.append(f"{after!r} required itself")
        else:
            sound.setdefault((ids[after], ids[before]), reason)
    if nowhere:
        some = ", ".join(sorted(nowhere)[:5])
        more = f" and {len(nowhere) - 5} more" if len(nowhere) > 5 else ""
        notes.append(f"left out edges to {count(len(nowhere), 'unknown concept')}: {some}{more}")
    return sound


def _acyclic(names: Iterable[str], edges: dict[tuple[str, str], str], notes: list[str]) -> Graph[str]:
    while True:
        requires: dict[str, list[str]] = {name: [] for name in names}
        for after, before in edges:
            requires[after].append(before)
        try:
            return Graph.build(requires)
        except CycleError as error:
            cycle = list(error.cycle)
            after, before = max(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
            del edges[(after, before)]
            notes.append(f"a cycle ({' → '.join([*cycle, cycle[0]])}); left out: {after} requires {before}")


def _files(
    source: ForeignMap, ids: Mapping[str, str], edges: Mapping[tuple[str, str], str]
) -> dict[str, str]:
    files: dict[str, str] = {}
    topics: dict[str, ForeignTopic] = {}
    for topic in source.topics:
        topics.setdefault(ids[topic.key], topic)  # of two with one key the first
    areas = _areas(topics.values(), set(topics))
    needs: dict[str, list[tuple[str, str]]] = {}
    for (after, before), reason in edges.items():
        needs.setdefault(after, []).append((before, reason))
    owners = {folded(name): name for name in topics}  # a title must not be what another topic is called
    for name, topic in topics.items():
        title = _title(_line(topic.title, MAX_TITLE) or name, name, owners)
        files[f"topics/{areas[_line(topic.area)]}/{name}/topic.md"] = _outline(
            topic, title, needs.get(name, [])
        )
    listed = "".join(
        f"  {area}:\n    title: {_text(title or 'Imported')}\n    summary: Imported topics.\n"
        for title, area in areas.items()
    )
    files["curriculum.yaml"] = (
        f'format: 1\ntitle: {_text(_line(source.title) or "Imported map")}\nversion: "0"\nareas:\n{listed}'
    )
    return files


def _title(wish: str, name: str, owners: dict[str, str]) -> str:
    """A title that nothing else is called: the wish itself, else with its id or a number."""
    candidates = (f"{wish} ({name}{f' {i}' if i else ''})" for i in count_from(0))
    return next(t for t in chain([wish], candidates) if owners.setdefault(folded(t), name) == name)


def _areas(topics: Iterable[ForeignTopic], taken: set[str]) -> dict[str, str]:
    """An id for each area, by title: that of no topic and no other area."""
    areas: dict[str, str] = {}
    used = set(taken)
    for title in dict.fromkeys(_line(topic.area) for topic in topics):
        base = slug(title)[:MAX_ID].strip("-") or "imported"
        areas[title] = _free(base, used, "area" if base in taken else "")
        used.add(areas[title])
    return areas


def _free(base: str, used: set[str], suffix: str = "") -> str:
    """An id not yet used: the base itself, with a suffix, or with a number."""
    name = base = f"{base}-{suffix}" if suffix else base
    number = 2
    while name in used:
        name, number = f"{base}-{number}", number + 1
    return name


def _line(text: str, most: int = 300) -> str:
    """A text on one line, without control characters, not too long."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:most].strip()


def _text(text: str, most: int = 300) -> str:
    """A text as a quoted YAML value."""
    return json.dumps(_line(text, most), ensure_ascii=False)


def _outline(topic: ForeignTopic, title: str, needs: list[tuple[str, str]]) -> str:
    low, high = topic.hours or (DEFAULT_HOURS / 2, DEFAULT_HOURS)
    share = RECOGNISE_SHARE
    lines = [
        "---",
        f"title: {_text(title)}",
        f"summary: {_text(_line(topic.summary) or title, MAX_SUMMARY)}",
        "levels:",
        f"  recognise: {{hours: [{low * share:.2f}, {high * share:.2f}], can: say what it is}}",
        f"  use: {{hours: [{low * (1 - share):.2f}, {high * (1 - share):.2f}], can: apply it}}",
    ]
    if needs:  # a foreign map knows no levels: the whole of one topic comes before any of the other
        lines += ["requires:", "  recognise:"]
        for before, reason in sorted(needs):
            lines.append(f"    {before}@use: {_text(_line(reason) or 'The source map says so.')}")
    return "\n".join([*lines, "status: outline", "---", ""])
