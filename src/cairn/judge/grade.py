"""Grading: all checks of an exercise against one submission, in one process of its own."""

from __future__ import annotations

import hashlib
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cairn.judge import hunt, misconceptions, suite
from cairn.judge.checks.check import Axis, Check, Setting, within
from cairn.judge.checks.finding import CheckFailed, Finding
from cairn.judge.checks.sampling import raised
from cairn.judge.driver import Judge
from cairn.judge.exercise import SUITE_CHECKS, TESTS_DEFINED, Exercise, Wrong
from cairn.judge.outcome import EndedError, Frame, JudgeError, LearnerError, Outcome
from cairn.judge.sandbox.limits import Limits
from cairn.judge.session import Session
from cairn.judge.subject import RemoteModule
from cairn.judge.verdict import VERSION, CheckResult, Misconception, State, Verdict, gravest

_SECONDS_FOR_EXAMPLES = 1.5
_TRIES_FOR_SHRINKING = 160


@dataclass(frozen=True, slots=True)
class Options:
    """How to grade.

    Attributes:
        seed: of all chance in the checks; the exercise's own by default.
        filename: what tracebacks call the learner's file.
        modules: the learner's library: source by dotted name.
        hints_used: numbers of the hints that were shown.
        limits: instead of the exercise's.
        explain: whether to make counterexamples small and look for the misconception.
        all_checks: whether to go on after the first failed check.
    """

    seed: int | None = None
    filename: str = "solution.py"
    modules: Mapping[str, str] | None = None
    hints_used: tuple[int, ...] = ()
    limits: Limits | None = None
    explain: bool = True
    all_checks: bool = True


def grade(judge: Judge, exercise: Exercise, source: str, options: Options | None = None) -> Verdict:
    """Judge a submission.

    Raises:
        TierError: when the host cannot hold code as it was asked to.
        JudgeError: when the judge itself failed; the submission may be judged again.
    """
    options = options or Options()
    began = time.perf_counter()
    verdict = _tests(judge, exercise, source, options) if exercise.kind == "write-tests" else _program(
        judge, exercise, source, options
    )  # fmt: skip
    if exercise.kind == "bug-hunt":
        verdict = replace(verdict, edit=hunt.edit(exercise, source, accepted=verdict.accepted))
    return replace(verdict, message=_message(verdict), time_ms=(time.perf_counter() - began) * 1000)


def _program(judge: Judge, exercise: Exercise, source: str, options: Options) -> Verdict:
    """A verdict on a program: all checks, in one process."""
    with judge.session(exercise.runtime) as session:
        run = _Run(session, exercise, source, options)
        run.all()
        output, cut, memory = session.output, session.output_cut, session.memory_bytes
        tier, inside = session.tier.value, session.versions
    checks = tuple(run.results)
    verdict = Verdict(
        exercise=exercise.id, outcome=gravest(checks), message="", checks=checks, traceback=run.traceback,
        output=output, output_cut=cut, memory_bytes=memory, tier=tier, seed=run.seed,
        versions=_versions(exercise, options, inside), hints_used=options.hints_used,
    )  # fmt: skip
    if options.explain and verdict.outcome in {Outcome.WRONG, Outcome.ERROR}:
        found = _misconception(judge, exercise, verdict)
        if exercise.kind == "bug-hunt" and found is not None:
            planted = hunt.given(exercise, source)
            found = None if found.id == planted.misconception else found  # that would tell where the bug is
        verdict = replace(verdict, misconception=found)
    return verdict


