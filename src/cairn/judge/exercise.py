"""An exercise as a folder: what is asked, how it is checked, and the wrong ideas people have about it."""

from __future__ import annotations

import hashlib
import importlib
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
from cairn.curriculum.exercise import Bug, ExerciseSheet
from cairn.curriculum.reading import FileText, validated
from cairn.judge import staging
from cairn.judge.checks.check import Axis, Check
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


TESTS_DEFINED = "there are tests to run"
TESTS_QUIET = "right programs raise no alarm"
TESTS_CATCH = "wrong programs are caught"
SUITE_CHECKS = (TESTS_DEFINED, TESTS_QUIET, TESTS_CATCH)
"""What is asked of tests that a learner writes."""


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
        base: the exercise whose specification it shares, if it names one.
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
    base: Exercise | None = None

    @property
    def kind(self) -> str:
        """What is asked for: "write", "bug-hunt" or "write-tests"."""
        return self.sheet.kind

    @property
    def is_twin(self) -> bool:
        """Whether it is another's specification in another library."""
        return self.base is not None and self.kind == "write"

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
        parts += [self.base.digest] if self.base is not None else []
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @cached_property
    def seed(self) -> int:
        """The seed of its checks, unless another is asked for."""
        return int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:4], "big")

    @cached_property
    def reference(self) -> LocalModule:
        """The reference solution as a module in this process."""
        if self.runtime != "numpy":
            importlib.import_module(
                self.runtime
            )  # its values are needed even if the solution names it nowhere
        module = _module(
            self.solution, f"{self.id}/solution.py", f"cairn_exercise_{self.id.replace('-', '_')}"
        )
        return LocalModule(module, self.runtime)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks in the order in which they stand. Written tests are measured, not checked one by one."""
        if self.kind == "write-tests":
            return tuple(Check(name, Axis.CORRECT, _nothing) for name in SUITE_CHECKS)
        module = _module(self.tests, f"{self.id}/tests.py", f"cairn_tests_{self.id.replace('-', '_')}")
        return tuple(v for v in vars(module).values() if isinstance(v, Check))


def load(folder: Path, *, run: bool = True) -> Exercise:
    """Read an exercise's folder.

    What an exercise with `of` lacks is taken from the exercise named there; its task is followed by that one's.

    Args:
        folder: where it lies; its name is the exercise's id.
        run: whether to run the author's solution and tests once, to find what only shows then. What needs a
            library that is not installed is not run.

    Raises:
        ExerciseError: with everything that is wrong with it.
    """
    problems: list[Problem] = []
    name = folder.name
    written = _text(folder, "exercise.yaml", problems)
    sheet = _sheet(name, written, problems)
    base = _base(folder, sheet, problems) if sheet is not None else None
    wrong = tuple(w for path in _python(folder / "wrong") if (w := _wrong(name, path, problems)) is not None)
    alternatives = {path.stem: path.read_text(encoding="utf-8") for path in _python(folder / "alternatives")}
    if sheet is None:
        for file in ("task.md", *(() if "\nof:" in written else _FILES)):  # with `of` they may be another's
            _text(folder, file, problems)
        raise ExerciseError(tuple(problems))
    starter, solution, tests = (_text(folder, file, problems, _shared(file, sheet, base)) for file in _FILES)
    if base is not None and sheet.kind == "write" and tests is not base.tests:
        tests = f"{base.tests.rstrip()}\n\n\n{tests}"  # a twin's own checks come after the shared ones
    task = _task(folder, base, problems)
    joined = sheet if base is None else _joined(sheet, base)
    exercise = Exercise(name, folder, joined, task, starter, solution, tests, alternatives, wrong, base)
    if sheet.kind == "bug-hunt" and base is not None:
        exercise = replace(
            exercise, alternatives=alternatives or base.alternatives, wrong=wrong or base.wrong
        )
    problems += _kind(exercise)
    if run and not problems and staging.available(exercise.runtime):
        problems += _inner(exercise)
    if problems:
        raise ExerciseError(tuple(problems))
    return exercise


_FILES = ("starter.py", "solution.py", "tests.py")


def _text(folder: Path, file: str, problems: list[Problem], shared: str | None = None) -> str:
    """A file's text; where there is none, what another exercise has in its place."""
    try:
        return (folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        if shared is not None:
            return shared
        message = "is missing or not UTF-8"
    except (OSError, UnicodeDecodeError):
        message = "is missing or not UTF-8"
    problems.append(Problem(f"{folder.name}/{file}", 0, "exercise-file", message, "write it"))
    return ""


def _shared(file: str, sheet: ExerciseSheet, base: Exercise | None) -> str | None:
    """What stands in for a file that a folder lacks; None where it must have its own."""
    if base is None:
        return None
    if file == "tests.py":
        return "" if sheet.kind == "write-tests" else base.tests
    if sheet.kind == "bug-hunt":
        return base.starter if file == "starter.py" else base.solution
    return None


def _task(folder: Path, base: Exercise | None, problems: list[Problem]) -> str:
    own = _text(folder, "task.md", problems)
    if base is None:
        return own
    specification = "\n".join(base.task.strip().splitlines()[1:]).strip()
    return f"{own.rstrip()}\n\n## {base.title}\n\n{specification}\n"


def _joined(sheet: ExerciseSheet, base: Exercise) -> ExerciseSheet:
    """A sheet with what it shares. A twin in another library has its own limits, the other kinds do not."""
    shared = replace(sheet, entry=base.sheet.entry, repairs=sheet.repairs or base.sheet.repairs)
    if sheet.kind == "write":
        return shared
    theirs = base.sheet
    return replace(
        shared, runtime=theirs.runtime, uses=theirs.uses, time_limit_s=theirs.time_limit_s, memory_mb=theirs.memory_mb
    )  # fmt: skip


def _base(folder: Path, sheet: ExerciseSheet, problems: list[Problem]) -> Exercise | None:
    """The exercise that another shares its specification with."""
    if sheet.of is None:
        return None
    place = f"{folder.name}/exercise.yaml"
    if sheet.of == folder.name or not (folder.parent / sheet.of / "exercise.yaml").is_file():
        problems.append(Problem(place, 0, "exercise-of", f"there is no exercise {sheet.of!r}", "mend `of`"))
        return None
    try:
        base = load(folder.parent / sheet.of, run=False)
    except ExerciseError as error:
        problems += error.problems
        return None
    if base.base is not None or base.kind != "write":
        message, hint = f"{sheet.of} shares another's specification itself", "name that one"
        problems.append(Problem(place, 0, "exercise-of", message, hint))
    return base


def _kind(exercise: Exercise) -> Iterator[Problem]:
    """What each kind must and must not have."""
    place, sheet = f"{exercise.id}/exercise.yaml", exercise.sheet
    if not sheet.entry and sheet.of is None:
        yield Problem(
            place, 0, "exercise-entry", "names nothing that a file must define", "add `entry`, or `of`"
        )
    if sheet.kind != "write" and sheet.of is None:
        yield Problem(place, 0, "exercise-of", f"a {sheet.kind} needs a program to be about", "add `of`")
    if (sheet.kind == "bug-hunt") != bool(sheet.bugs):
        message = "has no bugs" if sheet.kind == "bug-hunt" else "has bugs but is no bug hunt"
        yield Problem(place, 0, "exercise-bugs", message, "add or remove `bugs`, or mend `kind`")
    if sheet.kind == "bug-hunt" and exercise.base is not None:
        for bug in sheet.bugs:
            yield from _bug(exercise, bug)


def _bug(exercise: Exercise, bug: Bug) -> Iterator[Problem]:
    place = f"{exercise.id}/exercise.yaml"
    count = exercise.solution.count(bug.replace)
    if count != 1:
        message = f"{bug.misconception}: the text to replace stands {count} times in the right program"
        yield Problem(place, 0, "exercise-bugs", message, "give a text that stands there once")
    known = any(w.misconception == bug.misconception for w in exercise.wrong)
    if not known and not (bug.says and bug.caught_by):
        message = f"{bug.misconception} is the misconception of no wrong solution of {exercise.sheet.of}"
        yield Problem(place, 0, "exercise-bugs", message, "give `says` and `caught_by`, or name one of them")


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
    if exercise.kind == "write-tests":
        yield from _checks_named(exercise, list(SUITE_CHECKS))
        return
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
    yield from _checks_named(exercise, names)


def _checks_named(exercise: Exercise, names: list[str]) -> Iterator[Problem]:
    """Checks that wrong solutions and bugs speak of and that there are not."""
    said = [(f"wrong/{w.name}.py", name) for w in exercise.wrong for name in w.caught_by]
    said += [("exercise.yaml", name) for bug in exercise.sheet.bugs for name in bug.caught_by]
    for file, name in dict.fromkeys(said):
        if name not in names:
            hint = f"one of: {'; '.join(names)}"
            yield Problem(f"{exercise.id}/{file}", 1, "wrong-check", f"no check is named {name!r}", hint)


def _nothing(*_: object) -> None:
    """What stands for a check that is measured elsewhere."""


def _module(source: str, filename: str, name: str) -> types.ModuleType:
    """An author's file as a module. It runs in this process: an exercise is trusted as the app is."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    module = types.ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    namespace: dict[str, Any] = module.__dict__
    exec(compile(source, filename, "exec", dont_inherit=True), namespace)  # noqa: S102
    return module
