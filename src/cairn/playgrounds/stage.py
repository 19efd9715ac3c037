"""Where playgrounds are shown."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cairn.claims.process import Process, RunError
from cairn.claims.record import digest
from cairn.playgrounds import controls
from cairn.playgrounds.controls import Control, ControlError, Value
from cairn.playgrounds.scene import Scene, from_plain

FILE = "playground.py"
SHOW_S = 5.0
EXAMINE_S = 60.0
"""Wall seconds after which the process is ended: far more than it may take, for a busy machine."""
KEPT = 200
"""Scenes that are kept, so that going back and forth is quick."""


@dataclass(frozen=True)
class Spec:
    """A playground as the faces know it.

    Attributes:
        id, title, says, after, sources, controls: as it was declared.
        folder: the topic's folder, relative to the curriculum.
        exercises: ids of the exercises whose reference solutions it runs.
        line: where it stands in its file.
    """

    id: str
    title: str
    says: str
    after: str
    sources: Mapping[str, str]
    controls: tuple[Control, ...]
    folder: str
    exercises: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a playground."""

    code: str
    message: str
    line: int
    hint: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of a reader's wish.

    Attributes:
        values: the setting that is shown, as the form holds it.
        scene: what is seen; None if there is nothing to see.
        errors: of each control whose text was no value, what it takes; it kept its default.
        refused: why there is no scene, in a sentence for the reader.
    """

    values: Mapping[str, Value]
    scene: Scene | None
    errors: Mapping[str, str]
    refused: str = ""


class Stage:
    """The playgrounds of one curriculum folder. Thread-safe; the process starts with the first scene.

    Args:
        root: the curriculum folder.
        cache: a folder for what the linter found, made when needed; None keeps nothing.
    """

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        self._root, self._cache = root, cache
        self._process = Process("cairn.playgrounds.worker")
        self._specs: dict[str, tuple[Spec, ...]] = {}
        self._versions: dict[str, str] = {}
        self._scenes: OrderedDict[str, Scene | str] = OrderedDict()
        self._round = 0
        self._lock = threading.Lock()

    def has(self, folder: str) -> bool:
        """Whether a topic has playgrounds."""
        return (self._root / folder / FILE).is_file()

    def of(self, folder: str) -> tuple[Spec, ...]:
        """The playgrounds of a topic; none if its file cannot be loaded, which the linter tells."""
        if folder not in self._specs:
            self._specs[folder] = self._described(folder) if self.has(folder) else ()
        return self._specs[folder]

    def show(self, spec: Spec, query: Mapping[str, str] | None = None) -> Shown:
        """The scene that a form asks for; of a control that it does not name, the default.

        Args:
            spec: the playground.
            query: the form's fields. With a field `shown`, a tick that is missing is off.

        Raises:
            RunError: it took too long or raised.
        """
        values: dict[str, Value] = {c.name: c.default for c in spec.controls}
        errors: dict[str, str] = {}
        asked = query or {}
        for control in spec.controls:
            try:
                if control.name in asked:
                    values[control.name] = control.read(asked[control.name])
                elif control.kind == "tick" and "shown" in asked:
                    values[control.name] = False
            except ControlError as error:
                errors[control.name] = str(error)
        found = self._scene(spec, values)
        if isinstance(found, str):
            return Shown(values, None, errors, found)
        return Shown(values, found, errors)

    def examine(self, folder: str) -> tuple[Finding, ...]:
        """What is wrong with a topic's playgrounds; from the record of an earlier look while nothing changed."""
        file = self._root / folder / FILE
        version = digest(file.read_bytes())
        store = self._cache / f"{digest(str(file).encode())}.json" if self._cache else None
        value = _read(store)
        if value is None or not self._good(value, version):
            try:
                value = self._process.ask({"do": "examine", "file": str(file)}, EXAMINE_S)
                _write(store, value | {"engine": engine(), "source": version})
            except RunError as error:
                hint = "a scene takes at most 100 ms"
                value = {"problems": [{"code": "ended", "message": str(error), "line": 0, "hint": hint}]}
        return tuple(Finding(p["code"], p["message"], p["line"], p["hint"]) for p in value["problems"])

    def forget(self) -> None:
        """Look at the files anew; for authors, whose files change."""
        with self._lock:
            self._round += 1
            self._specs.clear()
            self._versions.clear()
            self._scenes.clear()

    def close(self) -> None:
        """End the process."""
        self._process.close()

    def _described(self, folder: str) -> tuple[Spec, ...]:
        request = {
            "do": "describe",
            "file": str(self._root / folder / FILE),
            "version": self._version(folder),
        }
        try:
            value = self._process.ask(request, SHOW_S)
        except RunError:
            return ()
        if "error" in value:
            return ()
        names = [d.split("/") for d in value["depends"]]
        exercises = tuple(n[1] for n in names if n[0] == "exercises" and n[-1] == "solution.py")
        return tuple(
            Spec(
                p["id"], p["title"], p["says"], p["after"], p["sources"],
                tuple(controls.from_plain(c) for c in p["controls"]), folder, exercises, p["line"],
            )
            for p in value["playgrounds"]
        )  # fmt: skip

    def _version(self, folder: str) -> str:
        """A name for a topic's file as it is now, with all that it uses."""
        if folder not in self._versions:
            self._versions[folder] = f"{digest((self._root / folder / FILE).read_bytes())}-{self._round}"
        return self._versions[folder]

    def _scene(self, spec: Spec, values: Mapping[str, Value]) -> Scene | str:
        """The scene, or why there is none."""
        key = json.dumps([spec.id, self._version(spec.folder), dict(values)], sort_keys=True)
        with self._lock:
            if key in self._scenes:
                self._scenes.move_to_end(key)
                return self._scenes[key]
        request = {
            "do": "show", "file": str(self._root / spec.folder / FILE), "version": self._version(spec.folder),
            "id": spec.id, "values": dict(values),
        }  # fmt: skip
        answer = self._process.ask(request, SHOW_S)
        if "error" in answer:
            raise RunError(answer["error"])
        found: Scene | str = answer["refused"] if "refused" in answer else from_plain(answer["scene"])
        with self._lock:
            self._scenes[key] = found
            while len(self._scenes) > KEPT:
                self._scenes.popitem(last=False)
        return found

    def _good(self, value: Mapping[str, Any], version: str) -> bool:
        if value.get("engine") != engine() or value.get("source") != version:
            return False
        try:
            return all(digest((self._root / n).read_bytes()) == made for n, made in value["depends"].items())
        except OSError:
            return False


@cache
def engine() -> str:
    """A hash of the code that shows playgrounds, and of NumPy's version."""
    here = Path(__file__).parent
    sources = [*sorted(here.glob("*.py")), here.parent / "claims" / "plot.py"]
    return digest(b"".join(p.read_bytes() for p in sources) + np.__version__.encode())


def _read(store: Path | None) -> dict[str, Any] | None:
    if store is None:
        return None
    try:
        value: Any = json.loads(store.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) and "problems" in value else None


def _write(store: Path | None, value: Mapping[str, Any]) -> None:
    """Keep a record; a folder that cannot be written to costs only time."""
    if store is None:
        return
    with suppress(OSError):
        store.parent.mkdir(parents=True, exist_ok=True)
        part = store.with_suffix(".part")
        part.write_text(json.dumps(value), encoding="utf-8")
        part.replace(store)
