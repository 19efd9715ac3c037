"""The conditions a check is made of. Each is a figure that knows whether it came out; a NaN never does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cairn.claims.outcome import Figure, Outcome, Relation
from cairn.claims.plot import Plot


def equal(
    name: str,
    value: ArrayLike,
    expected: ArrayLike,
    *,
    tolerance: float = 0.0,
    relative: float = 0.0,
    unit: str = "",
) -> Figure:
    """`value` equals `expected` up to `tolerance + relative · |expected|`.

    Arrays are compared entry by entry; the figure is then the largest difference.

    Raises:
        ValueError: the shapes differ.
    """
    left, right = np.asarray(value, dtype=float), np.asarray(expected, dtype=float)
    if left.shape != right.shape:
        message = f"{name}: shapes {left.shape} and {right.shape} cannot be equal"
        raise ValueError(message)
    size = np.where(np.isfinite(right), np.abs(right), 0.0)
    slack = tolerance + relative * size
    with np.errstate(invalid="ignore"):
        apart = np.where(left == right, 0.0, np.abs(left - right))
    good = bool(np.all(apart <= slack))
    if left.ndim == 0:
        return Figure(name, float(left), unit, Relation.EQUAL, float(right), float(slack), good)
    worst = float(np.max(apart, initial=0.0))
    return Figure(
        f"{name}: largest difference",
        worst,
        unit,
        Relation.AT_MOST,
        float(np.max(slack, initial=0.0)),
        0.0,
        good,
    )


def at_most(name: str, value: ArrayLike, bound: ArrayLike, *, slack: float = 0.0, unit: str = "") -> Figure:
    """`value ≤ bound + slack`. For arrays, in every entry; the figure is the tightest one."""
    return _beside(name, value, bound, slack, unit, Relation.AT_MOST)


def at_least(name: str, value: ArrayLike, bound: ArrayLike, *, slack: float = 0.0, unit: str = "") -> Figure:
    """`value ≥ bound − slack`. For arrays, in every entry; the figure is the tightest one."""
    return _beside(name, value, bound, slack, unit, Relation.AT_LEAST)


def _beside(  # noqa: PLR0917  # one private helper, called twice
    name: str, value: ArrayLike, bound: ArrayLike, slack: float, unit: str, relation: Relation
) -> Figure:
    left, right = np.broadcast_arrays(np.asarray(value, dtype=float), np.asarray(bound, dtype=float))
    over = left - right if relation is Relation.AT_MOST else right - left
    if over.size == 0:
        message = f"{name}: nothing to compare"
        raise ValueError(message)
    good = bool(np.all(over <= slack))
    share = np.where(right != 0, over / np.where(right != 0, np.abs(right), 1), over)
    place = np.unravel_index(int(np.argmax(np.where(np.isnan(share), np.inf, share))), over.shape)
    return Figure(name, float(left[place]), unit, relation, float(right[place]), slack, good)


def that(name: str, condition: object) -> Figure:
    """`condition` is true; an array must be true in every entry."""
    good = bool(np.all(np.asarray(condition, dtype=bool)))
    return Figure(name, float(good), "", Relation.TRUE, 1.0, 0.0, good)


def figure(name: str, value: float, unit: str = "") -> Figure:
    """A number that is measured and shown, and compared with nothing."""
    return Figure(name, float(value), unit)


def outcome(
    *figures: Figure, given: Sequence[Figure] = (), message: str = "", plot: Plot | None = None
) -> Outcome:
    """The outcome of one run.

    Args:
        figures: conditions (`equal`, `at_most`, `at_least`, `that`), of which at least one, and measured figures.
        given: conditions under which the run counts at all. In a failure mode: the assumptions that still hold.
        message: one sentence on what the reader sees.
        plot: a picture of it.

    Raises:
        ValueError: there is no condition, so that nothing could break; or two figures share a name.
    """
    if all(f.relation is Relation.NONE for f in figures):
        message = "an outcome needs at least one condition: equal, at_most, at_least or that"
        raise ValueError(message)
    keys = [f.name for f in (*given, *figures)]
    twice = {k for k in keys if keys.count(k) > 1}
    if twice:
        message = f"two figures share the name {min(twice)!r}; give each its own"
        raise ValueError(message)
    return Outcome(tuple(figures), tuple(given), message, plot)
