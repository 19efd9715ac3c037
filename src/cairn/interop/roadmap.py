"""Read a roadmap: a YAML or JSON list of topics with prerequisites, or a drawing with nodes and edges.

The list form is `topics: [{id, title, prerequisites: [...], parent, hours, why}]`; the drawing form is
`{nodes: [{id, data: {label}}], edges: [{source, target}]}`, in which an arrow points from what comes first.
"""

from __future__ import annotations

import json
from typing import Any

from cairn.curriculum.document import DocumentError, Path, line_map, locate, parse
from cairn.interop.foreign import ForeignFormatError, ForeignMap, ForeignTopic

_NOT_A_TOPIC = frozenset(
    {"vertical", "horizontal", "paragraph", "linksgroup", "legend", "button", "section", "title"}
)


def read(text: str) -> ForeignMap:
    """The map in a text.

    Raises:
        ForeignFormatError: the text is neither form, with the line where that is known.
    """
    document = _document(text)
    try:
        if isinstance(document, dict) and isinstance(document.get("nodes"), list):
            return _drawing(document)
        topics = document.get("topics") if isinstance(document, dict) else document
        if isinstance(topics, list):
            return _list(topics, ("topics",) if isinstance(document, dict) else ())
    except _BadEntryError as error:
        raise ForeignFormatError(str(error), error.hint, locate(line_map(text), error.path)) from None
    hint = "give a file with `topics:` or with `nodes` and `edges`"
    raise ForeignFormatError("neither a list of topics nor a drawing", hint, 1)


def _document(text: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except RecursionError:
        raise ForeignFormatError("nested too deeply", "check that it is the right file", 1) from None
    except json.JSONDecodeError as error:
        hint = "mend the syntax on this line"
        problem = ForeignFormatError(f"not valid JSON: {error.msg}", hint, error.lineno)
    try:
        return parse(text)
    except DocumentError as error:
        if text.lstrip().startswith(("{", "[")):
            raise problem from None
        raise ForeignFormatError(error.message, error.hint, error.line) from None


class _BadEntryError(ValueError):
    """Raised inside when an entry is malformed, with its place in the document."""

    def __init__(self, message: str, hint: str, path: Path) -> None:
        super().__init__(message)
        self.hint, self.path = hint, path


def _list(entries: list[Any], at: Path) -> ForeignMap:
    found = ForeignMap("Imported roadmap")
    titles = {str(e.get("id")): str(e.get("title") or e.get("id")) for e in entries if isinstance(e, dict)}
    parents = {str(e.get("id")): str(e.get("parent") or "") for e in entries if isinstance(e, dict)}
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict) or not entry.get("id"):
            raise _BadEntryError(f"topic {number + 1} has no id", "give every topic an id", (*at, number))
        key = str(entry["id"])
        area = titles.get(_root(key, parents), "")
        summary = str(entry.get("why") or entry.get("summary") or "")
        found.topics.append(ForeignTopic(key, titles[key], summary, _hours(entry.get("hours")), area))
        needs = entry.get("prerequisites") or entry.get("requires") or []
        if not isinstance(needs, list):
            hint = "write them as [a, b]"
            raise _BadEntryError(f"the prerequisites of {key!r} are not a list", hint, (*at, number))
        found.edges += [(str(before), key, "") for before in needs]
    return found


def _root(key: str, parents: dict[str, str]) -> str:
    """The topmost thing something stands under: roadmaps nest deeply, and a map needs few, wide areas."""
    seen = {key}
    while parents.get(key) and parents[key] not in seen:
        key = parents[key]
        seen.add(key)
    return key if len(seen) > 1 or key in parents.values() else ""


def _hours(value: Any) -> tuple[float, float] | None:  # noqa: ANN401
    """Hours in any of the forms roadmaps use: a number, [low, high], or {refresher, scratch} of those."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return (float(value) / 2, float(value)) if 0 <= value <= 1000 else None
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int | float) for v in value):
        low, high = sorted(map(float, value))
        return (low, high) if low >= 0 and high <= 1000 else None
    if isinstance(value, dict):
        spans = [span for span in map(_hours, value.values()) if span]
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None
    return None


def _drawing(document: dict[str, Any]) -> ForeignMap:
    found = ForeignMap(str(document.get("title") or "Imported roadmap"))
    for number, node in enumerate(document["nodes"]):
        if not isinstance(node, dict) or "id" not in node:
            raise _BadEntryError(f"node {number + 1} has no id", "give every node an id", ("nodes", number))
        data = node.get("data")
        label = str(
            (data.get("label") if isinstance(data, dict) else None) or node.get("label") or ""
        ).strip()
        if label and node.get("type") not in _NOT_A_TOPIC:
            found.topics.append(ForeignTopic(str(node["id"]), label))
    known = {topic.key for topic in found.topics}
    by_key = {topic.key: topic.title for topic in found.topics}
    for edge in document.get("edges") or []:
        if isinstance(edge, dict):
            before, after = str(edge.get("source")), str(edge.get("target"))
            if before in known and after in known:  # a drawing also joins boxes and lines that are no topics
                found.edges.append((before, after, ""))
    found.topics = [ForeignTopic(by_key[t.key], t.title) if _opaque(t.key) else t for t in found.topics]
    rename = {key: by_key[key] if _opaque(key) else key for key in known}
    found.edges = [(rename[a], rename[b], reason) for a, b, reason in found.edges]
    return found


def _opaque(key: str) -> bool:
    """Whether a node's id says nothing, so that its label makes the better one."""
    return not any(c in key for c in "-_ ") or any(c.isdigit() for c in key) or any(c.isupper() for c in key)
