"""An exercise as a folder: what is asked, how it is checked, and the wrong ideas people have about it."""

from __future__ import annotations

import hashlib
import linecache
import re
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from cairn.curriculum import Problem
from cairn.curriculum.exercise import ExerciseSheet
from cairn.curriculum.reading import FileText, validated
from cairn.judge.checks.check import Check
from cairn.judge.sandbox.limits import Limits
from cairn.judge.subject import LocalModule

_HEADER = re.compile(r"#\s*(misconception|says|repairs|caught by):\s*(.+?)\s*$")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong solution that people really write.

    Attributes:
        misconception: id of the wrong idea.
        says: one sentence that teaches what is wrong with it.
        caught_by: names of the checks that must catch it.
        name: its file's name without the ending.
        source: Python source.
        repairs: the section of a page that puts it right, as `topic#section`.
    """

    misconception: str
    says: str
    caught_by: tuple[str, ...]
    name: str
    source: str
    repairs: str | None = None


class ExerciseError(ValueError):
    """An exercise's folder is not as it must be.

    Attributes:
        problems: what is wrong, where, and what to do.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Exercise:
    """A loaded exercise.

    Attributes:
        id: the folder's name.
        folder: where it lies.
        sheet: what `exercise.yaml` says.
        task: the task, in Markdown.
        starter: what a learner begins with.
        solution: the reference solution.
        tests: source of the checks.
        alternatives: further right solutions, by file name.
        wrong: wrong solutions.
    """

    id: str
    folder: Path
    sheet: ExerciseSheet
    task: str
    starter: str
    solution: str
    tests: str
    alternatives: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()

    @property
    def title(self) -> str:
        """The title."""
        return self.sheet.title

    @property
    def runtime(self) -> str:
        """The runtime its solutions need: "numpy" or "torch"."""
        return self.sheet.runtime

    @property
    def limits(self) -> Limits:
        """What a submission may use. The wall clock is lenient: other work may hold the machine."""
        seconds = self.sheet.time_limit_s
        return Limits(cpu_s=seconds, wall_s=2 * seconds + 2, memory_bytes=self.sheet.memory_mb << 20)

    @cached_property
    def digest(self) -> str:
        """A hash of everything a verdict depends on."""
        parts = [self.solution, self.tests, repr(self.sheet), *(w.source for w in self.wrong)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @cached_property
    def seed(self) -> int:
        """The seed of its checks, unless another is asked for."""
        return int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:4], "big")

    @cached_property
    def reference(self) -> LocalModule:
        """The reference solution as a module in this process."""
        module = _module(
            self.solution, f"{self.id}/solution.py", f"cairn_exercise_{self.id.replace('-', '_')}"
        )
        return LocalModule(module, self.runtime)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks in the order in which they stand."""
        module = _module(self.tests, f"{self.id}/tests.py", f"cairn_tests_{self.id.replace('-', '_')}")
        return tuple(v for v in vars(module).values() if isinstance(v, Check))


def load(folder: Path, *, run: bool = True) -> Exercise:
    """Read an exercise's folder.

    Args:
        folder: where it lies; its name is the exercise's id.
        run: whether to run the author's solution and tests once, to find what only shows then.

    Raises:
        ExerciseError: with everything that is wrong with it.
    """
    problems: list[Problem] = []
    name = folder.name

    def text(file: str) -> str:
        try:
            return (folder / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            problems.append(
                Problem(f"{name}/{file}", 0, "exercise-file", "is missing or not UTF-8", "write it")
            )
            return ""

    sheet = _sheet(name, text("exercise.yaml"), problems)
    wrong = tuple(w for path in _python(folder / "wrong") if (w := _wrong(name, path, problems)) is not None)
    alternatives = {path.stem: path.read_text(encoding="utf-8") for path in _python(folder / "alternatives")}
    task, starter, solution, tests = map(text, ("task.md", "starter.py", "solution.py", "tests.py"))
    if sheet is None or problems:
        raise ExerciseError(tuple(problems))
    exercise = Exercise(name, folder, sheet, task, starter, solution, tests, alternatives, wrong)
    if run:
        problems += _inner(exercise)
    if problems:
        raise ExerciseError(tuple(problems))
    return exercise


def load_all(folder: Path, *, run: bool = True) -> tuple[dict[str, Exercise], tuple[Problem, ...]]:
    """All exercises below a folder by id, and what is wrong with the others."""
    found: dict[str, Exercise] = {}
    problems: list[Problem] = []
    for sheet in sorted(folder.glob("*/exercise.yaml")):
        try:
            found[sheet.parent.name] = load(sheet.parent, run=run)
        except ExerciseError as error:
            problems += error.problems
    return found, tuple(problems)


def _sheet(name: str, text: str, problems: list[Problem]) -> ExerciseSheet | None:
    place = f"{name}/exercise.yaml"
    sheet = validated(ExerciseSheet, FileText(place, text, text), problems) if text else None
    return replace(sheet, id=name, file=place) if sheet is not None else None


def _python(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.py")) if folder.is_dir() else []


def _wrong(name: str, path: Path, problems: list[Problem]) -> Wrong | None:
    """A wrong solution with what its first lines say of it."""
    source = path.read_text(encoding="utf-8")
    said: dict[str, list[str]] = {"misconception": [], "says": [], "caught by": [], "repairs": []}
    for line in source.splitlines():
        match = _HEADER.match(line)
        if match is None:
            break
        said[match[1]].append(match[2])
    missing = [key for key, values in said.items() if not values and key != "repairs"]
    if missing:
        place = f"{name}/wrong/{path.name}"
        hint = "begin the file with # misconception: id, # says: one sentence, # caught by: name of a check"
        problems.append(Problem(place, 1, "wrong-header", f"lacks {', '.join(missing)}", hint))
        return None
    repairs = said["repairs"][0] if said["repairs"] else None
    says = " ".join(said["says"])
    return Wrong(said["misconception"][0], says, tuple(said["caught by"]), path.stem, source, repairs)


def _inner(exercise: Exercise) -> Iterator[Problem]:
    """What shows only when the author's own code is run."""
    try:
        exercise.reference  # noqa: B018
        names = [check.name for check in exercise.checks]
    except Exception as error:  # an author's file may raise anything  # noqa: BLE001
        yield Problem(
            exercise.id,
            0,
            "exercise-code",
            f"{type(error).__name__}: {error}",
            "mend solution.py or tests.py",
        )
        return
    for entry in exercise.sheet.entry:
        if not hasattr(exercise.reference, entry):
            yield Problem(
                f"{exercise.id}/solution.py", 0, "exercise-entry", f"defines no {entry}", "entry names it"
            )
    if not names:
        yield Problem(
            f"{exercise.id}/tests.py", 0, "exercise-checks", "has no checks", "write one with @c.check"
        )
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield Problem(
            f"{exercise.id}/tests.py", 0, "exercise-checks", f"two checks are named {name!r}", "rename one"
        )
    for wrong in exercise.wrong:
        for name in set(wrong.caught_by) - set(names):
            place = f"{exercise.id}/wrong/{wrong.name}.py"
            yield Problem(
                place, 1, "wrong-check", f"no check is named {name!r}", f"one of: {'; '.join(names)}"
            )


def _module(source: str, filename: str, name: str) -> types.ModuleType:
    """An author's file as a module. It runs in this process: an exercise is trusted as the app is."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    module = types.ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    namespace: dict[str, Any] = module.__dict__
    exec(compile(source, filename, "exec", dont_inherit=True), namespace)  # noqa: S102
    return module
