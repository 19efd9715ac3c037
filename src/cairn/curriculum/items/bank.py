"""All items of a curriculum, read topic by topic when first asked for."""

from __future__ import annotations

import hashlib
import inspect
import json
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from cairn.curriculum.document import DocumentError, Path, parse
from cairn.curriculum.items.item import Item, ItemFile, Kind
from cairn.curriculum.problem import Problem
from cairn.curriculum.reading import MOST_PER_FILE, FileText, adapter, decode
from cairn.curriculum.skill import Skill

ENGINE = 1
"""Version of the generator itself; part of every item's version."""

_KINDS = frozenset(Kind)

Drills = Callable[[str], Mapping[str, Item]]
"""What makes the items of a topic's page, by name."""


@dataclass(frozen=True, slots=True)
class TopicItems:
    """What the files of one topic gave."""

    items: Mapping[str, Item]
    problems: tuple[Problem, ...]
    file: FileText | None


class ItemBank:
    """The items by topic. Nothing is parsed before it is asked for; what was parsed is kept."""

    def __init__(self, files: Mapping[str, tuple[str, bytes]], code: Mapping[str, tuple[str, bytes]]) -> None:
        """Hold the raw files.

        Args:
            files: for each topic the name and content of its `questions.yaml`.
            code: for each topic the name and content of its `items.py`.
        """
        self._files, self._code = files, code
        self._read: dict[str, TopicItems] = {}
        self._source: Drills | None = None
        self._drills: dict[str, Mapping[str, Item]] = {}

    def made_by(self, source: Drills) -> None:
        """Take further items from here: those that are made of a page. They are no part of a topic's own files."""
        self._source, self._drills = source, {}

    def drills(self, topic: str) -> Mapping[str, Item]:
        """The items that are made of a topic's page, by name."""
        if topic not in self._drills:
            self._drills[topic] = self._source(topic) if self._source is not None else {}
        return self._drills[topic]

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that have items, without reading them."""
        return tuple(self._files)

    def topic(self, topic: str) -> TopicItems:
        """What the files of a topic gave; empty for a topic without."""
        if topic not in self._read:
            self._read[topic] = self._load(topic)
        return self._read[topic]

    def of(self, skill: Skill) -> tuple[Item, ...]:
        """The items of a skill, in file order; those made of the page after them."""
        every = (*self.topic(skill.topic).items.values(), *self.drills(skill.topic).values())
        return tuple(i for i in every if i.skill == skill)

    def get(self, item_id: str) -> Item | None:
        """The item with this full id, or None."""
        topic, _, name = item_id.partition("/")
        return self.topic(topic).items.get(name) or self.drills(topic).get(name)

    def __iter__(self) -> Iterator[Item]:
        """All items. Reads every topic."""
        for topic in self._files:
            yield from self.topic(topic).items.values()

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same texts, whatever ends their lines; nothing is parsed for it."""
        if not isinstance(other, ItemBank):
            return NotImplemented
        return _texts(self._files) == _texts(other._files) and _texts(self._code) == _texts(other._code)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return sum(len(self.topic(topic).items) for topic in self._files)

    def _load(self, topic: str) -> TopicItems:
        if topic not in self._files:
            return TopicItems({}, (), None)
        name, data = self._files[topic]
        problems: list[Problem] = []
        text = decode(name, data, problems)
        if text is None:
            return TopicItems({}, tuple(problems), None)
        file = FileText(name, text, text)
        functions, source = self._functions(topic, problems)
        found = _validated(file, problems)
        if found is None:
            return TopicItems({}, tuple(problems), file)
        content, raw = found
        items = {
            key: Item(
                f"{topic}/{key}", sheet, _version(raw[key], source), content.misconceptions, functions, name
            )
            for key, sheet in content.items.items()
        }
        return TopicItems(items, tuple(problems), file)

    def _functions(self, topic: str, problems: list[Problem]) -> tuple[Mapping[str, Callable[..., Any]], str]:
        if topic not in self._code:
            return {}, ""
        name, data = self._code[topic]
        text = decode(name, data, problems)
        if text is None:
            return {}, ""
        module = types.ModuleType(f"items_of_{topic.replace('-', '_')}")
        try:
            exec(compile(text, name, "exec"), module.__dict__)  # an author's file, as the rest is  # noqa: S102
        except Exception as error:  # it may fail in any way  # noqa: BLE001
            line = getattr(error, "lineno", None) or _line_in(error, name)
            message = f"{type(error).__name__}: {error}"
            problems.append(
                Problem(name, line, "items-code", message, "mend the file; python FILE shows the error")
            )
            return {}, text
        found = {
            key: value
            for key, value in vars(module).items()
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not key.startswith("_")
        }
        return found, text


def _texts(files: Mapping[str, tuple[str, bytes]]) -> dict[str, tuple[str, str | None]]:
    return {topic: (name, decode(name, data, [])) for topic, (name, data) in files.items()}


def _line_in(error: BaseException, name: str) -> int:
    """The last line of a file that an error passed through."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _validated(file: FileText, problems: list[Problem]) -> tuple[ItemFile, Mapping[str, Any]] | None:
    """The file's content and its raw items; the items that are wrong are left out with a problem each."""
    try:
        value = parse(file.yaml_text)
    except DocumentError as error:
        problems.append(Problem(file.name, error.line, "yaml", error.message, error.hint))
        return None
    if not isinstance(value, dict) or not isinstance(value.get("items"), dict):
        problems.append(
            file.problem((), "items", "no items", "write `items:` and below it one mapping for each item")
        )
        return None
    raw: dict[str, Any] = value["items"]  # type: ignore[assignment]
    for _ in range(2):  # once more without the items that failed
        try:
            return adapter(ItemFile).validate_json(json.dumps({**value, "items": raw}), strict=True), raw
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            problems.extend(_problem(file, dict(entry)) for entry in found[:MOST_PER_FILE])
            bad = {
                str(entry["loc"][1])
                for entry in found
                if len(entry["loc"]) > 1 and entry["loc"][0] == "items"
            }
            raw = {k: v for k, v in raw.items() if k not in bad}
    return None


def _problem(file: FileText, error: dict[str, Any]) -> Problem:
    loc = [part for part in error["loc"] if part != "[key]"]
    if len(loc) > 2 and loc[0] == "items" and loc[2] in _KINDS:
        del loc[2]  # pydantic names the kind it chose
    path: Path = tuple(loc)
    name = str(path[-1]) if path else ""
    if error["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        return file.problem(
            path, "unknown-key", f"the key {name!r} is unknown here", "see `cairn schema items`"
        )
    if error["type"] == "missing" and isinstance(path[-1], str):
        return file.problem(
            path[:-1], "missing-key", f"the key {name!r} is missing", f"add a line '{name}: ...'"
        )
    if error["type"].startswith("union_tag"):
        return file.problem(
            path, "kind", "the item has no known kind", f"write kind: one of {', '.join(Kind)}"
        )
    where = ".".join(map(str, path))
    message = str(error["msg"]).removeprefix("Value error, ")
    return file.problem(path, "value", f"{where}: {message}", "see `cairn schema items` for what is allowed")


def _version(raw: object, source: str) -> str:
    content = json.dumps([ENGINE, raw, source], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12]
