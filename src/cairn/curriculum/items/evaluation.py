"""The value of a learner's formula where its variables have values. Total: every failure is a message."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from cairn.curriculum.items.formula import AnswerError, Call, Node, Num, Op, Row, Var

Value = Any
"""A complex array over the sample points (scalars), or one matrix as an array of two dimensions."""

LARGEST = 10_000
"""Elements that a matrix in an answer may have."""

LARGEST_COUNT = 1000
"""The largest number whose factorial or binomial coefficients are worked out."""

_ELEMENTWISE: dict[str, Callable[[Any], Any]] = {
    "exp": np.exp, "log": np.log, "ln": np.log, "log2": np.log2, "log10": np.log10, "sqrt": np.sqrt, "abs": np.abs,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "tanh": np.tanh, "sinh": np.sinh, "cosh": np.cosh, "atan": np.arctan,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.where(np.real(x) > 0, x, 0),
}  # fmt: skip
_CONSTANTS = {"pi": math.pi, "e": math.e}
_TOO_LARGE = "A matrix in this formula becomes too large."


Points = Sequence[Mapping[str, Value]]
WorkOut = Callable[[Node, Points], list[Value]]
"""A way to work out a formula at some points. It raises AnswerError, and nothing else."""


def at_points(node: Node, where: Points) -> list[Value]:
    """The values of a formula at some points, worked out here.

    Raises:
        AnswerError: as `value`.
    """
    return [value(node, here) for here in where]


def value(node: Node, names: Mapping[str, Value]) -> Value:
    """The value of a formula; scalars are complex, so that logs and roots of negative numbers exist.

    A name may stand for an array over many points; the result is then an array over the same points.

    Raises:
        AnswerError: it asks for something that does not exist, such as a product of shapes that do not fit.
    """
    with np.errstate(all="ignore"):
        try:
            return _value(node, names)
        except AnswerError:
            raise
        except np.linalg.LinAlgError:
            msg = "A matrix here has no inverse."
            raise AnswerError(msg) from None
        except (ValueError, TypeError, ArithmeticError, IndexError) as error:
            msg = f"This cannot be worked out: {error}."
            raise AnswerError(msg) from None


def _value(node: Node, names: Mapping[str, Value]) -> Value:  # noqa: PLR0911  # one kind after another
    match node:
        case Num(number):
            return np.complex128(number)
        case Var(name):
            return names[name] if name in names else np.complex128(_CONSTANTS[name])
        case Row(members):
            return _row([_value(m, names) for m in members])
        case Call("D", (of, Var(by))):
            return _derivative(of, by, names)
        case Call(name, arguments):
            return _call(name, [_value(a, names) for a in arguments])
        case Op("neg", (inner,)):
            return -_value(inner, names)
        case Op("T", (inner,)):
            made = _value(inner, names)  # once: a row of primes would double the work with each
            return np.transpose(made) if _is_matrix(made) else made
        case Op(sign, (left, right)):
            return _operate(sign, _value(left, names), _value(right, names))
    raise TypeError(node)


def _is_matrix(v: Value) -> bool:
    return isinstance(v, np.ndarray) and v.ndim == 2


def _operate(sign: str, a: Value, b: Value) -> Value:  # noqa: PLR0911  # one kind after another
    if not (_is_matrix(a) or _is_matrix(b)):
        return _scalar(sign, a, b)
    if _is_matrix(a) and a.shape == (1, 1) and sign != "^":
        a = a[0, 0]
    if _is_matrix(b) and b.shape == (1, 1):
        b = b[0, 0]
    both = _is_matrix(a) and _is_matrix(b)
    match sign:
        case "+" | "-" if both and a.shape == b.shape:
            return a + b if sign == "+" else a - b
        case "*" if both:
            msg = (
                "Write @ (or nothing) between matrices for their product, and .* for the elementwise product."
            )
            raise AnswerError(msg)
        case "@" if both:
            return _product(a, b)
        case ".*" if both and a.shape == b.shape:
            return a * b
        case "*" | "@" | ".*" if not both:
            return a * b
        case "/" if not _is_matrix(b):
            return a / b
        case "^" if _is_matrix(a):
            return _matrix_power(a, b)
    if sign in {"+", "-"} and not (_is_matrix(a) and _is_matrix(b)) and not (_is_matrix(a) or _is_matrix(b)):
        return _scalar(sign, a, b)
    shapes = f"{_shape(a)} and {_shape(b)}"
    msg = f"The shapes {shapes} do not fit for {'the product' if sign == '@' else repr(sign)}."
    raise AnswerError(msg)


def _scalar(sign: str, a: Value, b: Value) -> Value:
    match sign:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*" | "@" | ".*":
            return a * b
        case "/":
            return np.divide(a, b)
        case _:
            return np.power(np.asarray(a, dtype=complex), b)


def _product(a: Value, b: Value) -> Value:
    if a.shape[1] == b.shape[0]:
        if a.shape[0] * b.shape[1] > LARGEST:
            raise AnswerError(_TOO_LARGE)
        return a @ b
    hint = " Is a transpose missing?" if a.shape[0] == b.shape[0] or a.shape[1] == b.shape[1] else ""
    msg = f"The shapes {_shape(a)} and {_shape(b)} do not fit for the product.{hint}"
    raise AnswerError(msg)


def _matrix_power(a: Value, b: Value) -> Value:
    exponent = complex(b)
    if (
        exponent.imag
        or not abs(exponent.real) <= 8
        or exponent.real != int(exponent.real)
        or a.shape[0] != a.shape[1]
    ):
        msg = "Only a square matrix has powers here, with whole exponents from -8 to 8."
        raise AnswerError(msg)
    return np.linalg.matrix_power(a, int(exponent.real))


def _shape(v: Value) -> str:
    return "(" + ", ".join(map(str, v.shape)) + ")" if _is_matrix(v) else "a number"


def _row(members: list[Value]) -> Value:
    """A column from numbers, a matrix from rows."""
    if all(_is_matrix(m) for m in members):
        return np.concatenate([np.ravel(m)[None, :] for m in members])
    if any(_is_matrix(m) for m in members):
        msg = "A row mixes numbers and rows."
        raise AnswerError(msg)
    if any(np.ndim(m) for m in members):
        msg = "One formula is asked for, not a list."
        raise AnswerError(msg)
    return np.array([[complex(m)] for m in members])


def _call(name: str, arguments: list[Value]) -> Value:
    if name in _ELEMENTWISE:
        (x,) = _exactly(name, arguments, 1)
        return _ELEMENTWISE[name](np.asarray(x, dtype=complex) if not _is_matrix(x) else x)
    if name in {"max", "min"}:
        return _extreme(name, arguments)
    if name == "comb":
        n, k = _exactly(name, arguments, 2)
        return _over_points(lambda a, b: math.comb(int(a), int(b)), n, k)
    if name == "dot":
        a, b = _exactly(name, arguments, 2)
        return np.sum(_operate(".*", a, b))
    (x,) = _exactly(name, arguments, 1)
    if name == "factorial":
        return _over_points(lambda a: math.factorial(int(a)) if a <= 170 else math.inf, x)
    return _of_matrix(name, x)


def _of_matrix(name: str, x: Value) -> Value:  # noqa: PLR0911  # one kind after another
    if not _is_matrix(x):
        msg = f"{name} needs a vector or a matrix."
        raise AnswerError(msg)
    match name:
        case "sum":
            return np.sum(x)
        case "mean":
            return np.mean(x)
        case "transpose":
            return x.T
        case "inv":
            return np.linalg.inv(x)
        case "det":
            return np.linalg.det(x)
        case "trace" | "tr":
            return np.trace(x)
        case "norm":
            return np.sqrt(np.sum(np.abs(x) ** 2))
        case _:
            return _diagonal(x)


def _diagonal(x: Value) -> Value:
    """The matrix with a vector on its diagonal, or the diagonal of a matrix as a column."""
    if 1 not in x.shape:
        return np.diag(x)[:, None]
    if x.size**2 > LARGEST:
        raise AnswerError(_TOO_LARGE)
    return np.diagflat(x)


def _exactly(name: str, arguments: list[Value], count: int) -> list[Value]:
    if len(arguments) != count:
        msg = f"{name} takes {count} argument{'s' if count > 1 else ''}, not {len(arguments)}."
        raise AnswerError(msg)
    return arguments


def _extreme(name: str, values: list[Value]) -> Value:
    reals = [np.real(v) for v in values]
    function = np.maximum if name == "max" else np.minimum
    if len(reals) == 1 and _is_matrix(values[0]):
        return np.complex128(function.reduce(np.ravel(reals[0])))
    out = reals[0]
    for other in reals[1:]:
        out = function(out, other)
    return out + 0j


def _over_points(function: Callable[..., float], *arguments: Value) -> Value:
    def one(*numbers: complex) -> complex:
        reals = [complex(n).real for n in numbers]
        if any(not 0 <= r <= LARGEST_COUNT or r != int(r) for r in reals):
            return complex(math.nan)
        return complex(float(function(*reals)))

    made = np.vectorize(one, otypes=[complex])(*arguments)
    return made if made.ndim else made[()]


def _derivative(of: Node, by: str, names: Mapping[str, Value]) -> Value:
    """The derivative by central differences with one Richardson step: error of order h^4."""

    def slope(h: float) -> Value:
        up, down = ({**names, by: names[by] + s * h} for s in (1, -1))
        return (_value(of, up) - _value(of, down)) / (2 * h)

    return (4 * slope(5e-4) - slope(1e-3)) / 3
