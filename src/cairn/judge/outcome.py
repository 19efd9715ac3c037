"""How a submission can end, and the errors that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a verdict comes to."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback, in the learner's own file."""

    file: str
    line: int
    function: str
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f" in {self.function}" if self.function else "")
        return f"{place}: {self.text}" if self.text else place


class LearnerError(Exception):
    """The learner's code raised; their process lives on.

    Attributes:
        type: name of the exception's class.
        message: what it said, cut to a bounded length.
        frames: where, innermost last; only lines of the learner's own files.
        refused: what the sandbox refused, if that is why.
    """

    def __init__(
        self,
        type: str,  # noqa: A002
        message: str,
        frames: Sequence[Frame] = (),
        refused: str | None = None,
    ) -> None:
        super().__init__(f"{type}: {message}" if message else type)
        self.type, self.message, self.frames, self.refused = type, message, tuple(frames), refused

    @property
    def outcome(self) -> Outcome:
        """What it means for a verdict."""
        if self.refused is not None:
            return Outcome.FORBIDDEN
        if self.type in {"MemoryError", "_ArrayMemoryError"}:
            return Outcome.MEMORY
        return Outcome.WRONG if self.type in {"Untransportable", "CallBudgetError"} else Outcome.ERROR


class EndedError(Exception):
    """The learner's process is gone, or was ended; nothing more can be asked of it.

    Attributes:
        outcome: what it means for a verdict.
        message: what happened, for the learner.
    """

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome, self.message = outcome, message


class JudgeError(RuntimeError):
    """The judge itself could not do its work; it says nothing about the learner's code."""


class KilledError(JudgeError):
    """A runner was killed while it started. That says nothing about what the host can give."""