def _tests(judge: Judge, exercise: Exercise, source: str, options: Options) -> Verdict:
    """A verdict on tests: against every program, each in a process of its own."""
    seed = exercise.seed if options.seed is None else options.seed
    found = suite.measure(judge, exercise, source, seed=seed, limits=options.limits, library=options.modules)
    frames: tuple[Frame, ...] = ()
    if found.error is not None:
        finding = _finding(found.error)
        found.findings = {TESTS_DEFINED: replace(finding, property="the tests run to their end")}
        frames = found.error.frames if isinstance(found.error, LearnerError) else ()
    checks = []
    for name in SUITE_CHECKS:
        finding_of = found.findings.get(name)
        over = found.kills is None and name != TESTS_DEFINED
        state = State.SKIPPED if over else State.PASSED if finding_of is None else State.FAILED
        checks.append(CheckResult(name, Axis.CORRECT, state, 0.0, finding_of))
    verdict = Verdict(
        exercise=exercise.id, outcome=gravest(tuple(checks)), message="", checks=tuple(checks),
        traceback=tuple(f for f in frames if f.file == "tests.py"), output=found.output,
        output_cut=found.output_cut, memory_bytes=found.memory_bytes, tier=found.tier, seed=seed,
        versions=_versions(exercise, options, found.versions), hints_used=options.hints_used, kills=found.kills,
    )  # fmt: skip
    if options.explain and verdict.outcome is Outcome.WRONG and found.kills is not None:
        likely = misconceptions.of_tests(judge, exercise, found.kills)
        verdict = replace(verdict, misconception=likely)
    return verdict


def again(
    judge: Judge,
    exercise: Exercise,
    source: str,
    document: Mapping[str, Any],
    library: Mapping[str, str] | None = None,
) -> Verdict:
    """Come to a verdict again from its document: same seed, same hints, same submission.

    Args:
        judge: the judge.
        exercise: the exercise, in the version that the verdict names.
        source: what was handed in.
        document: the verdict as plain values.
        library: the learner's library as it was then, if the exercise uses one.

    Raises:
        JudgeError: the exercise, the library or the judge is another version now; the verdict may differ.
    """
    options = Options(seed=document["seed"], hints_used=tuple(document["hints_used"]), modules=library)
    now = {"judge": VERSION, **_own_versions(exercise, options)}
    then = document["versions"]
    changed = sorted(name for name, version in now.items() if then.get(name) != version)
    if changed:
        msg = f"the verdict was given with another version of: {', '.join(changed)}"
        raise JudgeError(msg)
    return grade(judge, exercise, source, options)


def _versions(exercise: Exercise, options: Options, inside: Mapping[str, str]) -> dict[str, str]:
    return {"judge": VERSION, **_own_versions(exercise, options), **inside}


def _own_versions(exercise: Exercise, options: Options) -> dict[str, str]:
    """Hashes of what a verdict depends on beside the submission."""
    library = "\0".join(f"{name}\0{text}" for name, text in sorted((options.modules or {}).items()))
    hashed = {"library": hashlib.sha256(library.encode()).hexdigest()[:16]} if library else {}
    return {"exercise": exercise.digest, **hashed}


