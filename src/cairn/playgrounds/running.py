"""Load one `playground.py` and show its scenes: one for a reader, or at every end of every control for the author."""

from __future__ import annotations

import time
import traceback
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cairn.claims.declaring import DeclarationError, execute, loading
from cairn.claims.record import digest
from cairn.playgrounds import controls, scene
from cairn.playgrounds.controls import ControlError, Value
from cairn.playgrounds.declaring import Playground, PlaygroundError, playgrounds_of
from cairn.playgrounds.scene import Refused, Scene

LIMIT_S = 0.1
"""Processor seconds that one scene may take."""


class ShowError(Exception):
    """Raised when a file cannot be loaded or a scene cannot be made. Carries the line in `playground.py`, or 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded `playground.py`: its playgrounds, and the other files it was made from."""

    playgrounds: Mapping[str, Playground]
    depends: Mapping[str, str]


def load(file: Path) -> Loaded:
    """Run a `playground.py` and collect its playgrounds.

    Raises:
        ShowError: it cannot be run, or declares something impossible.
    """
    root = next((p for p in file.resolve().parents if (p / "curriculum.yaml").is_file()), file.parent)
    try:
        with loading(root) as state:
            module = execute(file, file.parent.name)
        found = playgrounds_of(module)
    except SyntaxError as error:
        raise ShowError(f"not valid Python: {error.msg}", error.lineno or 0) from error
    except (DeclarationError, PlaygroundError, ControlError) as error:
        raise ShowError(str(error), _line(error, file)) from error
    except Exception as error:  # an author's file may raise anything
        raise ShowError(f"{type(error).__name__}: {error}", _line(error, file)) from error
    return Loaded({p.id: p for p in found}, {n: digest(f.read_bytes()) for n, f in state.depends.items()})


def describe(loaded: Loaded) -> dict[str, Any]:
    """What the faces need to know of a file, as JSON knows it."""
    return {
        "playgrounds": [
            {"id": p.id, "title": p.title, "says": p.says, "after": p.after, "sources": dict(p.sources),
             "line": p.line, "controls": [controls.plain(c) for c in p.controls]}
            for p in loaded.playgrounds.values()
        ],
        "depends": dict(loaded.depends),
    }  # fmt: skip


def show(playground: Playground, values: Mapping[str, Value]) -> Scene:
    """The scene for some values of the controls, as the form holds them; what is missing has its default.

    Raises:
        Refused: what was typed has no scene; the message is for the reader.
        ShowError: the function raised, warned, or returned no scene.
    """
    arguments = {c.name: c.argument(values.get(c.name, c.default)) for c in playground.controls}
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("error")
            found = playground.run(**arguments)
    except Refused:
        raise
    except Exception as error:
        file = Path(playground.run.__code__.co_filename)
        raise ShowError(f"{type(error).__name__}: {error}", _line(error, file)) from error
    if not isinstance(found, Scene):
        raise ShowError(f"returned {type(found).__name__}, not a Scene(...)", playground.line)
    return found


def examine(file: Path) -> dict[str, Any]:
    """Show every playground at its defaults, at both ends of each control, and at all ends together.

    Returns:
        the problems, as JSON knows them, and what the record was made from.
    """
    try:
        loaded = load(file)
    except ShowError as error:
        return {"problems": [_problem("load", str(error), error.line, "mend playground.py")], "depends": {}}
    problems = [p for playground in loaded.playgrounds.values() for p in _examined(playground, file)]
    return {"problems": problems, "depends": dict(loaded.depends)}


def settings(playground: Playground) -> Iterator[dict[str, Value]]:
    """The settings that are tried: the defaults, each end of each control, then all first and all last ends."""
    yield {}
    for control in playground.controls:
        for value in control.edges:
            yield {control.name: value}
    ends = {c.name: c.edges for c in playground.controls if c.edges}
    yield {name: edges[0] for name, edges in ends.items()}
    yield {name: edges[-1] for name, edges in ends.items()}


def _examined(playground: Playground, file: Path) -> Iterator[dict[str, Any]]:
    for values in settings(playground):
        where = " with " + ", ".join(f"{k}={str(v)[:20]!r}" for k, v in values.items()) if values else ""
        try:
            seconds = _timed(playground, values)
            if seconds > LIMIT_S:  # once more from cold, since the machine may have been busy
                fresh = load(file).playgrounds[playground.id]
                show(fresh, {})
                seconds = min(seconds, _timed(fresh, values))
        except Refused as error:
            if not values:
                yield _problem(
                    "refused", f"{playground.id} refuses its own defaults: {error}", playground.line
                )
            continue
        except ShowError as error:
            yield _problem("raises", f"{playground.id}{where}: {error}", error.line or playground.line)
            continue
        if seconds > LIMIT_S:
            message = (
                f"{playground.id}{where} takes {1000 * seconds:.0f} ms; the limit is {1000 * LIMIT_S:g} ms"
            )
            yield _problem("slow", message, playground.line, "compute less, or work it out once at the top")


def _timed(playground: Playground, values: Mapping[str, Value]) -> float:
    start = time.process_time()
    scene.plain(show(playground, values))
    return time.process_time() - start


def _problem(code: str, message: str, line: int, hint: str = "") -> dict[str, Any]:
    return {"code": code, "message": message, "line": line, "hint": hint}


def _line(error: BaseException, file: Path) -> int:
    """The last line of `file` that an error passed through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename) == file]
    return (frames[-1].lineno or 0) if frames else 0
