"""A map from elsewhere, cleaned into a curriculum: outlines of topics with what each requires."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cairn.curriculum.graph import CycleError, Graph
from cairn.curriculum.skill import slug

DEFAULT_HOURS = 1.0
RECOGNISE_SHARE = 0.2


class ForeignFormatError(ValueError):
    """Raised when a file is not of the kind it was said to be. Carries the line where one is known."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(message)
        self.hint, self.line = hint, line


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
        notes.append(f"left out {len(implied)} requirements that others imply")
    kept = {pair: reason for pair, reason in edges.items() if pair not in implied}
    return Imported(_files(source, ids, kept), len(ids), len(kept), tuple(notes))


def _ids(topics: Iterable[ForeignTopic], notes: list[str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for topic in topics:
        if topic.key in ids:
            notes.append(f"the concept {topic.key!r} stands twice; the first is kept")
            continue
        base = slug(topic.key)[:70].strip("-") or slug(topic.title)[:70].strip("-") or "topic"
        name, number = base, 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(name)
        ids[topic.key] = name
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
        notes.append(f"left out edges to {len(nowhere)} unknown concepts: {some}{more}")
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


def _files(source: ForeignMap, ids: Mapping[str, str], edges: Mapping[tuple[str, str], str]) -> dict[str, str]:
    areas: dict[str, str] = {}
    files: dict[str, str] = {}
    taken = set(ids.values())
    needs: dict[str, list[tuple[str, str]]] = {}
    for (after, before), reason in edges.items():
        needs.setdefault(after, []).append((before, reason))
    titles: set[str] = set()
    done: set[str] = set()
    for topic in source.topics:
        name = ids[topic.key]
        if name in done:
            continue
        done.add(name)
        area = slug(topic.area) or "imported"
        if area in taken:
            area = f"{area}-area"
        areas.setdefault(area, topic.area or "Imported")
        title = topic.title if _fold(topic.title) not in titles else f"{topic.title} ({name})"
        titles.add(_fold(title))
        files[f"topics/{area}/{name}/topic.md"] = _outline(topic, title, needs.get(name, []))
    listed = "".join(
        f"  {area}:\n    title: {json.dumps(title[:300], ensure_ascii=False)}\n    summary: Imported topics.\n"
        for area, title in areas.items()
    )
    heading = json.dumps(source.title[:300], ensure_ascii=False)
    files["curriculum.yaml"] = f'format: 1\ntitle: {heading}\nversion: "0"\nareas:\n{listed}'
    return files


def _fold(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())


def _outline(topic: ForeignTopic, title: str, needs: list[tuple[str, str]]) -> str:
    low, high = topic.hours or (DEFAULT_HOURS / 2, DEFAULT_HOURS)
    share = RECOGNISE_SHARE
    lines = [
        "---",
        f"title: {json.dumps(title[:300], ensure_ascii=False)}",
        f"summary: {json.dumps((topic.summary or title)[:160], ensure_ascii=False)}",
        "levels:",
        f"  recognise: {{hours: [{low * share:.2f}, {high * share:.2f}], can: say what it is}}",
        f"  use: {{hours: [{low * (1 - share):.2f}, {high * (1 - share):.2f}], can: apply it}}",
    ]
    if needs:
        lines += ["requires:", "  use:"]
        for before, reason in sorted(needs):
            lines.append(f"    {before}@use: {json.dumps((reason or 'The source map says so.')[:300], ensure_ascii=False)}")
    return "\n".join([*lines, "status: outline", "---", ""])
