"""Comparing what came out with what ought to: values, shapes, dtypes; NaN equals only NaN."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cairn.judge.checks.finding import CheckFailed, Finding, Index, Witness, show, show_input, witness_of

TOLERANCES = {2: (2e-2, 2e-3), 4: (2e-4, 2e-6), 8: (1e-6, 1e-9)}
"""Relative and absolute tolerance by bytes of the expected floating-point number."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two values part: a sentence, and the index of the first difference."""

    message: str
    at: Index = ()


def close(
    got: object,
    expected: object,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    what: str = "the result",
    inputs: tuple[object, ...] = (),
    message: str = "",
) -> None:
    """Check that a value is what it ought to be, up to rounding.

    The tolerance follows the dtype of `expected`; NaN is close only to NaN and an infinity only to itself.
    Containers are compared item by item, text and integers exactly.

    Args:
        got: the learner's value.
        expected: the value it ought to have.
        rtol: relative tolerance, instead of the dtype's.
        atol: absolute tolerance, instead of the dtype's.
        what: the value's name in the message.
        inputs: what it was computed from, for the message.
        message: a sentence that teaches, put first.

    Raises:
        CheckFailed: with the first difference.
    """
    found = difference(got, expected, rtol=rtol, atol=atol)
    if found is None:
        return
    text = f"{message} {what[:1].upper()}{what[1:]} {found.message}.".strip()
    raise CheckFailed(Finding(
        f"{what} is right", text, show_input(inputs), show(expected), show(got), found.at,
        witnesses=witness_of(got),
    ))  # fmt: skip


def equal(
    got: object,
    expected: object,
    *,
    what: str = "the result",
    inputs: tuple[object, ...] = (),
    message: str = "",
) -> None:
    """Check that a value is exactly what it ought to be; the arguments are those of `close`.

    Raises:
        CheckFailed: with the first difference.
    """
    close(got, expected, rtol=0, atol=0, what=what, inputs=inputs, message=message)


def shape(got: object, expected: tuple[int, ...], *, what: str = "the result") -> None:
    """Check the shape of an array.

    Raises:
        CheckFailed: with both shapes.
    """
    found = np.asarray(got).shape
    if found != tuple(expected):
        message = f"{what[:1].upper()}{what[1:]} has shape {found}, not {tuple(expected)}."
        raise CheckFailed(
            Finding(f"{what} has the right shape", message, got=show(got), witnesses=witness_of(got))
        )


def dtype(got: object, expected: object, *, what: str = "the result") -> None:
    """Check the dtype of an array.

    Raises:
        CheckFailed: with both dtypes.
    """
    found, wanted = np.asarray(got).dtype, np.dtype(expected)  # type: ignore[call-overload]
    if found != wanted:
        message = f"{what[:1].upper()}{what[1:]} has dtype {found}, not {wanted}."
        raise CheckFailed(
            Finding(f"{what} has the right dtype", message, got=show(got), witnesses=witness_of(got))
        )


def difference(
    got: Any,
    expected: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
) -> Difference | None:
    """The first difference, or None where there is none."""
    if isinstance(expected, dict):
        return _mappings(got, expected, rtol, atol)
    if isinstance(expected, list | tuple) and not _numeric(expected):
        return _sequences(got, expected, rtol, atol)
    if expected is None or isinstance(expected, str | bytes | set | frozenset):
        if type(got) is type(expected) and got == expected:
            return None
        return Difference(f"is {show(got).text}, not {show(expected).text}")
    return _arrays(got, expected, rtol, atol)


def same(got: object, expected: object) -> bool:
    """Whether two values are equal up to rounding."""
    return difference(got, expected) is None


def _numeric(value: list[Any] | tuple[Any, ...]) -> bool:
    return bool(value) and all(isinstance(v, int | float | complex | np.number) for v in value)