class _Run:
    """One submission going through the checks."""

    def __init__(self, session: Session, exercise: Exercise, source: str, options: Options) -> None:
        self.session, self.exercise, self.source, self.options = session, exercise, source, options
        self.seed = exercise.seed if options.seed is None else options.seed
        self.results: list[CheckResult] = []
        self.patience = [_TRIES_FOR_SHRINKING if options.explain else 0]
        self.traceback: tuple[Frame, ...] = ()

    def all(self) -> None:
        ended = self.load()
        learner = RemoteModule(self.session)
        for check in self.exercise.checks:
            over = ended is not None or (not self.options.all_checks and self.failed)
            if over:
                self.results.append(CheckResult(check.name, check.axis, State.SKIPPED))
                continue
            began = time.perf_counter()
            finding, ended = self.one(check, learner)
            spent = (time.perf_counter() - began) * 1000
            state = State.PASSED if finding is None else State.FAILED
            self.results.append(CheckResult(check.name, check.axis, state, spent, finding))

    @property
    def failed(self) -> bool:
        return any(r.state is State.FAILED for r in self.results)

    def load(self) -> EndedError | LearnerError | None:
        """Run the source; a failure is kept as the result of the first check."""
        limits = self.options.limits or self.exercise.limits
        try:
            self.session.load(
                self.source, filename=self.options.filename, limits=limits, seed=self.seed,
                modules=self.options.modules,
            )  # fmt: skip
        except (EndedError, LearnerError) as error:
            self.stop(error, "the file runs")
            return error
        missing = [name for name in self.exercise.sheet.entry if name not in self.session.names]
        if missing:
            lacking = LearnerError("NameError", f"the file defines no {' and no '.join(missing)}")
            self.stop(lacking, "the file defines what is asked for")
            return lacking
        return None

    def stop(self, error: EndedError | LearnerError, what: str) -> None:
        first = self.exercise.checks[0]
        finding = self.finding(error)
        self.results.append(CheckResult(what, first.axis, State.FAILED, 0.0, replace(finding, property=what)))

    def one(self, check: Check, learner: RemoteModule) -> tuple[Finding | None, EndedError | None]:
        """Run a check; gives what it found, and the end of the process if that is what it found."""
        seed = _mixed(self.seed, check.name)
        setting = Setting(
            seed,
            time.monotonic() + _SECONDS_FOR_EXAMPLES,
            self.source,
            self.exercise.runtime,
            self.patience,
        )
        ended = None
        try:
            with within(setting), np.errstate(all="ignore"):
                check.body(learner, self.exercise.reference, np.random.default_rng(seed))
        except EndedError as error:
            return self.finding(error), error
        except CheckFailed as failure:
            self.note(failure.__cause__)
            if not self.session.open:  # it ended while the counterexample was made smaller
                ended = EndedError(Outcome.ERROR, "the process has ended")
            return failure.finding, ended
        except LearnerError as error:
            return self.finding(error), None
        except JudgeError:
            raise
        except Exception as error:  # the check stumbled over what the learner's code gave it  # noqa: BLE001
            message = f"The result is not of the kind that was asked for ({type(error).__name__}: {error})."
            return Finding("the result is of the right kind", message[:500]), None
        return None, None

    def finding(self, error: EndedError | LearnerError) -> Finding:
        self.note(error)
        return _finding(error)

    def note(self, error: BaseException | None) -> None:
        if isinstance(error, LearnerError) and not self.traceback:
            self.traceback = error.frames


def _finding(error: EndedError | LearnerError) -> Finding:
    if isinstance(error, LearnerError):
        return raised(error).finding
    sentence = f"{error.message[:1].upper()}{error.message[1:]}."
    return Finding("runs to its end", sentence, outcome=error.outcome)


def _mixed(seed: int, name: str) -> int:
    """A seed for each check, so that adding one does not change the others."""
    return (seed ^ zlib.crc32(name.encode())) & 0xFFFFFFFF


def _message(verdict: Verdict) -> str:
    first = verdict.first
    if first is None or first.finding is None:
        return "All checks passed."
    return first.finding.message


def _misconception(judge: Judge, exercise: Exercise, verdict: Verdict) -> Misconception | None:
    witnesses = [w for c in verdict.failed if c.finding is not None for w in c.finding.witnesses[:2]]
    return misconceptions.likely(
        judge, exercise, misconceptions.failed(verdict), witnesses, lambda w: failures(judge, exercise, w)
    )


_FAILURES: dict[tuple[str, str], misconceptions.Failed] = {}
_LOCK = threading.Lock()


def failures(judge: Judge, exercise: Exercise, wrong: Wrong) -> misconceptions.Failed:
    """The checks that a wrong solution fails; worked out once for each version of an exercise."""
    key = (exercise.digest, wrong.name)
    with _LOCK:
        known = _FAILURES.get(key)
    if known is None:
        known = misconceptions.failed(grade(judge, exercise, wrong.source, Options(explain=False)))
        with _LOCK:
            _FAILURES[key] = known
    return known
