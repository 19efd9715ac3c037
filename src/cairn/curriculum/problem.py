"""What is wrong with a curriculum file, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error must be mended before the content lands; a warning should be."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding of the loader or the linter. Problems are values: a bad file never raises.

    Attributes:
        file: path relative to the curriculum folder, with `/` between parts.
        line: line number from 1; 0 when the whole file is meant.
        code: short stable name of the kind of problem, for filters and tests.
        message: what is wrong.
        hint: the next thing to do.
        severity: error or warning.
    """

    file: str
    line: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        hint = f" → {self.hint}" if self.hint else ""
        return f"{place}: {self.severity.value}[{self.code}] {self.message}{hint}"