def _mappings(
    got: Any, expected: dict[Any, Any], rtol: float | None, atol: float | None
) -> Difference | None:
    if not isinstance(got, dict):
        return Difference(f"is of type {type(got).__name__}, not a dict")
    missing, extra = expected.keys() - got.keys(), got.keys() - expected.keys()
    if missing or extra:
        parts = [f"lacks the keys {sorted(map(repr, missing))}"] if missing else []
        parts += [f"has keys that do not belong: {sorted(map(repr, extra))}"] if extra else []
        return Difference(" and ".join(parts))
    for key, value in expected.items():
        found = difference(got[key], value, rtol=rtol, atol=atol)
        if found is not None:
            return Difference(f"at key {key!r} {found.message}", (str(key), *found.at))
    return None


def _sequences(got: Any, expected: Any, rtol: float | None, atol: float | None) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim:
        got = list(got)
    if not isinstance(got, list | tuple):
        return Difference(f"is of type {type(got).__name__}, not a {type(expected).__name__}")
    for i, (one, other) in enumerate(zip(got, expected, strict=False)):
        found = difference(one, other, rtol=rtol, atol=atol)
        if found is not None:
            return Difference(f"at position {i} {found.message}", (i, *found.at))
    if len(got) != len(expected):
        return Difference(f"has {len(got)} items, not {len(expected)}", (min(len(got), len(expected)),))
    return None


def _arrays(got: Any, expected: Any, rtol: float | None, atol: float | None) -> Difference | None:
    wanted = np.asarray(expected)
    if got is None:
        return Difference("is None; is a return missing")
    try:
        found = np.asarray(got)
    except ValueError:
        found = np.empty(0, dtype=object)
    if found.dtype.kind not in "biufc":
        return Difference(f"is of type {type(got).__name__}, not numbers")
    if found.shape != wanted.shape:
        return Difference(f"has shape {found.shape}, not {wanted.shape}")
    if found.dtype == wanted.dtype and (found == wanted).all():
        return None
    relative, absolute = _tolerance(wanted.dtype)
    relative, absolute = relative if rtol is None else rtol, absolute if atol is None else atol
    wide = np.complex128 if "c" in (found.dtype.kind + wanted.dtype.kind) else np.float64
    exact = found.dtype.kind in "biu" and wanted.dtype.kind in "biu"
    a, b = (found, wanted) if exact else (found.astype(wide), wanted.astype(wide))
    with np.errstate(all="ignore"):
        right = (a == b) if exact else (a == b) | (np.abs(a - b) <= absolute + relative * np.abs(b))
        right |= np.isnan(a) & np.isnan(b)
        right &= (np.isfinite(a) & np.isfinite(b)) | (a == b) | (np.isnan(a) & np.isnan(b))
    if right.all():
        return None
    at = tuple(int(i) for i in np.argwhere(~right)[0])
    place = f" at {list(at)}" if at else ""
    many = f" ({int((~right).sum())} of {right.size} entries differ)" if right.size > 1 else ""
    return Difference(f"is {_number(found[at])}{place}, not {_number(wanted[at])}{many}", at)


def _tolerance(kind: np.dtype[Any]) -> tuple[float, float]:
    if kind.kind not in "fc":
        return TOLERANCES[8]
    return TOLERANCES[kind.itemsize // 2 if kind.kind == "c" else kind.itemsize]


def _number(value: Any) -> str:
    return f"{value.item():.7g}" if value.dtype.kind == "f" else str(value.item())


def failed(
    property: str,  # noqa: A002
    message: str,
    *,
    args: tuple[object, ...] = (),
    got: object = None,
    expected: object = None,
    at: Index | None = None,
    witnesses: tuple[Witness, ...] = (),
    names: Sequence[str] = (),
    detail: Mapping[str, object] | None = None,
) -> CheckFailed:
    """A finding ready to be raised."""
    return CheckFailed(Finding(
        property, message, show_input(args, names=names), None if expected is None else show(expected),
        show(got), at, detail or {}, witnesses=witnesses or witness_of(got),
    ))  # fmt: skip
