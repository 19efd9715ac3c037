"""The functions an author's expression may call: arithmetic, arrays, chance. Each is pure and small."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np

MOST_ELEMENTS = 10_000
LARGEST_POWER = 10_000


def array(values: object) -> np.ndarray[Any, Any]:
    """An array of plain numbers, at most 10 000 of them.

    Raises:
        ValueError: it is ragged or larger.
    """
    made = np.asarray(values)
    if made.size > MOST_ELEMENTS:
        msg = f"an array of {made.size} elements is too large"
        raise ValueError(msg)
    return made


def power(base: Any, exponent: Any) -> Any:  # noqa: ANN401  # numbers and arrays alike
    """`base ** exponent`, refusing what would take for ever."""
    if isinstance(base, Fraction) and isinstance(exponent, int) and abs(exponent) > LARGEST_POWER // 100:
        msg = f"{base} ** {exponent} is too large"
        raise ValueError(msg)
    if isinstance(exponent, int) and isinstance(base, int):
        if abs(exponent) * max(base.bit_length(), 1) > LARGEST_POWER:
            msg = f"{base} ** {exponent} is too large"
            raise ValueError(msg)
        return base**exponent if exponent >= 0 else float(base) ** exponent
    return base**exponent


def times(a: Any, b: Any) -> Any:  # noqa: ANN401
    """`a * b`; a text or list repeats at most 10 000 members."""
    for many, count in ((a, b), (b, a)):
        if isinstance(many, str | list) and isinstance(count, int) and len(many) * count > MOST_ELEMENTS:
            msg = f"{count} repeats are too long"
            raise ValueError(msg)
    return a * b


def remainder(a: Any, b: Any) -> Any:  # noqa: ANN401
    """`a % b` of numbers and arrays; texts have forms instead."""
    if isinstance(a, str):
        msg = "% is for numbers; texts are put together with holes"
        raise TypeError(msg)
    return a % b


def counted(*limits: int) -> range:
    """`range`, at most 10 000 long."""
    made = range(*limits)
    if len(made) > MOST_ELEMENTS:
        msg = f"a range of {len(made)} is too long"
        raise ValueError(msg)
    return made


def _either(one: Callable[[float], float], many: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of a number, or of each element of an array."""

    def function(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, np.ndarray | list | tuple):
            return many(array(value))
        return one(value)

    return function


def _sum(values: Any, axis: int | None = None) -> Any:  # noqa: ANN401
    if isinstance(values, np.ndarray):
        return _plain(values.sum(axis=axis))
    return sum(values)


def _extreme(of: Callable[..., Any], of_array: Callable[..., Any]) -> Callable[..., Any]:
    def function(*values: Any, axis: int | None = None) -> Any:  # noqa: ANN401
        if len(values) == 1 and isinstance(values[0], np.ndarray):
            return _plain(of_array(values[0], axis=axis))
        return of(*values)

    return function


def _round(value: Any, digits: int = 0) -> Any:  # noqa: ANN401
    if not -15 <= digits <= 15:
        msg = f"{digits} digits cannot be rounded to"
        raise ValueError(msg)
    if isinstance(value, np.ndarray):
        return np.round(value, digits)
    return round(value, digits) if digits else math.floor(value + 0.5)


