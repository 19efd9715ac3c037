"""Numerical stability: where growing inputs break the code though the right answer is still finite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cairn.judge.checks.check import setting
from cairn.judge.checks.compare import TOLERANCES, difference, failed
from cairn.judge.checks.finding import Witness
from cairn.judge.checks.sampling import raised

Make = Callable[[np.random.Generator], Any]


def stable(
    function: Any,
    reference: Any,
    *,
    magnitudes: Sequence[float] = (1, 10, 100, 1000, 1e4),
    shape: tuple[int, ...] = (3, 4),
    dtypes: Sequence[str] = ("float64", "float32"),
    inputs: Make | None = None,
    rtol: float | None = None,
) -> None:
    """Check that growing inputs do not break the function where the reference, in float64, still holds.

    Args:
        function: the learner's.
        reference: the reference's; given the same numbers in float64.
        magnitudes: factors for the inputs.
        shape: of the one argument, normal numbers, unless `inputs` is given.
        dtypes: in which to try. float16 and float32 results may be as wrong as their precision makes them.
        inputs: makes the arguments (one array or a tuple); float arrays among them are scaled.
        rtol: relative tolerance, instead of the dtype's.

    Raises:
        CheckFailed: with the smallest magnitude at which it breaks in each dtype, and a table over all of
            them to be plotted: dtype, magnitude, whether it holds, and the largest relative error (none where
            the result is not finite).
    """
    rng = np.random.default_rng(setting().seed)
    made = inputs(rng) if inputs is not None else rng.normal(size=shape)
    base = made if isinstance(made, tuple) else (made,)
    table: list[dict[str, object]] = []
    first = None
    for kind in dtypes:
        cases = [tuple(_scaled(a, m, kind) for a in base) for m in magnitudes]
        results, problem = function.map([(args, {}) for args in cases])
        for magnitude, args, got in zip(magnitudes, cases, results, strict=False):
            expected = reference(*(a.astype(np.float64) if _real(a) else a for a in args))
            wrong = _broken(got, expected, kind, rtol)
            table.append(
                {
                    "dtype": kind,
                    "magnitude": magnitude,
                    "holds": wrong is None,
                    "error": wrong or "",
                    "relative_error": _relative(got, expected),
                }
            )
            if wrong is not None and first is None:
                first = (magnitude, kind, args, got, expected, wrong)
        if problem is not None and first is None:
            raise raised(problem, cases[len(results)])
    if first is None:
        return
    magnitude, kind, args, got, expected, wrong = first
    message = f"At magnitude {magnitude:g} in {kind} the result {wrong}, though the right answer is finite."
    name = getattr(function, "name", "")
    raise failed(
        "large inputs do not break it", message, args=args, got=got, expected=expected,
        witnesses=(Witness(lambda module: getattr(module, name)(*args), got),),
        detail={"magnitude": magnitude, "dtype": kind, "breaks": _breaks(table), "sweep": table},
    )  # fmt: skip


def _breaks(table: Sequence[dict[str, Any]]) -> dict[str, float | None]:
    """For each dtype the first magnitude at which it does not hold; None where it holds at all of them."""
    found: dict[str, float | None] = {}
    for entry in table:
        before = found.setdefault(entry["dtype"], None)
        if before is None and not entry["holds"]:
            found[entry["dtype"]] = entry["magnitude"]
    return found


def _relative(got: Any, expected: Any) -> float | None:
    """The largest error relative to the largest expected entry; None where it is not a finite number."""
    if isinstance(expected, list | tuple):
        parts = list(zip(got, expected, strict=False)) if isinstance(got, list | tuple) else []
        errors = [_relative(g, e) for g, e in parts]
        numbers = [e for e in errors if e is not None]
        return max(numbers) if numbers and len(numbers) == len(expected) else None
    one, other = np.asarray(got), np.asarray(expected)
    if one.shape != other.shape or one.dtype.kind not in "biufc" or other.dtype.kind not in "biufc":
        return None
    with np.errstate(all="ignore"):
        scale = float(np.abs(other).max(initial=0)) or 1.0
        error = float(np.abs(one.astype(np.complex128) - other).max(initial=0)) / scale
    return error if np.isfinite(error) else None


def _broken(got: Any, expected: Any, kind: str, rtol: float | None) -> str | None:
    """How the result is wrong, or None. Not finite where it should be is said first: it is the usual way."""
    relative, absolute = TOLERANCES[np.dtype(kind).itemsize]
    array = np.asarray(got)
    if array.dtype.kind == "f" and array.shape == np.shape(expected):
        bad = ~np.isfinite(array) & np.isfinite(expected)
        if bad.any():
            return f"holds {'NaN' if np.isnan(array[bad]).any() else 'infinity'}"
    found = difference(got, expected, rtol=rtol or relative, atol=absolute)
    return None if found is None else found.message


def _real(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _scaled(value: Any, magnitude: float, kind: str) -> Any:
    if not _real(value):
        return value
    with np.errstate(over="ignore"):
        limit = float(np.finfo(kind).max)
        return np.clip(value * magnitude, -limit, limit).astype(kind)
