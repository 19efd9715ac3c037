"""When two answers are the same."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from cairn.curriculum.items import algebra, symbolic
from cairn.curriculum.items.algebra import AnswerError, Node
from cairn.curriculum.items.evaluation import at_points, value
from cairn.curriculum.items.key import ExpressionKey, Key, NumericKey, OrderKey, OutputKey, ShapeKey

_PRIMES = (1009.0, 2003.0, 3001.0, 4001.0, 5003.0, 6007.0, 7001.0, 8009.0, 9001.0, 10007.0)
_TOKEN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|\w+|[^\w\s,]", re.IGNORECASE)
AGREE = 1e-7
"""Relative error up to which two values of formulas are equal."""
DOUBTFUL = 1e-3
"""Relative error up to which rounding may be the reason."""


def same(a: Key, b: Key) -> bool:
    """Whether two keys of one kind would take the same answer."""
    match a, b:
        case NumericKey(), NumericKey():
            return near(a, b.value)
        case ExpressionKey(), ExpressionKey():
            return equal(a, b.node)
        case ShapeKey(), ShapeKey():
            return same_shape(a, b.sizes)
        case OutputKey(), OutputKey():
            return same_output(a.text, b.text)
    return False


def near(key: NumericKey, got: Any) -> bool:  # noqa: ANN401
    """Whether a number, vector or matrix is right within the tolerance."""
    if np.shape(got) != np.shape(key.value):
        return False
    return bool(np.all(np.abs(np.asarray(got) - key.value) <= key.atol + key.rtol * np.abs(key.value)))


def defined(key: ExpressionKey) -> None:
    """See that a key has a value at most of its points.

    Raises:
        AnswerError: it has not.
    """
    for here in key.points:
        made = np.atleast_1d(value(key.node, here))
        if np.isfinite(made).mean() < 0.9:
            msg = "the formula has no value at many points of its domain; narrow the ranges"
            raise AnswerError(msg)


def equal(key: ExpressionKey, node: Node, got: Sequence[Any] | None = None) -> bool:
    """Whether a formula has the key's value at every point.

    The values in double precision decide, unless they differ by so little that rounding may be the reason; then
    more digits do, where there are no arrays.

    Args:
        key: what is right.
        node: the formula.
        got: its values at the key's points, if they are known already.

    Raises:
        AnswerError: it cannot be worked out.
    """
    got = at_points(node, key.points) if got is None else got
    error = max(apart(r, g) for r, g in zip(at_points(key.node, key.points), got, strict=True))
    if error <= 1:
        return True
    if error * AGREE > DOUBTFUL or len(key.points) > 1:
        return False
    return symbolic.equal_exactly(key.node, node, key.points[0]) is True


def apart(right: Any, got: Any) -> float:  # noqa: ANN401
    """How far two values are apart wherever the first is finite, in units of what still counts as equal."""
    right, got = number_of(right), number_of(got)
    with np.errstate(all="ignore"):
        if np.ndim(right) == 2 or np.ndim(got) == 2:
            if np.shape(right) != np.shape(got):
                return math.inf
            return _largest(np.abs(right - got) / (AGREE * (np.max(np.abs(right)) + 1e-12)))
        right, got = np.broadcast_arrays(np.atleast_1d(right), np.atleast_1d(got))
        gaps = np.abs(right - got) / (AGREE * np.abs(right) + 1e-11)
        return _largest(gaps[np.isfinite(right)])


def _largest(gaps: Any) -> float:  # noqa: ANN401
    largest = float(np.max(gaps, initial=0.0))
    return math.inf if math.isnan(largest) else largest


def number_of(v: Any) -> Any:  # noqa: ANN401
    """A matrix of one element as the number it holds."""
    return v[0, 0] if np.ndim(v) == 2 and v.shape == (1, 1) else v


def same_shape(key: ShapeKey, sizes: tuple[str, ...] | None) -> bool:
    """Whether two shapes are the same, symbols standing for any size.

    Raises:
        AnswerError: a size cannot be read.
    """
    if sizes is None or key.sizes is None:
        return sizes is None and key.sizes is None
    if len(sizes) != len(key.sizes):
        [size_value(s, key.symbols) for s in sizes]
        return False
    return all(
        size_value(a, key.symbols) == size_value(b, key.symbols)
        for a, b in zip(key.sizes, sizes, strict=True)
    )


@lru_cache(1024)
def size_value(text: str, symbols: tuple[str, ...]) -> float:
    """A size as a number, each symbol standing for a prime.

    Raises:
        AnswerError: it is no size.
    """
    if text.isascii() and text.isdigit() and len(text) < 16:
        return float(text)
    node = algebra.parse(text, symbols)
    made = value(node, {s: np.complex128(p) for s, p in zip(symbols, _PRIMES, strict=False)})
    number = complex(made) if np.ndim(made) == 0 else complex("nan")
    whole = symbols or (np.isfinite(number) and number.real == int(number.real))
    if not np.isfinite(number) or number.imag or number.real < 0 or not whole:
        msg = f"{text[:40]!r} is no size of an axis."
        raise AnswerError(msg)
    return number.real


def same_output(right: str, got: str) -> bool:
    """Whether two outputs agree up to spaces, commas and the last digits of numbers; lines count."""
    mine, theirs = (_lines(t) for t in (right, got))
    return len(mine) == len(theirs) and all(_same_line(a, b) for a, b in zip(mine, theirs, strict=True))


def _lines(text: str) -> list[list[str]]:
    found = [_TOKEN.findall(line) for line in text.strip().splitlines() if line.strip()]
    joined: list[list[str]] = []
    depth = 0
    for tokens in found:  # a matrix printed over several lines is one value
        if depth > 0:
            joined[-1] += tokens
        else:
            joined.append(tokens)
        depth += sum((t in "([{") - (t in ")]}") for t in tokens)
    return joined


def _same_line(a: Sequence[str], b: Sequence[str]) -> bool:
    return len(a) == len(b) and all(_same_token(x, y) for x, y in zip(a, b, strict=True))


def _same_token(a: str, b: str) -> bool:
    if a == b or {a, b} == {"'", '"'}:
        return True
    try:
        x, y = float(a), float(b)
    except ValueError:
        return False
    if "." not in a and "." not in b and "e" not in (a + b).lower():
        return False  # whole numbers differ or are written differently
    if ("." in a or "e" in a.lower()) != ("." in b or "e" in b.lower()):
        return False  # 3 is not 3.0: the type shows
    return abs(x - y) <= 1e-4 * max(abs(x), abs(y))


def in_order(given: Sequence[str], key: OrderKey) -> bool:
    """Whether no pair of steps stands the wrong way round."""
    place = {k: i for i, k in enumerate(given)}
    return all(place[a] < place[b] for a, b in key.before if a in place and b in place)
