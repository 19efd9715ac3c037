"""Say what is different about a formula that is not the right one."""

from __future__ import annotations

from typing import Any

import numpy as np

from cairn.curriculum.items import comparing
from cairn.curriculum.items.algebra import Node
from cairn.curriculum.items.evaluation import value
from cairn.curriculum.items.key import ExpressionKey


def difference(key: ExpressionKey, node: Node) -> str:
    """One sentence on how a formula differs from the key: its shape, a factor, a constant, or a point."""
    right, got = ([comparing._one(value(n, here)) for here in key.points] for n in (key.node, node))  # noqa: SLF001
    for a, b in zip(right, got, strict=True):
        if (
            np.ndim(a) != np.ndim(b)
            and 2 in {np.ndim(a), np.ndim(b)}
            or (np.ndim(a) == 2 and a.shape != b.shape)
        ):
            return f"Your formula gives {_form(b)}; {_form(a)} is asked for."
    mine, theirs = (np.concatenate([np.ravel(v) for v in vs]) for vs in _aligned(right, got))
    with np.errstate(all="ignore"):
        known = np.isfinite(mine)
        missing = known & ~np.isfinite(theirs)
        if missing.any():
            return f"Your formula has no value {_place(key, int(np.argmax(missing)))}."
        mine, theirs = mine[known], theirs[known]
        ratio, gap = theirs / mine, theirs - mine
    factor = _constant(ratio)
    if factor == -1:
        return "Your formula has the opposite sign."
    if factor is not None and factor != 0:
        return f"Your formula is the right one times {factor:.6g}."
    shift = _constant(gap)
    if shift is not None and len(gap) > 1:
        return f"Your formula differs from the right one by the constant {shift:.6g}."
    if _constant(theirs * mine) == 1:
        return "Your formula is the reciprocal of the right one."
    worst = int(np.argmax(np.abs(gap)))
    if np.ndim(right[0]) == 2:
        return "Your formula has the right shape but other values."
    where = _place(key, int(np.flatnonzero(known)[worst]))
    return f"Your formula gives {_number(theirs[worst])} and the right one {_number(mine[worst])} {where}."


def _aligned(right: list[Any], got: list[Any]) -> tuple[list[Any], list[Any]]:
    pairs = [np.broadcast_arrays(a, b) for a, b in zip(right, got, strict=True)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _form(v: Any) -> str:  # noqa: ANN401
    return f"an array of shape ({v.shape[0]}, {v.shape[1]})" if np.ndim(v) == 2 else "a number"


def _constant(values: Any) -> float | None:  # noqa: ANN401
    """The one real number that all values are, or None."""
    if not len(values) or not np.all(np.isfinite(values)):
        return None
    first = values[0]
    if np.all(np.abs(values - first) <= 1e-6 * (1e-6 + abs(first))) and abs(first.imag) < 1e-9 * (
        1 + abs(first)
    ):
        real = float(first.real)
        return round(real) if abs(real - round(real)) < 1e-7 else real
    return None


def _place(key: ExpressionKey, index: int) -> str:
    if len(key.points) > 1:
        return "for some values"
    at = ", ".join(f"{name} = {complex(v[index]).real:.3g}" for name, v in key.points[0].items())
    return f"at {at}" if at else ""


def _number(v: complex) -> str:
    return f"{v.real:.4g}" if abs(v.imag) < 1e-9 * (1 + abs(v)) else f"{v:.4g}"
