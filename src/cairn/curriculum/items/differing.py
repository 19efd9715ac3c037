"""Say what is different about a formula that is not the right one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from cairn.curriculum.items import algebra, comparing, symbolic
from cairn.curriculum.items.algebra import AnswerError, Node, Op
from cairn.curriculum.items.evaluation import at_points
from cairn.curriculum.items.key import ExpressionKey


def difference(key: ExpressionKey, node: Node, got: Sequence[Any]) -> str:
    """One sentence on how a formula differs from the key: its shape, a factor, a summand, or its value at a point.

    Args:
        key: what is right.
        node: the formula.
        got: its values at the key's points.
    """
    right = [comparing.number_of(v) for v in at_points(key.node, key.points)]
    given = [comparing.number_of(v) for v in got]
    return _in_shape(right, given) or _in_values(key, node, right, given)


def _in_shape(right: Sequence[Any], given: Sequence[Any]) -> str:
    """What is said where one is an array of another shape; nothing where the shapes agree."""
    if all(
        np.ndim(a) == np.ndim(b) == 2 and comparing.apart(a, b.T) <= 1
        for a, b in zip(right, given, strict=True)
    ):
        return "Your formula is the transpose of the right one."
    for a, b in zip(right, given, strict=True):
        if max(np.ndim(a), np.ndim(b)) == 2 and np.shape(a) != np.shape(b):
            return f"Your formula gives {_form(b)}; {_form(a)} is asked for."
    return ""


def _in_values(key: ExpressionKey, node: Node, right: Sequence[Any], given: Sequence[Any]) -> str:
    mine, theirs = (np.concatenate([np.ravel(v) for v in vs]) for vs in _aligned(right, given))
    known = np.isfinite(mine)
    missing = known & ~np.isfinite(theirs)
    if missing.any():
        return f"Your formula has no value {_place(key, int(np.argmax(missing)))}.".replace(" .", ".")
    mine, theirs = mine[known], theirs[known]
    return _by_constant(mine, theirs) or _by_formula(key, node) or _at_a_point(key, known, mine, theirs)


def _by_constant(mine: Any, theirs: Any) -> str:  # noqa: ANN401
    with np.errstate(all="ignore"):
        factor, shift, product = (_constant(v) for v in (theirs / mine, theirs - mine, theirs * mine))
    if factor == -1:
        return "Your formula has the opposite sign."
    if factor:
        return f"Your formula is the right one times {_exact(factor)}."
    if shift is not None and len(mine) > 1:
        return f"Your formula differs from the right one by the constant {_exact(shift)}."
    return "Your formula is the reciprocal of the right one." if product == 1 else ""


def _by_formula(key: ExpressionKey, node: Node) -> str:
    """What SymPy finds between the two formulas, if it is short and holds at the points."""
    if len(key.points) > 1:
        return ""
    found = symbolic.relation(key.node, node, key.points[0])
    if found is None:
        return ""
    word, text = found
    try:
        between = algebra.parse(text, key.names)
        made = Op("*" if word == "times" else "+", (key.node, between))
        holds = comparing.equal(ExpressionKey(made, text, key.names, key.points), node)
    except AnswerError:
        return ""
    if not holds:
        return ""
    if word == "times":
        return f"Your formula is the right one times `{text}`."
    return f"Your formula is the right one plus `{text}`."


def _at_a_point(key: ExpressionKey, known: Any, mine: Any, theirs: Any) -> str:  # noqa: ANN401
    worst = int(np.argmax(np.abs(theirs - mine)))
    if len(key.points) > 1:
        return "Your formula has the right shape but other values."
    where = _place(key, int(np.flatnonzero(known)[worst]))
    return f"Your formula gives {_number(theirs[worst])} and the right one {_number(mine[worst])} {where}.".replace(
        " .", "."
    )


def _exact(number: float) -> str:
    """A number as a small fraction where it is one."""
    fraction = Fraction(number).limit_denominator(100)
    if fraction.denominator > 1 and abs(float(fraction) - number) < 1e-7 * abs(number):
        return str(fraction)
    return f"{number:.6g}"


def _aligned(right: Sequence[Any], got: Sequence[Any]) -> tuple[list[Any], list[Any]]:
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
