"""Whether the checks of a page would notice a mistake: change `claims.py` in every standard way and run it again."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cairn.claims.workbench import FILE, RunError, Workbench
from cairn.judge.mutants import mutants
from cairn.store.tree import MAX_BYTES

_SHOWN = ("outcome(", "Plot(", "Line(", "Points(", "Bars(", "Band(", "figure(")
"""Calls whose arguments only say what is shown, or in which order."""

_TOLERANCE = re.compile(r"(?:0\.0\d*|\d(?:\.\d+)?e-\d+) -> ")
"""A small number is room for chance or rounding; more of it breaks nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a `claims.py`.

    Attributes:
        name: "line: before -> after".
        noticed: whether some check was no longer verified.
    """

    name: str
    noticed: bool


def changes(workbench: Workbench, folder: str, source: str) -> Iterator[Change]:
    """Every change of what a topic's checks compute, as it is tried. Defaults, ranges and plots are left alone.

    Args:
        workbench: what runs them.
        folder: the topic's folder, relative to the curriculum.
        source: the text of its `claims.py`.

    Raises:
        ValueError: the text is longer than any file of a curriculum.
    """
    if len(source) > MAX_BYTES:
        message = f"{FILE} is too long"
        raise ValueError(message)
    places = _bodies(source)
    for mutant in mutants(source):
        line, _, what = mutant.name.partition(": ")
        function = places.get(int(line))
        if function is None or what.startswith(_SHOWN) or _TOLERANCE.match(what):
            continue
        try:
            record = workbench.examine(folder, mutant.source, function)
            noticed = bool(record.findings)
        except RunError:
            noticed = True
        yield Change(mutant.name, noticed)


def _bodies(source: str) -> dict[int, str]:
    """The function at the top of the file to which each line belongs; signatures belong to none."""
    functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)]
    return {i: f.name for f in functions for i in range(f.body[0].lineno, (f.end_lineno or f.lineno) + 1)}
