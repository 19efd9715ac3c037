"""Where a problem of an item stands."""

from __future__ import annotations

from dataclasses import replace

from cairn.curriculum.items.item import Item
from cairn.curriculum.problem import Problem, Severity
from cairn.curriculum.reading import FileText


class Place:
    """Where problems of an item are put: the file and the line of a part of it."""

    def __init__(self, item: Item, file: FileText | None, problems: list[Problem]) -> None:
        self.item, self.file, self.problems = item, file, problems

    def error(
        self,
        path: tuple[str | int, ...],
        code: str,
        message: str,
        hint: str,
        *,
        root: tuple[str | int, ...] = (),
    ) -> None:
        """An error at a part of the item, or at `root`, a place in the file."""
        if self.file is not None:
            where = root or ("items", self.item.name, *path)
            self.problems.append(self.file.problem(where, code, f"{self.item.name}: {message}", hint))

    def warn(self, path: tuple[str | int, ...], code: str, message: str, hint: str) -> None:
        """A warning at a part of the item."""
        self.error(path, code, message, hint)
        if self.file is not None:
            self.problems.append(replace(self.problems.pop(), severity=Severity.WARNING))
