"""Read one YAML document strictly: plain values only, with the line of each.

YAML can express far more than a curriculum needs, and some of it is dangerous: an alias can blow a few
bytes up to gigabytes, a tag can name a type, a repeated key silently wins. All of that is refused here.
Plain scalars follow the core schema of YAML 1.2, so `no` and `2020-01-01` stay text; so do what nobody
means in a curriculum: octal and hexadecimal numbers, infinity, and whole numbers of twenty digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Path = tuple[str | int, ...]

MAX_DEPTH = 24

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"^[-+]?[0-9]+$")
_FLOAT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_WORDS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class DocumentError(ValueError):
    """Raised when a text is not a document in the strict sense. Carries the line, from 1."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


def parse(text: str) -> Value:
    """The plain value of a YAML text.

    Raises:
        DocumentError: bad syntax, an anchor, alias or tag, a repeated or non-text key, too deep nesting, a
            control character.
    """
    return _Builder(text, lines=None).build()


def line_map(text: str) -> dict[Path, int]:
    """The line, from 1, on which each value stands, by its path; as far as the text can be read.

    This parses again on purpose: lines are needed only for a problem, and problems are rare.
    """
    lines: dict[Path, int] = {(): 1}
    with suppress(DocumentError):
        _Builder(text, lines=lines).build()
    return lines


def locate(lines: Mapping[Path, int], path: Path) -> int:
    """The line of the value at `path`; of its nearest parent if it is absent."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


class _Builder:
    """Turns the event stream of one document into plain values."""

    def __init__(self, text: str, lines: dict[Path, int] | None) -> None:
        self._text = text
        self._lines = lines

    def build(self) -> Value:
        forbidden = _FORBIDDEN.search(self._text)
        if forbidden:  # some of these are line ends to YAML alone, so they would shift every line after them
            line = self._text.count("\n", 0, forbidden.start()) + 1
            message = f"the control character U+{ord(forbidden[0]):04X} is not allowed"
            raise DocumentError(line, message, "remove it, or write it as an escape between double quotes")
        try:
            events = iter(yaml.parse(self._text, Loader=_LOADER))
            next(events)  # stream start
            event = next(events)
            if isinstance(event, yaml.StreamEndEvent):
                return None
            value = self._value(events, next(events), (), 0)
            next(events)  # document end
            event = next(events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            last = self._text.count("\n")  # libyaml puts the end of the text one line too far
            line = min(mark.line, last) + 1 if mark else 1
            problem = error.problem or error.context or "bad syntax"
            raise DocumentError(
                line, f"not valid YAML: {problem}", "mend the syntax on or before this line"
            ) from None
        except RecursionError:
            raise DocumentError(1, "nested too deeply", f"use at most {MAX_DEPTH} levels") from None
        if not isinstance(event, yaml.StreamEndEvent):
            line = _line(event)
            raise DocumentError(line, "more than one document", "keep one document per file")
        return value

    def _value(self, events: Iterator[yaml.Event], event: Any, path: Path, depth: int) -> Value:  # noqa: ANN401  # events share no typed base
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise DocumentError(line, f"the alias *{event.anchor} is not allowed", "write the value out")
        if event.anchor is not None:
            raise DocumentError(line, f"the anchor &{event.anchor} is not allowed", "write the value out")
        if depth > MAX_DEPTH:
            raise DocumentError(line, "nested too deeply", f"use at most {MAX_DEPTH} levels")
        if self._lines is not None:
            self._lines.setdefault(path, line)
        if event.tag is not None:
            raise DocumentError(line, f"the tag {event.tag} is not allowed", "remove the tag")
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if event.implicit[0] and not event.style else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path, depth)
        return self._mapping(events, path, depth)

    def _sequence(self, events: Iterator[yaml.Event], path: Path, depth: int) -> list[Value]:
        items: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(events, event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: Path, depth: int) -> dict[str, Value]:
        entries: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise DocumentError(line, "a key must be plain text", "quote the key")
            key = str(event.value)
            if event.anchor is not None or event.tag is not None:
                raise DocumentError(line, f"the key {key!r} has an anchor or a tag", "remove it")
            if key in entries:
                raise DocumentError(line, f"the key {key!r} stands twice", "keep one of the two")
            if self._lines is not None:
                self._lines[(*path, key)] = line
            entries[key] = self._value(events, next(events), (*path, key), depth + 1)
        return entries


def _line(event: yaml.Event) -> int:
    """The line an event begins on, from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text) if len(text) < 20 else text
    if _FLOAT.match(text):
        return float(text)
    return text
