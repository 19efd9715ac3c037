"""What one run of a check found: figures, the verdict that follows from them, and a plot."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cairn.claims.plot import Plot

_SPELT = {"∂": "d", "∇": "nabla", "′": "-prime", "″": "-double-prime", "%": " percent", "√": "root-"}
JSON_NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def _greek(letter: str) -> str:
    """The name of a small Greek letter; any other letter itself."""
    name = unicodedata.name(letter, "") if not letter.isascii() else ""
    if not name.startswith("GREEK SMALL LETTER"):
        return letter
    return name.rsplit(" ", 1)[-1].lower().replace("lamda", "lambda")  # Unicode spells it its own way


class Verdict(StrEnum):
    """Whether a statement held in one run.

    `void`: the run shows nothing, because a condition it was to be run under (`given`) was not met.
    """

    HOLDS = "holds"
    BREAKS = "breaks"
    VOID = "void"


class Relation(StrEnum):
    """What a figure was compared by."""

    NONE = ""
    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"
    TRUE = "true"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with a name, and what it was compared with.

    Attributes:
        name: what was measured, in words or Unicode mathematics. Pages refer to it by its `key`.
        value: the number; 1 or 0 for a condition that is true or false.
        unit: its unit, empty for a pure number.
        relation: how it was compared.
        reference: what it was compared with.
        slack: by how much it may miss.
        good: whether the comparison came out; True where nothing was compared.

    Raises:
        TypeError: the name is no text, as when arguments were swapped.
    """

    name: str
    value: float
    unit: str = ""
    relation: Relation = Relation.NONE
    reference: float = math.nan
    slack: float = 0.0
    good: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            message = f"the first argument of a condition is its name, not {type(self.name).__name__}"
            raise TypeError(message)

    @property
    def key(self) -> str:
        """The name as a part of an address: `variance of q·k` is `variance-of-q-k`, `ψ(0)` is `psi-0`."""
        spelt = "".join(_SPELT.get(c) or _greek(c) for c in self.name.lower())
        return re.sub(r"[^a-z0-9]+", "-", spelt).strip("-")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of a check found.

    Attributes:
        figures: the conditions in order, then figures that were only measured.
        given: conditions under which the run counts.
        message: one sentence on what the reader sees.
        plot: a picture, where it helps.
    """

    figures: tuple[Figure, ...]
    given: tuple[Figure, ...] = ()
    message: str = ""
    plot: Plot | None = None

    @property
    def verdict(self) -> Verdict:
        """`void` if a given is not met, else `breaks` if any condition fails, else `holds`."""
        if not all(f.good for f in self.given):
            return Verdict.VOID
        return Verdict.HOLDS if all(f.good for f in self.figures) else Verdict.BREAKS

    @property
    def failed(self) -> tuple[Figure, ...]:
        """The conditions that did not come out."""
        return tuple(f for f in (*self.given, *self.figures) if not f.good)


def plain(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON knows it. Numbers that JSON has no word for become text."""
    return {
        "figures": [_plain_figure(f) for f in outcome.figures],
        "given": [_plain_figure(f) for f in outcome.given],
        "message": outcome.message,
        "plot": outcome.plot.plain() if outcome.plot else None,
    }


def from_plain(value: Mapping[str, Any]) -> Outcome:
    """The inverse of `plain`."""
    return Outcome(
        figures=tuple(_figure(f) for f in value["figures"]),
        given=tuple(_figure(f) for f in value["given"]),
        message=value["message"],
        plot=Plot.from_plain(value["plot"]) if value["plot"] else None,
    )


def _plain_figure(f: Figure) -> dict[str, Any]:
    return {
        "name": f.name, "value": number(f.value), "unit": f.unit, "relation": f.relation.value,
        "reference": number(f.reference), "slack": number(f.slack), "good": f.good,
    }  # fmt: skip


def _figure(value: Mapping[str, Any]) -> Figure:
    return Figure(
        value["name"], real(value["value"]), value["unit"], Relation(value["relation"]),
        real(value["reference"]), real(value["slack"]), value["good"],
    )  # fmt: skip


def number(value: float) -> float | str:
    """A number for JSON."""
    return value if math.isfinite(value) else str(value)


def real(value: float | str) -> float:
    """The inverse of `number`."""
    return JSON_NUMBERS[value] if isinstance(value, str) else float(value)
