"""What SymPy adds to formulas: more digits where sixteen do not decide, and words for a difference.

SymPy never sees a text: it is given our own tree, node by node, and only a tree small enough that every step ends
soon. It is imported when first needed, since that takes a while.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from cairn.curriculum.items.algebra import CONSTANTS, AnswerError, Call, Node, Num, Op, Row, Var
from cairn.curriculum.items.evaluation import value

MOST_NODES = 60
"""Nodes of a tree that is handed to SymPy."""
MOST_CANCELLED = 30
MOST_DEGREE = 4
"""Nodes, and degree with powers within powers counted, up to which terms are multiplied out to cancel."""
LARGEST = 1e30
"""No part of a formula may be larger at any point, or smaller than its inverse and not zero: powers of whole
numbers are worked out exactly."""
DIGITS = 40
SAME = 1e-20

_ELEMENTWISE = frozenset(
    {"exp", "log", "ln", "log2", "log10", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan"}
)


_PERIODIC = frozenset({"sin", "cos", "tan"})
"""Of numbers they become nested roots, which take long."""


class UnfitError(ValueError):
    """Raised for a formula that is not for SymPy: too large, with arrays, or with functions it is not asked about."""


@cache
def _sympy() -> Any:  # noqa: ANN401  # it has no types of its own
    import sympy  # noqa: PLC0415  # slow to import, seldom needed

    return sympy


def equal_exactly(a: Node, b: Node, point: Mapping[str, Any]) -> bool | None:
    """Whether two formulas agree in forty digits at the points; None where that cannot be told.

    Args:
        a: a formula.
        b: another.
        point: for each name its values at all points, as arrays.
    """
    try:
        one, other = (to_sympy(node, point) for node in (a, b))
    except UnfitError:
        return None
    names = sorted(point)
    count = max((np.size(point[name]) for name in names), default=1)
    for i in range(count):
        here = {_symbol(n): _sympy().Rational(float(np.ravel(point[n])[i].real)) for n in names}
        mine, theirs = (e.xreplace(here).evalf(DIGITS) for e in (one, other))
        if not (mine.is_number and theirs.is_number):
            return None
        gap, size = abs(complex((mine - theirs).evalf(DIGITS))), abs(complex(mine))
        if not (math.isfinite(gap) and math.isfinite(size)):
            return None
        if gap > SAME * max(size, 1e-12):
            return False
    return True


def relation(right: Node, got: Node, point: Mapping[str, Any]) -> tuple[str, str] | None:
    """A short formula that leads from the right one to the given one.

    Returns:
        "times" or "plus" with the formula as a learner would type it; None where there is no short one.
    """
    try:
        one, other = (to_sympy(node, point) for node in (right, got))
        ways = [("times", other / one), ("plus", other - one)]
        if (
            max(map(_degree, (right, got))) <= MOST_DEGREE
            and max(map(_count, (right, got))) <= MOST_CANCELLED
        ):
            ways += [(word, _sympy().cancel(e)) for word, e in ways]
    except UnfitError:
        return None
    except (ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError):
        return None  # SymPy has no way with it
    limit = min(_SHORT, _length(one) + _length(other))
    short = [(word, e) for word, e in ways if e.free_symbols and _length(e) <= limit]
    if not short:
        return None
    word, best = min(short, key=lambda pair: _length(pair[1]))
    return word, str(best).replace("**", "^")


_SHORT = 3
"""Operations that a short formula may have."""


def _length(expression: Any) -> int:  # noqa: ANN401
    return int(expression.count_ops())


# ---- from our tree to SymPy's ----------------------------------------------------------------------------------


def to_sympy(node: Node, point: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """A formula for SymPy, its variables real.

    Raises:
        UnfitError: it is too large, or holds what is not handed on.
    """
    if _count(node) > MOST_NODES:
        msg = "too long"
        raise UnfitError(msg)
    return _made(node, point)


def _made(node: Node, point: Mapping[str, Any]) -> Any:  # noqa: ANN401
    parts = [_made(part, point) for part in _parts(node)]
    _see_that_it_is_small(node, point)
    sympy = _sympy()
    match node:
        case Num(number, text):
            return sympy.Rational(text) if number else sympy.Integer(0)
        case Var(name):
            return {"pi": sympy.pi, "e": sympy.E}[name] if name not in point else _symbol(name)
        case Op("neg", _):
            return -parts[0]
        case Op("T", _):
            return parts[0]
        case Op(sign, _):
            return _combined(sign, *parts)
        case Call(name, (inner,)) if name in _ELEMENTWISE and (_varies(inner) or name not in _PERIODIC):
            return _applied(name, parts[0])
    msg = "not handed on"
    raise UnfitError(msg)


def _combined(sign: str, a: Any, b: Any) -> Any:  # noqa: ANN401
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "/":
            return a / b
        case "^":
            return a**b
        case _:
            return a * b


def _applied(name: str, x: Any) -> Any:  # noqa: ANN401
    sympy = _sympy()
    match name:
        case "ln":
            return sympy.log(x)
        case "log2" | "log10":
            return sympy.log(x) / sympy.log(int(name[3:]))
        case _:
            return getattr(sympy, name)(x)


def _symbol(name: str) -> Any:  # noqa: ANN401
    return _sympy().Symbol(name, real=True)


def _see_that_it_is_small(node: Node, point: Mapping[str, Any]) -> None:
    """Refuse a part that is huge, tiny or undefined somewhere; SymPy would work it out in all its digits."""
    try:
        size = np.abs(value(node, point))
    except AnswerError:
        size = np.inf
    with np.errstate(all="ignore"):
        if not np.all((size == 0) & (not isinstance(node, Num)) | (size >= 1 / LARGEST) & (size <= LARGEST)):
            if isinstance(node, Num) and node.value == 0 and len(node.text) < 20:
                return
            msg = "out of range"
            raise UnfitError(msg)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Op(_, operands):
            return operands
        case Call(_, arguments):
            return arguments
        case Row():
            msg = "a list"
            raise UnfitError(msg)
    return ()


def _varies(node: Node) -> bool:
    return isinstance(node, Var) and node.name not in CONSTANTS or any(map(_varies, _parts(node)))


def _count(node: Node) -> int:
    return 1 + sum(_count(part) for part in _parts(node))


def _degree(node: Node) -> float:
    """An upper bound of the degree of numerator and denominator together."""
    match node:
        case Num():
            return 0
        case Var():
            return 1
        case Op("^", (base, Num(exponent))):
            return _degree(base) * max(1.0, exponent)
        case Op("^", (base, exponent)):
            return _degree(base) * 2 + _degree(exponent)
        case Op("+" | "-", (a, b)) if not _divides(a) and not _divides(b):
            return max(_degree(a), _degree(b))
        case Call(_, _):
            return 1 + max(_degree(part) for part in _parts(node))
    return sum(_degree(part) for part in _parts(node))


def _divides(node: Node) -> bool:
    match node:
        case Op("/", _):
            return True
        case Op("^", _):
            return True
    return any(_divides(part) for part in _parts(node))
