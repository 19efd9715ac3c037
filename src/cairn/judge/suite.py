"""Grading tests that a learner wrote: by the wrong programs they catch, with no alarm on right ones.

The tests run in the sandbox like any submission. Each program they are tried on is put beside them as plain
source under a neutral name, in a process of its own, in an order drawn by chance; which of them are right is known
only here. A test counts for nothing if it fails on any right program: one that always fails, that guesses, or
that knows programs by their looks catches nothing.
"""

from __future__ import annotations

import math
import random
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from cairn.judge.checks.finding import Finding
from cairn.judge.driver import Judge
from cairn.judge.exercise import TESTS_CATCH, TESTS_DEFINED, TESTS_QUIET, Exercise
from cairn.judge.outcome import EndedError, LearnerError, Outcome
from cairn.judge.programs import Program, disguised, programs
from cairn.judge.sandbox.limits import Limits
from cairn.judge.session import Session

TESTS, PROGRAM = "tests", "program"
_SECONDS = 20.0
_CPU_S = 1.0
_HARNESS = '''
import inspect
import traceback

import tests
import program


def asked():
    """Each test's name with the parameters it must be given."""
    found = [(name, f) for name, f in vars(tests).items() if name.startswith("test_") and inspect.isfunction(f)]
    return [
        (name, [p.name for p in inspect.signature(f).parameters.values() if p.default is p.empty])
        for name, f in found
    ]


def run(wanted):
    """What fails: name, kind of exception, message, line."""
    failed = []
    for name, parameters in wanted:
        try:
            getattr(tests, name)(*[getattr(program, p) for p in parameters])
        except PermissionError:
            raise  # the sandbox refused something
        except BaseException as error:
            lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == "tests.py"]
            text = str(error)[:300]
            failed.append((name, type(error).__name__[:100], text, lines[-1] if lines else 0))
    return failed
'''


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that failed on a program.

    Attributes:
        test: its name; empty where the process ended and it cannot be told which test it was.
        kind: name of the exception.
        message: what it said.
        line: in the learner's file; 0 if unknown.
    """

    test: str
    kind: str
    message: str
    line: int

    def __str__(self) -> str:
        where = f" (line {self.line})" if self.line else ""
        said = f"{self.kind}: {self.message}" if self.message else self.kind
        return f"{self.test or 'A test'}{where}: {said}"


@dataclass(frozen=True, slots=True)
class Kills:
    """What a learner's tests came to.

    Attributes:
        tests: names of the tests.
        of: how many wrong programs there are.
        needed: how many must be caught.
        caught: the wrong programs that were, by name.
        survivors: the wrong programs that were not.
        alarms: right programs, by name, and how a test failed on each.
        endless: programs that had to be ended.
        failed: programs on which any test failed, right or wrong.
    """

    tests: tuple[str, ...]
    of: int
    needed: int
    caught: tuple[str, ...] = ()
    survivors: tuple[Program, ...] = ()
    alarms: tuple[tuple[str, Failure], ...] = ()
    endless: tuple[str, ...] = ()
    failed: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, object]:
        """Plain values. What survives is told by what is wrong with it, never by its name or source."""
        return {
            "tests": list(self.tests), "killed": len(self.caught), "of": self.of, "needed": self.needed,
            "false_alarms": len(self.alarms),
            "survivors": [{"misconception": p.misconception, "says": p.says} for p in self.survivors],
        }  # fmt: skip


@dataclass(slots=True)
class Measured:
    """Everything that grading needs to know of one run over all programs."""

    tier: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    output: str = ""
    output_cut: bool = False
    memory_bytes: int = 0
    kills: Kills | None = None
    findings: dict[str, Finding] = field(default_factory=dict)
    error: LearnerError | EndedError | None = None


def measure(
    judge: Judge,
    exercise: Exercise,
    source: str,
    *,
    seed: int,
    limits: Limits | None = None,
    library: Mapping[str, str] | None = None,
) -> Measured:
    """Run a learner's tests against every program.

    Args:
        judge: gives a process for each program.
        exercise: of the kind "write-tests".
        source: the learner's tests.
        seed: of order and looks, together with the source itself.
        limits: for each program, instead of the exercise's.
        library: further modules, by dotted name, that the programs may import.
    """
    return _Suite(judge, exercise, source, seed, limits, library or {}).measure()


def same_as(judge: Judge, exercise: Exercise, source: str, failed: frozenset[str], *, seed: int) -> bool:
    """Whether some tests fail on exactly these programs. Ends at the first on which they do not agree.

    Args:
        judge: gives a process for each program.
        exercise: of the kind "write-tests".
        source: the tests.
        failed: names of programs.
        seed: of order and looks.
    """
    suite = _Suite(judge, exercise, source, seed, None, {})
    waiting = list(programs(exercise))
    suite.rng.shuffle(waiting)
    wanted: list[tuple[str, list[str]]] | None = None
    for program in waiting:
        with judge.session(exercise.runtime) as session:
            wanted, _ = suite.one(session, program, wanted)
        if suite.found.error is not None or suite.found.findings:
            return False
        if bool(suite.failures[program.name]) != (program.name in failed):
            return False
    return True


@dataclass
class _Suite:
    """One submission of tests going through the programs."""

    judge: Judge
    exercise: Exercise
    source: str
    seed: int
    limits: Limits | None
    library: Mapping[str, str]
    found: Measured = field(default_factory=Measured)
    failures: dict[str, list[Failure]] = field(default_factory=dict)
    endless: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        own = self.exercise.limits
        if self.limits is None:
            self.limits = Limits(min(own.cpu_s, _CPU_S), 2 * _CPU_S + 1, own.memory_bytes)
        # Order and looks follow from the source too: who hands in again meets other ones.
        self.rng = random.Random(f"{self.seed}:{zlib.crc32(self.source.encode())}")  # noqa: S311

    def measure(self) -> Measured:
        waiting = list(programs(self.exercise))
        self.rng.shuffle(waiting)
        until = time.monotonic() + _SECONDS
        wanted: list[tuple[str, list[str]]] | None = None
        while waiting:
            if time.monotonic() > until:
                self.found.error = EndedError(Outcome.TIMEOUT, f"the tests took longer than {_SECONDS:.0f} s")
                return self.found
            program = waiting.pop(0)
            with self.judge.session(self.exercise.runtime) as session:
                wanted, ended = self.one(session, program, wanted)
                self.note(session, program)
            if self.found.error is not None or self.found.findings:
                return self.found
            if ended is not None and ended.outcome is Outcome.TIMEOUT:
                if program.right:
                    self.found.error = ended
                    return self.found
                self.endless.append(program.name)
                waiting.sort(key=lambda p: not p.right)  # tests that never end are found out sooner
        self.total([name for name, _ in wanted or []])
        return self.found

    def one(
        self, session: Session, program: Program, wanted: list[tuple[str, list[str]]] | None
    ) -> tuple[list[tuple[str, list[str]]] | None, EndedError | None]:
        """Run the tests on one program; gives what the tests ask for, and the end of the process."""
        modules = {**self.library, TESTS: self.source, PROGRAM: disguised(program.source, self.rng)}
        try:
            session.load(_HARNESS, filename="harness.py", limits=self.limits, seed=self.seed, modules=modules)
            if wanted is None:
                wanted = self.asked(session)
                if wanted is None:
                    return None, None
            answer = session.call((None, "run"), ((wanted,), {}))[0]
            self.failures[program.name] = _read(answer, {name for name, _ in wanted})
        except LearnerError as error:
            self.found.error = error
        except EndedError as error:
            if error.outcome is Outcome.FORBIDDEN:
                self.found.error = error
            self.failures[program.name] = [Failure("", "the process ended", error.message, 0)]
            return wanted, error
        return wanted, None

    def asked(self, session: Session) -> list[tuple[str, list[str]]] | None:
        """The tests and their parameters, each the name of a function of the program; None if they will not do."""
        found = [
            (str(name), [str(p) for p in asks]) for name, asks in session.call((None, "asked"), ((), {}))[0]
        ]
        known = self.exercise.sheet.entry
        strange = [(name, p) for name, asks in found for p in asks if p not in known]
        if not found:
            text = f"Define at least one function whose name begins with test_: def test_...({', '.join(known)})."
            self.found.findings[TESTS_DEFINED] = Finding(TESTS_DEFINED, text)
        elif strange:
            text = f"{strange[0][0]} asks for {strange[0][1]}; a test may ask for: {', '.join(known)}."
            self.found.findings[TESTS_DEFINED] = Finding(TESTS_DEFINED, text, outcome=Outcome.ERROR)
        else:
            return found
        return None

    def note(self, session: Session, program: Program) -> None:
        """Keep what was printed while a right program ran, and the figures."""
        found = self.found
        found.tier, found.versions = session.tier.value, dict(session.versions)
        found.memory_bytes = max(found.memory_bytes, session.memory_bytes)
        if program.right and not found.output:
            found.output, found.output_cut = session.output, session.output_cut

    def total(self, tests: list[str]) -> None:
        """Who was caught, by tests that raise no alarm."""
        every = programs(self.exercise)
        right, wrong = [p for p in every if p.right], [p for p in every if not p.right]
        alarms = tuple((p.name, self.failures[p.name][0]) for p in right if self.failures[p.name])
        loud = {failure.test for p in right for failure in self.failures[p.name]}
        caught = [p for p in wrong if any(f.test not in loud for f in self.failures[p.name])]
        needed = math.ceil(self.exercise.sheet.threshold * len(wrong) - 1e-9)
        names = {p.name for p in caught}
        kills = Kills(
            tuple(tests), len(wrong), needed, tuple(sorted(names)),
            tuple(p for p in wrong if p.name not in names), alarms, tuple(self.endless),
            frozenset(name for name, found in self.failures.items() if found),
        )  # fmt: skip
        self.found.kills = kills
        if alarms:
            failure, share = alarms[0][1], f"{len(alarms)} of {len(right)} right programs"
            text = (
                f"{failure}. This is a false alarm: a test fails on {share}, and may only fail on wrong ones."
                if failure.kind == "AssertionError"
                else f"{failure}. The test ends so on {share}: look for the mistake in the test."
            )
            self.found.findings[TESTS_QUIET] = Finding(TESTS_QUIET, text, detail={"right": len(right)})
        if len(caught) < needed:
            text = f"The tests catch {len(caught)} of {len(wrong)} wrong programs; {needed} are needed."
            self.found.findings[TESTS_CATCH] = Finding(TESTS_CATCH, text)


def _read(answer: object, names: set[str]) -> list[Failure]:
    """What the learner's process says failed. It may say anything; what is not a failure is none."""
    found = []
    for item in answer if isinstance(answer, list) else []:
        if isinstance(item, list | tuple) and len(item) == 4 and item[0] in names:
            line = item[3] if type(item[3]) is int else 0
            found.append(Failure(str(item[0]), str(item[1]), str(item[2]), line))
    return found