def _over(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of an array with an optional axis; a plain number where the result is one."""

    def of(values: Any, axis: int | None = None) -> Any:  # noqa: ANN401
        return _plain(function(array(values), axis=axis))

    return of


def _spread(function: Callable[..., Any]) -> Callable[..., Any]:
    def of(values: Any, ddof: int = 0, axis: int | None = None) -> Any:  # noqa: ANN401
        return _plain(function(array(values), axis=axis, ddof=ddof))

    return of


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.item() if isinstance(value, np.generic) else value


def _linear(function: Callable[..., Any]) -> Callable[..., Any]:
    def of(*values: Any) -> Any:  # noqa: ANN401
        return _plain(function(*(array(v) for v in values)))

    return of


def softmax(scores: Any, axis: int = -1) -> np.ndarray[Any, Any]:  # noqa: ANN401
    """exp(z) / sum(exp(z)) along an axis."""
    z = array(scores).astype(float)
    exponentials = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=axis, keepdims=True))


def logsumexp(scores: Any) -> float:  # noqa: ANN401
    """log(sum(exp(z)))."""
    z = array(scores).astype(float)
    return float(z.max() + np.log(np.exp(z - z.max()).sum()))


def sigmoid(value: Any) -> Any:  # noqa: ANN401
    """1 / (1 + exp(-x))."""
    return _plain(1.0 / (1.0 + np.exp(-np.asarray(value, dtype=float))))


def relu(value: Any) -> Any:  # noqa: ANN401
    """max(x, 0)."""
    return _plain(np.maximum(value, 0))


def broadcast(*shapes: Sequence[int]) -> list[int] | str:
    """The shape that arrays of these shapes broadcast to, or "error"."""
    try:
        return list(np.broadcast_shapes(*(tuple(s) for s in shapes)))
    except ValueError:
        return "error"


def matmul_shape(a: Sequence[int], b: Sequence[int]) -> list[int] | str:
    """The shape of `A @ B` as NumPy has it, or "error"."""
    a, b = list(a), list(b)
    if not a or not b:
        return "error"
    rows, columns = a[-2:-1], b[-1:] if len(b) > 1 else []
    outer = broadcast(a[:-2], b[:-2])
    if isinstance(outer, str) or a[-1] != b[-2 if len(b) > 1 else 0]:
        return "error"
    return [*outer, *rows, *columns]


def normal_cdf(x: float, mean: float = 0.0, deviation: float = 1.0) -> float:
    """P(X <= x) for a normal X."""
    return 0.5 * (1.0 + math.erf((x - mean) / (deviation * math.sqrt(2.0))))


def distinct(*values: Any) -> bool:  # noqa: ANN401
    """Whether all values differ, numbers by more than 1 part in 10^6."""
    if len(values) == 1:
        values = tuple(values[0])
    return not any(_same(a, b) for i, a in enumerate(values) for b in values[:i])


def _same(a: Any, b: Any) -> bool:  # noqa: ANN401
    try:
        return bool(np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-6, atol=1e-12))
    except TypeError:
        return bool(a == b)


def frac(numerator: Any, denominator: int = 1) -> Fraction:  # noqa: ANN401
    """An exact fraction."""
    return Fraction(numerator) / Fraction(denominator)


def join(values: Iterable[object], separator: str = ", ") -> str:
    """The values as one text."""
    return separator.join(str(_plain(v)) for v in values)


def _onehot(index: int, size: int) -> np.ndarray[Any, Any]:
    return np.asarray(np.eye(size, dtype=int)[index])


def _sized(function: Callable[..., Any]) -> Callable[..., Any]:
    def of(*sizes: int) -> np.ndarray[Any, Any]:
        if math.prod(sizes) > MOST_ELEMENTS:
            msg = f"an array of shape {sizes} is too large"
            raise ValueError(msg)
        return np.asarray(function(sizes, dtype=int))

    return of


def _outer(a: Any, b: Any) -> np.ndarray[Any, Any]:  # noqa: ANN401
    if np.size(a) * np.size(b) > MOST_ELEMENTS:
        msg = f"the outer product of {np.size(a)} and {np.size(b)} numbers is too large"
        raise ValueError(msg)
    return np.outer(array(a), array(b))


def _diag(values: Any) -> np.ndarray[Any, Any]:  # noqa: ANN401
    if np.ndim(values) == 1 and len(values) ** 2 > MOST_ELEMENTS:
        msg = f"a diagonal of {len(values)} numbers is too long"
        raise ValueError(msg)
    return np.diag(array(values))


def _comb(n: int, k: int) -> int:
    if n > LARGEST_POWER // 10:
        msg = f"comb({n}, {k}) is too large"
        raise ValueError(msg)
    return math.comb(n, k)


def _factorial(n: int) -> int:
    if n > 170:
        msg = f"{n}! is too large"
        raise ValueError(msg)
    return math.factorial(n)


CONSTANTS = MappingProxyType({"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan})

FUNCTIONS: MappingProxyType[str, Callable[..., Any]] = MappingProxyType({
    "abs": abs, "sum": _sum, "min": _extreme(min, np.min), "max": _extreme(max, np.max), "round": _round,
    "len": len, "range": counted, "int": int, "float": float, "str": str, "all": all, "any": any,
    "sorted": sorted, "list": list, "zip": zip, "enumerate": enumerate, "set": lambda v: sorted(set(v)),
    "sqrt": _either(math.sqrt, np.sqrt), "exp": _either(math.exp, np.exp), "log": _either(math.log, np.log),
    "log2": _either(math.log2, np.log2), "log10": _either(math.log10, np.log10),
    "sin": _either(math.sin, np.sin), "cos": _either(math.cos, np.cos), "tan": _either(math.tan, np.tan),
    "atan": _either(math.atan, np.arctan), "tanh": _either(math.tanh, np.tanh),
    "floor": _either(math.floor, np.floor), "ceil": _either(math.ceil, np.ceil),
    "sign": lambda x: _plain(np.sign(x)), "factorial": _factorial, "comb": _comb, "gcd": math.gcd, "lcm": math.lcm,
    "frac": frac, "erf": math.erf, "normal_cdf": normal_cdf, "isfinite": math.isfinite,
    "array": array, "shape": lambda v: list(np.shape(v)), "size": lambda v: int(np.size(v)),
    "dot": _linear(np.dot), "outer": _outer, "matmul": _linear(np.matmul), "transpose": _linear(np.transpose),
    "trace": _linear(np.trace), "det": _linear(np.linalg.det), "inv": _linear(np.linalg.inv),
    "solve": _linear(np.linalg.solve), "pinv": _linear(np.linalg.pinv),
    "rank": lambda a: int(np.linalg.matrix_rank(array(a))),
    "norm": lambda v, p=None: float(np.linalg.norm(array(v), p)),
    "eigvalsh": _linear(np.linalg.eigvalsh), "singular_values": lambda a: np.linalg.svd(array(a), compute_uv=False),
    "eye": lambda n: np.eye(min(n, 100), dtype=int), "zeros": _sized(np.zeros), "ones": _sized(np.ones),
    "diag": _diag, "onehot": _onehot,
    "mean": _over(np.mean), "median": _over(np.median), "prod": _over(np.prod),
    "cumsum": _over(np.cumsum), "cumprod": _over(np.cumprod), "argmax": _over(np.argmax), "argmin": _over(np.argmin),
    "sort": _linear(np.sort), "argsort": _linear(np.argsort),
    "var": _spread(np.var), "std": _spread(np.std),
    "reshape": lambda v, s: array(v).reshape(tuple(s)), "flatten": lambda v: array(v).ravel(),
    "concat": lambda *v: np.concatenate([array(x) for x in v]), "stack": lambda *v: np.stack([array(x) for x in v]),
    "clip": lambda v, low, high: _plain(np.clip(v, low, high)), "where": lambda c, a, b: _plain(np.where(c, a, b)),
    "convolve": lambda a, b: np.convolve(array(a), array(b)),
    "correlate": lambda a, b: np.correlate(array(a), array(b)),
    "softmax": softmax, "logsumexp": logsumexp, "sigmoid": sigmoid, "relu": relu,
    "broadcast": broadcast, "matmul_shape": matmul_shape, "distinct": distinct, "join": join,
})  # fmt: skip
"""Every name an expression may call."""
