"""The learner's source as a module: executed once, shown by tracebacks, their earlier work importable."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import linecache
import sys
import traceback
import types
from collections.abc import Mapping, Sequence

MESSAGE_LIMIT = 2000
FRAME_LIMIT = 8


def show_source(filename: str, source: str) -> None:
    """Put a source where tracebacks and `inspect` look for it, though there is no such file."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


def execute(source: str, filename: str, name: str = "solution") -> types.ModuleType:
    """A fresh module from the source. Whatever the source raises passes through."""
    show_source(filename, source)
    module = types.ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    code = compile(source, filename, "exec", dont_inherit=True)
    exec(code, module.__dict__)  # this is what a judge does  # noqa: S102
    return module


class Library(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules given as text: the learner's own package from earlier exercises.

    `sources` maps a dotted name to source; a name that has others below it is a package.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    @staticmethod
    def filename(name: str) -> str:
        """The file name that tracebacks show for a module."""
        return f"{name.replace('.', '/')}.py"

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Found if its source was given."""
        del path, target
        if name not in self.sources:
            return None
        package = any(other.startswith(f"{name}.") for other in self.sources)
        return importlib.util.spec_from_loader(name, self, origin=self.filename(name), is_package=package)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the source in the new module."""
        name = module.__name__
        source, filename = self.sources[name], self.filename(name)
        show_source(filename, source)
        exec(compile(source, filename, "exec", dont_inherit=True), module.__dict__)  # noqa: S102


def describe(error: BaseException, files: set[str]) -> dict[str, object]:
    """An exception in plain values: type, message, and the frames that lie in the learner's own files."""
    frames: list[tuple[str, int, str, str]] = []
    if isinstance(error, SyntaxError) and error.filename in files:
        frames.append((str(error.filename), error.lineno or 0, "", (error.text or "").rstrip()[:200]))
    frames += [
        (summary.filename, summary.lineno or 0, summary.name, (summary.line or "")[:200])
        for summary in traceback.extract_tb(error.__traceback__)
        if summary.filename in files
    ]
    if len(frames) > FRAME_LIMIT:
        frames = [*frames[: FRAME_LIMIT // 2], *frames[-FRAME_LIMIT // 2 :]]
    try:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:  # a learner's __str__ may do anything  # noqa: BLE001
        message = "(the exception could not be shown)"
    return {"type": type(error).__name__[:100], "message": str(message)[:MESSAGE_LIMIT], "frames": frames}
