"""Text that `cairn new topic` writes for its author to replace."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.curriculum.problem import Problem, Severity

PLACEHOLDERS = (
    "Why a person learns this, in one line",
    "say what it is and when it is used",
    "compute a small case by hand and explain each step",
    "The problem, before the idea.",
    "One picture, in words.",
    "The exact definition or theorem, with its assumptions and shapes.",
    "- **The assumption that fails.** What goes wrong without it.",
)


def unfilled(file: str, text: str) -> Iterator[Problem]:
    """Every line of a new topic that still says what the template says."""
    for number, line in enumerate(text.split("\n"), start=1):
        said = line.strip().removeprefix("summary: ").removeprefix("can: ")
        if said in PLACEHOLDERS:
            message = f"the template's words still stand here: {said!r}"
            yield Problem(file, number, "placeholder", message, "write your own", Severity.WARNING)
