"""The documented shape of every kind of file, generated from the types that read it."""

from __future__ import annotations

from typing import Any

from cairn.curriculum.area import CurriculumFile
from cairn.curriculum.comparison import Comparison
from cairn.curriculum.exercise import ExerciseSheet
from cairn.curriculum.items.item import ItemFile
from cairn.curriculum.model_answer import ModelAnswer
from cairn.curriculum.paper import Paper
from cairn.curriculum.path import LearningPath
from cairn.curriculum.question import QuestionFile
from cairn.curriculum.reading import adapter
from cairn.curriculum.resource import ResourceFile
from cairn.curriculum.topic import Topic

FILE_KINDS: dict[str, tuple[type, str]] = {
    "curriculum": (CurriculumFile, "curriculum.yaml"),
    "topic": (Topic, "topics/<area>/<topic>/topic.md (front matter)"),
    "items": (ItemFile, "topics/<area>/<topic>/questions.yaml"),
    "path": (LearningPath, "paths/<path>.yaml"),
    "paper": (Paper, "papers/<paper>.yaml"),
    "resources": (ResourceFile, "resources/<kind>.yaml"),
    "questions": (QuestionFile, "questions/<group>.yaml"),
    "answer": (ModelAnswer, "questions/<question>/answer.md (front matter)"),
    "exercise": (ExerciseSheet, "exercises/<exercise>/exercise.yaml"),
    "comparison": (Comparison, "comparisons/<comparison>.yaml"),
}


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of one kind of file.

    Raises:
        KeyError: there is no such kind; see `FILE_KINDS`.
    """
    file_type, where = FILE_KINDS[kind]
    schema = _closed(adapter(file_type).json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Cairn {kind} file",
        "description": f"Where: {where}",
        **{k: v for k, v in schema.items() if k not in {"title", "description"}},
    }


def _closed(schema: Any) -> Any:  # noqa: ANN401  # any part of a schema
    """The same schema, where a mapping by id or skill takes no other keys. Pydantic leaves that open."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    return closed | {"additionalProperties": False} if "patternProperties" in closed else closed


def markdown() -> str:
    """The reference page of all file kinds: one table each, and one for every type they use."""
    out = [
        "# The file format",
        "",
        "Generated from the types in `cairn.curriculum`; do not edit by hand.",
        "",
    ]
    shared: dict[str, dict[str, Any]] = {}
    for kind, (_, where) in FILE_KINDS.items():
        schema = json_schema(kind)
        shared |= schema.get("$defs", {})
        out += [f"## {kind}", "", f"`{where}`", "", *_table(schema), ""]
    out += ["# Types used above", ""]
    for name in sorted(shared):
        entry = shared[name]
        out += [f"## {name}", ""]
        if "enum" in entry:
            out += ["One of " + ", ".join(f"`{v}`" for v in entry["enum"]) + ".", ""]
        else:
            out += [*_table(entry), ""]
    return "\n".join(out)


def _table(schema: dict[str, Any]) -> list[str]:
    required = set(schema.get("required", ()))
    rows = ["| key | type | required | meaning |", "|---|---|---|---|"]
    for name, entry in schema.get("properties", {}).items():
        need = "yes" if name in required else "no"
        rows.append(f"| `{name}` | {_type(entry)} | {need} | {entry.get('description', '')} |")
    return rows


def _type(entry: dict[str, Any]) -> str:  # noqa: PLR0911  # one return for each form a schema takes
    if "$ref" in entry:
        name = entry["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    for choice in ("anyOf", "oneOf"):
        if choice in entry:
            return " or ".join(_type(e) for e in entry[choice] if e.get("type") != "null")
    if "const" in entry:
        return f"`{entry['const']}`"
    match entry.get("type"):
        case "array" if "prefixItems" in entry:
            return "[" + ", ".join(_type(e) for e in entry["prefixItems"]) + "]"
        case "array":
            return f"list of {_type(entry['items'])}"
        case "object":
            return _map(entry)
        case "string" if entry.get("format") == "uri":
            return "web address"
        case "string" if "@(" in entry.get("pattern", ""):
            return "skill (`topic@level`)"
        case "string" if "#" in entry.get("pattern", ""):
            return "page section (`topic#section`)"
        case "string" if "pattern" in entry:
            return "id"
        case other:
            names = {
                "string": "text",
                "integer": "whole number",
                "number": "number",
                "boolean": "true or false",
            }
            return names.get(str(other), "anything")


def _map(entry: dict[str, Any]) -> str:
    by_pattern = entry.get("patternProperties")
    if by_pattern:
        [(pattern, value)] = by_pattern.items()
        return f"map from {'skill' if '@(' in pattern else 'id'} to {_type(value)}"
    return f"map from {_type(entry['propertyNames'])} to {_type(entry['additionalProperties'])}"
