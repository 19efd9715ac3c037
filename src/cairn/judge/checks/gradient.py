"""Gradients against central differences: which parameter, which entries, what kind of mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cairn.judge.checks.compare import difference, failed
from cairn.judge.checks.sampling import raised
from cairn.judge.outcome import LearnerError

Point = Mapping[str, Any]


def numerical(loss: Callable[..., Any], point: Point, name: str, step: float = 1e-5) -> np.ndarray[Any, Any]:
    """The gradient of a scalar function with respect to one argument, by central differences in float64."""
    x = np.array(point[name], dtype=np.float64)
    batch: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    for at in np.ndindex(x.shape):
        for sign in (1.0, -1.0):
            moved = x.copy()
            moved[at] += sign * step
            batch.append((tuple({**point, name: moved}.values()), {}))
    many = getattr(loss, "map", None)
    if many is None:
        values = [loss(*args) for args, _ in batch]
    else:
        values, problem = many(batch)
        if problem is not None:
            raise raised(problem)
    flat = np.array([float(np.asarray(v).sum()) for v in values])
    found: np.ndarray[Any, Any] = ((flat[::2] - flat[1::2]) / (2 * step)).reshape(x.shape)
    return found


def gradient(
    loss: Callable[..., Any],
    gradients: Callable[..., Any],
    point: Point,
    *,
    wrt: tuple[str, ...] | None = None,
    terms: Mapping[str, Mapping[str, Any]] | None = None,
    rtol: float = 1e-4,
    atol: float = 1e-6,
) -> None:
    """Check gradients written by hand against central differences.

    Args:
        loss: called with the values of `point` in order; gives the scalar loss. Best the reference's.
        gradients: called likewise; gives one gradient for each name in `wrt`: the array itself for one name,
            else a tuple in that order or a dict by name.
        point: the arguments by name, in the order in which both functions take them.
        wrt: the names to differentiate with respect to; by default all that are float arrays.
        terms: for a parameter, the terms of its gradient by name, to say which one is missing.
        rtol: relative tolerance.
        atol: absolute tolerance.

    Raises:
        CheckFailed: naming the parameter, the entries and, if recognised, the pattern of the mistake.
    """
    names = wrt or tuple(n for n, v in point.items() if np.asarray(v).dtype.kind == "f")
    try:
        found = gradients(*point.values())
    except LearnerError as error:
        raise raised(error, tuple(point.values())) from error
    for name, got in zip(names, _spread(found, names, point), strict=True):
        wanted = numerical(loss, point, name)
        scale = float(np.abs(wanted).max(initial=0))
        parted = difference(got, wanted, rtol=rtol, atol=max(atol, atol * scale))
        if parted is not None:
            pattern, text = explain(np.asarray(got), wanted, (terms or {}).get(name, {}))
            message = f"The gradient with respect to {name} {parted.message}. {text}".strip()
            raise failed(
                f"the gradient with respect to {name} is right", message, args=tuple(point.values()),
                names=tuple(point), got=got, expected=wanted, at=parted.at,
                detail={"parameter": name, "pattern": pattern},
            )  # fmt: skip


def _spread(found: Any, names: tuple[str, ...], point: Point) -> list[Any]:
    """One gradient for each name."""
    if len(names) == 1 and not isinstance(found, dict | tuple):
        return [found]
    if isinstance(found, dict):
        if set(names) <= set(found):
            return [found[n] for n in names]
    elif isinstance(found, tuple | list) and len(found) == len(names):
        return list(found)
    message = f"Return one gradient for each of {', '.join(names)}, in this order."
    raise failed("there is a gradient for each parameter", message, args=tuple(point.values()), got=found)


def explain(
    got: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any], terms: Mapping[str, Any]
) -> tuple[str, str]:
    """The kind of mistake that turns `wanted` into `got`: a short name and a sentence, or nothing."""
    if got.dtype.kind not in "fiu":
        return "", ""
    if got.shape != wanted.shape:
        return _shapes(got, wanted)
    if not np.isfinite(got).all():
        return "not finite", "It holds NaN or infinity: look for a division by zero or an overflow."
    if not got.any():
        return "zero", "It is zero everywhere: the gradient does not reach this parameter."
    factor = _factor(got, wanted)
    if factor is not None:
        return _factors(factor)
    if got.ndim == 2 and got.shape[0] == got.shape[1] and _near(got, wanted.T):
        return "transposed", "It is the transpose of the right gradient: swap the two factors of the product."
    for name, term in terms.items():
        if _near(got + np.asarray(term), wanted):
            return "missing term", f"The term for {name} is missing."
        if _near(got + 2 * np.asarray(term), wanted):
            return "sign of a term", f"The term for {name} has the wrong sign."
    return _residual(got - wanted)


def _shapes(got: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> tuple[str, str]:
    if got.shape == wanted.shape[::-1] and _near(got.T, wanted):
        return "transposed", "It is the transpose of the right gradient."
    for axis in range(got.ndim):
        summed = got.sum(axis=axis)
        if summed.shape == wanted.shape and _near(summed, wanted):
            return "missing batch sum", f"Sum it over axis {axis}: each example of the batch adds to it."
    if got.size == wanted.size and _near(got.reshape(wanted.shape), wanted):
        return "shape", "The numbers are right; only the shape is not that of the parameter."
    return "shape", "A gradient has the shape of what it is the gradient of."


def _factor(got: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> float | None:
    """The number k with got = k * wanted, if there is one."""
    if not wanted.any():
        return None
    k = float((got * wanted).sum() / (wanted * wanted).sum())
    return k if k and _near(got, k * wanted) else None


def _factors(k: float) -> tuple[str, str]:
    if abs(k + 1) < 1e-3:
        return "sign", "It has the wrong sign everywhere."
    if abs(k - 2) < 1e-3:
        return "factor two", "It is twice the right gradient: the derivative of ½x² is x, that of x² is 2x."
    if abs(k - 0.5) < 1e-3:
        return "factor two", "It is half the right gradient: the derivative of x² is 2x."
    text = f"It is {k:.4g} times the right gradient"
    for n, side in (
        (k, "sum where the mean was meant"),
        (1 / k, "mean where the sum was meant"),
    ):
        if n > 1.5 and abs(n - round(n)) < 1e-3:
            return "factor", f"{text}: a {side}? Compare {round(n)} with the size of the batch."
    return "factor", f"{text}."


def _residual(residual: np.ndarray[Any, Any]) -> tuple[str, str]:
    """What the error itself looks like."""
    wrong = ~np.isclose(residual, 0, atol=1e-6)
    if residual.ndim:
        for axis in range(residual.ndim):
            spread = residual.max(axis=axis) - residual.min(axis=axis)
            if residual.shape[axis] > 1 and _near(spread, np.zeros_like(spread)) and wrong.all():
                return (
                    "missing term",
                    f"The error is the same along axis {axis}: a term like a mean or a sum is missing.",
                )
    if 0 < wrong.sum() <= residual.size // 2:
        places = [list(map(int, at)) for at in np.argwhere(wrong)[:4]]
        return (
            "some entries",
            f"Only {int(wrong.sum())} of {residual.size} entries are wrong, such as {places}.",
        )
    return "", ""


def _near(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    scale = float(np.abs(other).max(initial=0))
    return bool(np.allclose(one, other, rtol=1e-3, atol=1e-6 + 1e-4 * scale))
