"""What SymPy adds to formulas: more digits where sixteen do not decide, and words for a difference.

SymPy never sees a text: it is given our own tree, node by node, and only a tree small enough that every step ends
soon. It is imported when first needed, since that takes a while.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
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
LARGEST = 1e12
"""No part of a formula may be larger at any point, or smaller than its inverse and not zero: powers of whole
numbers are worked out exactly."""
LARGEST_EXPONENT = 8
DIGITS = 40
GUARD = 60
"""Digits of the numbers that are put in. Exact ones would grow without bound in powers of powers."""
SAME = 1e-20

_ELEMENTWISE = frozenset(
    {"exp", "log", "ln", "log2", "log10", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan"}
)


_PERIODIC = frozenset({"sin", "cos", "tan"})
"""Of numbers they become nested roots, which take long."""


class UnfitError(ValueError):
    """Raised for a formula that is not for SymPy: too large, with arrays, or with functions it is not asked about."""


@cache
def _sympy() -> Any:  # noqa: ANN401  # one kind after another  # it has no types of its own
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
        return all(_same_at(one, other, here) for here in _each(point))
    except (UnfitError, *_NO_WAY):
        return None


_NO_WAY = (ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError)
"""What SymPy raises where it has no way with a formula."""


def _each(point: Mapping[str, Any]) -> Iterator[dict[Any, Any]]:
    """The points one by one, as SymPy's numbers."""
    names = sorted(point)
    for i in range(max((np.size(point[name]) for name in names), default=1)):
        yield {_symbol(n): _sympy().Float(float(np.ravel(point[n])[i].real), GUARD) for n in names}


def _same_at(one: Any, other: Any, here: dict[Any, Any]) -> bool:  # noqa: ANN401
    mine, theirs = (e.evalf(DIGITS, subs=here) for e in (one, other))
    gap, size = abs(complex((mine - theirs).evalf(DIGITS))), abs(complex(mine))
    if not (math.isfinite(gap) and math.isfinite(size)):
        msg = "no finite value"
        raise UnfitError(msg)
    return gap <= SAME * max(size, 1e-12)


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
    except (UnfitError, *_NO_WAY):
        return None
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


def _made(node: Node, point: Mapping[str, Any]) -> Any:  # noqa: ANN401, PLR0911
    parts = [_made(part, point) for part in _parts(node)]
    _see_that_it_is_small(node, point)
    sympy = _sympy()
    match node:
        case Num(number, text):
            return _number(number, text)
        case Var(name):
            return {"pi": sympy.pi, "e": sympy.E}[name] if name not in point else _symbol(name)
        case Op("neg", _):
            return -parts[0]
        case Op("T", _):
            return parts[0]
        case Op("^", (base, exponent)):
            return _power(parts[0], parts[1], varies=(_varies(base), _varies(exponent)))
        case Op(sign, _):
            return _combined(sign, *parts)
        case Call(name, (inner,)) if name in _ELEMENTWISE and (_varies(inner) or name not in _PERIODIC):
            return _applied(name, parts[0])
    msg = "not handed on"
    raise UnfitError(msg)


def _number(number: float, text: str) -> Any:  # noqa: ANN401
    """A short number exactly, so that 1/3 + 2/3 is 1; a long one as a decimal, since SymPy takes those to pieces."""
    sympy = _sympy()
    short = len(text) <= 8 and (number == 0 or 1e-6 <= number <= 1e6)
    return sympy.Rational(text) if short else sympy.Float(number, GUARD)


def _combined(sign: str, a: Any, b: Any) -> Any:  # noqa: ANN401
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "/":
            return a / b
        case _:
            return a * b


def _power(base: Any, exponent: Any, *, varies: tuple[bool, bool]) -> Any:  # noqa: ANN401
    """A power with a small fixed exponent, or with a varying one; of numbers only as a decimal."""
    sympy = _sympy()
    if varies[1]:
        return sympy.exp(exponent * sympy.log(base))
    fixed = exponent if exponent.is_Rational else exponent.evalf(GUARD)
    if not varies[0]:
        return base.evalf(GUARD) ** fixed.evalf(GUARD)
    if (
        not fixed.is_real
        or abs(fixed) > LARGEST_EXPONENT
        or (fixed.is_Rational and fixed.q > LARGEST_EXPONENT)
    ):
        msg = "an exponent that is large or no simple fraction"
        raise UnfitError(msg)
    return base**fixed


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
    may_vanish = (
        isinstance(node, Var)
        or (isinstance(node, Op) and node.sign != "^")
        or (isinstance(node, Num) and not node.value)
    )
    with np.errstate(all="ignore"):
        fits = (size >= 1 / LARGEST) & (size <= LARGEST)
    if not np.all(fits | ((size == 0) & may_vanish)):
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
    return (isinstance(node, Var) and node.name not in CONSTANTS) or any(map(_varies, _parts(node)))


def _count(node: Node) -> int:
    return 1 + sum(_count(part) for part in _parts(node))


def _degree(node: Node) -> float:  # noqa: PLR0911  # one kind after another
    """An upper bound of the degree of numerator and denominator together."""
    match node:
        case Num():
            return 0
        case Var():
            return 1
        case _ if not _varies(node):
            return 0
        case Op("^", (base, Num(exponent))) if exponent == int(exponent):
            return _degree(base) * max(1.0, exponent)
        case Op("^", _) | Call():
            return math.inf  # exp(99 x) is the 99th power of exp(x), and x^(1/99) a root
        case Op("+" | "-", (a, b)) if not _divides(a) and not _divides(b):
            return max(_degree(a), _degree(b))
    return sum(_degree(part) for part in _parts(node))


def _divides(node: Node) -> bool:
    match node:
        case Op("/", _):
            return True
        case Op("^", _):
            return True
    return any(_divides(part) for part in _parts(node))
