"""Grading: all checks of an exercise against one submission, in one process of its own."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from cairn.judge import misconceptions
from cairn.judge.checks.check import Check, Setting, within
from cairn.judge.checks.finding import CheckFailed, Finding
from cairn.judge.checks.sampling import raised
from cairn.judge.driver import Judge
from cairn.judge.exercise import Exercise, Wrong
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
    with judge.session(exercise.runtime) as session:
        run = _Run(session, exercise, source, options)
        run.all()
        output, cut, memory = session.output, session.output_cut, session.memory_bytes
        tier, layers, inside = session.tier.value, session.layers, session.versions
    checks = tuple(run.results)
    verdict = Verdict(
        exercise=exercise.id, outcome=gravest(checks), message="", checks=checks, traceback=run.traceback,
        output=output, output_cut=cut, memory_bytes=memory, tier=tier, layers=layers, seed=run.seed,
        versions={"judge": VERSION, "exercise": exercise.digest, **inside}, hints_used=options.hints_used,
    )  # fmt: skip
    if options.explain and verdict.outcome is Outcome.WRONG:
        verdict = replace(verdict, misconception=_misconception(judge, exercise, verdict))
    return replace(verdict, message=_message(verdict), time_ms=(time.perf_counter() - began) * 1000)


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
        if isinstance(error, LearnerError):
            return raised(error).finding
        sentence = f"{error.message[:1].upper()}{error.message[1:]}."
        return Finding("runs to its end", sentence, outcome=error.outcome)

    def note(self, error: BaseException | None) -> None:
        if isinstance(error, LearnerError) and not self.traceback:
            self.traceback = error.frames


def _mixed(seed: int, name: str) -> int:
    """A seed for each check, so that adding one does not change the others."""
    return (seed ^ zlib.crc32(name.encode())) & 0xFFFFFFFF


def _message(verdict: Verdict) -> str:
    first = verdict.first
    if first is None or first.finding is None:
        return "All checks passed."
    return first.finding.message


def _misconception(judge: Judge, exercise: Exercise, verdict: Verdict) -> Misconception | None:
    failed = frozenset(c.name for c in verdict.failed)
    witnesses = [w for c in verdict.failed if c.finding is not None for w in c.finding.witnesses[:2]]
    return misconceptions.likely(judge, exercise, failed, witnesses, lambda w: failures(judge, exercise, w))


_FAILURES: dict[tuple[str, str], frozenset[str]] = {}
_LOCK = threading.Lock()


def failures(judge: Judge, exercise: Exercise, wrong: Wrong) -> frozenset[str]:
    """The checks that a wrong solution fails; worked out once for each version of an exercise."""
    key = (exercise.digest, wrong.name)
    with _LOCK:
        known = _FAILURES.get(key)
    if known is None:
        verdict = grade(judge, exercise, wrong.source, Options(explain=False))
        known = frozenset(c.name for c in verdict.failed)
        with _LOCK:
            _FAILURES[key] = known
    return known
