"""The judge's answer: typed, versioned, with everything needed to come to it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from cairn.judge.checks.check import Axis
from cairn.judge.checks.finding import Finding
from cairn.judge.outcome import Frame, Outcome

if TYPE_CHECKING:
    from cairn.judge.hunt import Edit
    from cairn.judge.suite import Kills

FORMAT = 1
VERSION = "1"
"""Of the judge: changes when the same submission may come to another verdict."""


class State(StrEnum):
    """How one check went."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of a verdict.

    Attributes:
        name: what holds when it passes.
        axis: what it speaks of.
        state: passed, failed, or skipped because the process was gone by then.
        time_ms: milliseconds it took by the driver's clock.
        finding: what it found, where it failed.
    """

    name: str
    axis: Axis
    state: State
    time_ms: float = 0.0
    finding: Finding | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        finding = None if self.finding is None else self.finding.as_json()
        return {
            "name": self.name, "axis": self.axis.value, "state": self.state.value,
            "time_ms": round(self.time_ms, 3), "finding": finding,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Misconception:
    """The wrong idea a submission most likely rests on.

    Attributes:
        id: of the misconception.
        says: one sentence that teaches.
        because: the evidence, as a sentence.
        certain: whether the outputs agree, not only the failed checks.
        repairs: the section of a page that repairs it, if the exercise names one.
    """

    id: str
    says: str
    because: str
    certain: bool
    repairs: str | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "id": self.id, "says": self.says, "because": self.because, "certain": self.certain,
            "repairs": self.repairs,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one submission.

    Attributes:
        exercise: id of the exercise.
        outcome: accepted only if every check passed.
        message: one or two sentences: what to look at first.
        checks: every check, in order.
        misconception: the likely wrong idea.
        traceback: lines of the learner's file, innermost last, where their code raised.
        output: what their code printed, shortened.
        output_cut: whether it printed more than that.
        time_ms: milliseconds from submission to verdict.
        memory_bytes: the most memory their process was seen to hold beyond the warm parent's.
        tier: how the process was held.
        layers: what held it, from the outside in, and what limited its memory.
        seed: of all chance in the checks.
        versions: of the judge, Python, the libraries, and the exercise (a hash).
        hints_used: numbers of the hints shown before it was submitted.
        edit: of a bug hunt: how far the submission is from the program that was given.
        kills: of written tests: which wrong programs they catch.
    """

    exercise: str
    outcome: Outcome
    message: str
    checks: tuple[CheckResult, ...]
    misconception: Misconception | None = None
    traceback: tuple[Frame, ...] = ()
    output: str = ""
    output_cut: bool = False
    time_ms: float = 0.0
    memory_bytes: int = 0
    tier: str = ""
    layers: tuple[str, ...] = ()
    seed: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    hints_used: tuple[int, ...] = ()
    edit: Edit | None = None
    kills: Kills | None = None

    @property
    def accepted(self) -> bool:
        """Whether it counts."""
        return self.outcome is Outcome.ACCEPTED

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """The checks that failed, in order."""
        return tuple(c for c in self.checks if c.state is State.FAILED)

    @property
    def first(self) -> CheckResult | None:
        """The failed check to show: the first of those with the gravest outcome."""
        return max(self.failed, key=lambda c: _GRAVITY[_outcome(c)], default=None)

    @property
    def axes(self) -> dict[Axis, bool | None]:
        """Whether all checks of each axis passed; None where it has none or none could be run."""
        found: dict[Axis, bool | None] = {}
        for axis in Axis:
            states = [c.state for c in self.checks if c.axis is axis]
            ran = [s for s in states if s is not State.SKIPPED]
            found[axis] = None if not ran else all(s is State.PASSED for s in states)
        return found

    def as_json(self) -> dict[str, object]:
        """The verdict as plain values: the document every face of the app and every script relies on."""
        first = self.first
        counterexample = None
        if first is not None and first.finding is not None:
            counterexample = {"check": first.name, **first.finding.as_json()}
        return {
            "format": FORMAT,
            "exercise": self.exercise,
            "outcome": self.outcome.value,
            "message": self.message,
            "axes": {axis.value: self._axis(axis, passed) for axis, passed in self.axes.items()},
            "checks": [c.as_json() for c in self.checks],
            "counterexample": counterexample,
            "misconception": None if self.misconception is None else self.misconception.as_json(),
            "traceback": [str(f) for f in self.traceback],
            "output": {"text": self.output, "cut": self.output_cut},
            "time_ms": round(self.time_ms, 3),
            "memory_bytes": self.memory_bytes,
            "tier": self.tier,
            "layers": list(self.layers),
            "seed": self.seed,
            "versions": dict(self.versions),
            "hints_used": list(self.hints_used),
            "edit": None if self.edit is None else self.edit.as_json(),
            "kills": None if self.kills is None else self.kills.as_json(),
        }

    def _axis(self, axis: Axis, passed: bool | None) -> dict[str, object]:  # noqa: FBT001
        mine = [c for c in self.checks if c.axis is axis]
        return {
            "passed": passed, "checks": len(mine),
            "failed": [c.name for c in mine if c.state is State.FAILED],
        }  # fmt: skip


_GRAVITY = {
    Outcome.ACCEPTED: 0, Outcome.WRONG: 1, Outcome.ERROR: 2, Outcome.TIMEOUT: 3, Outcome.MEMORY: 4,
    Outcome.FORBIDDEN: 5,
}  # fmt: skip


def gravest(checks: tuple[CheckResult, ...]) -> Outcome:
    """What some checks come to together."""
    return max((_outcome(c) for c in checks), key=_GRAVITY.__getitem__, default=Outcome.ACCEPTED)


def _outcome(check: CheckResult) -> Outcome:
    return Outcome.ACCEPTED if check.finding is None else check.finding.outcome
