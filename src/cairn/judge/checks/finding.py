"""What a check found wrong: the property, the smallest input, expected and got side by side, and a lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from cairn.judge import trail
from cairn.judge.outcome import Outcome
from cairn.judge.protocol import Code, Generator

TEXT_LIMIT = 1200
_MOST_SHOWN = 64

Index = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a person reads it.

    Attributes:
        text: the value, shortened where it is large.
        shape: of an array.
        dtype: of an array or NumPy scalar.
    """

    text: str
    shape: tuple[int, ...] | None = None
    dtype: str | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "text": self.text,
            "shape": None if self.shape is None else list(self.shape),
            "dtype": self.dtype,
        }


@dataclass(frozen=True, slots=True)
class Witness:
    """How to get the learner's wrong value again, from them or from another solution.

    Attributes:
        replay: given a module, does what was done and gives the value.
        got: what the learner's module gave.
    """

    replay: Callable[[Any], Any]
    got: Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One failed property.

    Attributes:
        property: what ought to hold, as a phrase ("each row sums to one").
        message: what is wrong and what to look at; one to three sentences for the learner.
        input: the smallest input found that shows it.
        expected: what ought to have come out, if one value can be named.
        got: what came out.
        at: index of the first element that differs.
        detail: further evidence in plain values: a pattern, a table, an exponent.
        outcome: what it makes of the submission.
        witnesses: for the comparison with known wrong solutions; not part of the verdict.
    """

    property: str
    message: str
    input: tuple[tuple[str, Shown], ...] = ()
    expected: Shown | None = None
    got: Shown | None = None
    at: Index | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    outcome: Outcome = Outcome.WRONG
    witnesses: tuple[Witness, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Plain values for a verdict."""
        return {
            "property": self.property,
            "message": self.message,
            "input": [{"name": name, **shown.as_json()} for name, shown in self.input],
            "expected": self.expected.as_json() if self.expected else None,
            "got": self.got.as_json() if self.got else None,
            "at": None if self.at is None else list(self.at),
            "detail": dict(self.detail),
        }


def witness_of(got: object) -> tuple[Witness, ...]:
    """The witness for a value that came straight from one call of the learner's code; else none."""
    call = trail.source_of(got)
    return () if call is None else (Witness(call.again, got),)


class CheckFailed(Exception):  # it is a finding on its way, not an error  # noqa: N818
    """Raised by a check that does not hold."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.property}: {finding.message}")
        self.finding = finding

    def because(self, **changes: Any) -> CheckFailed:
        """The same with some parts of the finding changed."""
        return CheckFailed(replace(self.finding, **changes))


def show(value: object) -> Shown:
    """A value as a person reads it."""
    if isinstance(value, np.ndarray):
        with np.printoptions(precision=6, threshold=_MOST_SHOWN, edgeitems=2, linewidth=100, suppress=False):
            text = np.array2string(value, separator=", ")
        return Shown(_cut(text), tuple(value.shape), str(value.dtype))
    if isinstance(value, np.generic):
        return Shown(_cut(str(value.item())), (), str(value.dtype))
    return Shown(_cut(_plain(value)))


def show_input(
    args: Sequence[object], kwargs: Mapping[str, object] | None = None, names: Sequence[str] = ()
) -> Any:
    """Arguments as a finding holds them; positional ones without a given name are numbered."""
    shown = [(names[i] if i < len(names) else f"argument {i + 1}", show(a)) for i, a in enumerate(args)]
    return (*shown, *((k, show(v)) for k, v in (kwargs or {}).items()))


def _plain(value: object) -> str:
    if isinstance(value, list | tuple) and any(
        isinstance(v, np.ndarray | list | tuple | dict) for v in value
    ):
        inner = ", ".join(_plain(v) for v in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {_plain(v)}" for k, v in value.items()) + "}"
    if isinstance(value, np.ndarray):
        return f"array({show(value).text}, shape {value.shape})"
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, int) and value.bit_length() > 4000:
        return f"an integer of {value.bit_length()} bits"  # Python refuses to print it
    if isinstance(value, Code):
        return value.source
    if isinstance(value, Generator):
        return f"np.random.default_rng({value.seed})"
    return repr(value)


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[:TEXT_LIMIT]} ..."
