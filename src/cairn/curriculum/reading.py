"""From the bytes of one file to a validated value, or to problems with file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from cairn.curriculum.document import DocumentError, Path, line_map, locate, parse
from cairn.curriculum.problem import Problem
from cairn.curriculum.skill import is_id

T = TypeVar("T")

MOST_PER_FILE = 20
"""How many wrong values of one file are reported at once."""

_FRONT = re.compile(r"\A---\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class FileText:
    """The text of one file, with what is needed to say where in it something stands."""

    def __init__(self, name: str, text: str, yaml_text: str, offset: int = 0) -> None:
        self.name, self.text, self.yaml_text, self.offset = name, text, yaml_text, offset

    def problem(self, path: Path, code: str, message: str, hint: str = "") -> Problem:
        """A problem at the value that stands at `path`."""
        return Problem(self.name, locate(self._lines, path) + self.offset, code, message, hint)

    @cached_property
    def _lines(self) -> Mapping[Path, int]:
        """Made for the first problem and kept, so that many problems in a long file stay quick."""
        return line_map(self.yaml_text)


def decode(name: str, data: bytes, problems: list[Problem]) -> str | None:
    """The text of a file, or None and a problem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(error.object)  # a byte order mark is not part of the object
        line = _unix(error.object[: error.start].decode()).count("\n") + 1
        message = f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset}"
        problems.append(Problem(name, line, "encoding", message, "save the file as UTF-8"))
        return None
    return _unix(text)


def _unix(text: str) -> str:
    """The same text with every line end written as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def front_matter(name: str, text: str, problems: list[Problem]) -> tuple[FileText, str, int] | None:
    """A Markdown file's front matter, its body and the line before the body; or None and a problem."""
    match = _FRONT.match(text)
    if match is None:
        message = "no front matter"
        problems.append(
            Problem(name, 1, "front-matter", message, "begin with ---, YAML, and a second --- line")
        )
        return None
    return FileText(name, text, match[1], offset=1), text[match.end() :], text.count("\n", 0, match.end())


def validated(kind: type[T], file: FileText, problems: list[Problem]) -> T | None:
    """The value of a YAML text as an instance of `kind`; or None, and why not among `problems`."""
    try:
        value = parse(file.yaml_text)
    except DocumentError as error:
        problems.append(Problem(file.name, error.line + file.offset, "yaml", error.message, error.hint))
        return None
    if not isinstance(value, dict):
        hint = "write keys and values, one per line"
        problems.append(Problem(file.name, 1 + file.offset, "yaml", "the file is not a mapping", hint))
        return None
    strays = _loader_fields(kind, value, ())
    problems.extend(
        file.problem(path, "unknown-key", f"the key {path[-1]!r} is not allowed here", "remove it")
        for path in strays[:MOST_PER_FILE]
    )
    if strays:
        return None
    try:
        made: T = adapter(cast("type", kind)).validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        problems.extend(_problem(kind, file, dict(entry)) for entry in found[:MOST_PER_FILE])
        return None
    return made


@cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """The validator of a type, built once."""
    return TypeAdapter(kind)


@cache
def properties(kind: type) -> Mapping[str, Any]:
    """The documented keys of a file kind, from its JSON schema."""
    schema: dict[str, Any] = adapter(kind).json_schema()
    if "properties" not in schema and "$ref" in schema:
        schema = schema["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    found: Mapping[str, Any] = schema.get("properties", {})
    return found


_SET_BY_LOADER = frozenset({"id", "area", "body", "sections", "file", "group"})


def _loader_fields(kind: type, value: dict[str, Any], path: Path) -> list[Path]:
    """Paths of keys that exist on the type but are set by the loader, at the top and one mapping below."""
    found: list[Path] = [(*path, k) for k in value if k in _SET_BY_LOADER and k not in properties(kind)]
    if not path:
        for name in ("resources", "questions", "areas", "backgrounds"):
            entries = value.get(name)
            if isinstance(entries, dict) and name in properties(kind):
                for key, entry in entries.items():
                    if isinstance(entry, dict):
                        found += [(name, key, k) for k in entry if k in _SET_BY_LOADER]
                        found += [(name, key, k) for k in entry if k == "kind" and name == "resources"]
    return found


def _problem(kind: type, file: FileText, error: dict[str, Any]) -> Problem:
    path: Path = tuple(part for part in error["loc"] if part != "[key]")
    name = str(path[-1]) if path else ""
    if error["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        close = get_close_matches(name, list(properties(kind))) if len(path) == 1 else []
        hint = (
            f"did you mean {close[0]!r}?"
            if close
            else "remove it, or see docs/format.md for the allowed keys"
        )
        return file.problem(path, "unknown-key", f"the key {name!r} is unknown", hint)
    if error["type"] == "missing" and isinstance(path[-1], str):
        return file.problem(
            path[:-1], "missing-key", f"the key {name!r} is missing", f"add a line '{name}: ...'"
        )
    where = ".".join(map(str, path))
    message = str(error["msg"]).removeprefix("Value error, ")
    return file.problem(path, "value", f"{where}: {message}", "see docs/format.md for what is allowed")


def id_of(name: str, stem: str, problems: list[Problem], line: int = 0) -> str | None:
    """The id that a file or folder name, or a heading on a line, stands for; or None and a problem."""
    if is_id(stem):
        return stem
    hint = "use lower-case words and digits joined by hyphens"
    problems.append(Problem(name, line, "id", f"{stem!r} is not a valid id", hint))
    return None
