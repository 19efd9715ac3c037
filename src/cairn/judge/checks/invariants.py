"""Structure that a function must keep, whatever the numbers: sums, symmetries, causality, independence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from cairn.judge.checks.check import setting
from cairn.judge.checks.compare import difference, failed
from cairn.judge.checks.finding import CheckFailed, Witness
from cairn.judge.checks.sampling import EXAMPLES, Values, over, property  # noqa: A004

_FEW = 8


def invariant(
    name: str, function: Any, holds: Callable[..., Any], *given: object, examples: int = EXAMPLES
) -> None:
    """Check a structure of your own.

    Args:
        name: the property as a phrase.
        function: the learner's function.
        holds: called with the result and then the inputs; False means that it does not hold.
        given: a strategy, or a constant, for each argument.
        examples: how many inputs.

    Raises:
        CheckFailed: with the smallest input found.
    """

    def judged(values: Values, got: Any) -> CheckFailed | None:
        if np.all(holds(got, *values)):
            return None
        return failed(name, f"This does not hold: {name}.", args=values, got=got)

    over(function, given, judged, examples=examples)


def rows_sum_to_one(function: Any, *given: object, axis: int = -1, examples: int = EXAMPLES) -> None:
    """Check that the result is a distribution along an axis: no entry negative, each sum one.

    Raises:
        CheckFailed: with the smallest input found.
    """

    def judged(values: Values, got: Any) -> CheckFailed | None:
        array = np.asarray(got)
        if array.ndim == 0 or array.dtype.kind not in "fiu":
            return failed(
                "each row sums to one", "The result is not an array of numbers.", args=values, got=got
            )
        sums = array.sum(axis=axis)
        wrong = ~(np.abs(sums - 1) < 1e-3 if array.dtype.itemsize < 4 else np.abs(sums - 1) < 1e-5)
        if not wrong.any():
            if not (array < 0).any():
                return None
            at = tuple(int(i) for i in np.argwhere(array < 0)[0])
            message = f"The entry at {list(at)} is {array[at]:.6g}: a probability cannot be negative."
            return failed("no probability is negative", message, args=values, got=got, at=at)
        at = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f" at {list(at)}" if at else ""
        message = f"The sum along axis {axis} is {np.asarray(sums)[at]:.6g}{place}, not 1."
        other = _other_axis(array, axis)
        if other is not None:
            message += f" Along axis {other} the sums are 1: the wrong axis was summed over."
        return failed("each row sums to one", message, args=values, got=got, at=at)

    over(function, given, judged, examples=examples)


def _other_axis(array: np.ndarray[Any, Any], axis: int) -> int | None:
    for other in range(array.ndim):
        if other != axis % array.ndim and np.allclose(array.sum(axis=other), 1, atol=1e-5):
            return other
    return None


def permutation_equivariant(function: Any, *given: object, axis: int = 0, examples: int = _FEW) -> None:
    """Check that reordering the first argument along an axis reorders the result in the same way.

    Raises:
        CheckFailed: with the smallest input found.
    """
    _permuted(function, given, axis, examples, follows=True)


def permutation_invariant(function: Any, *given: object, axis: int = 0, examples: int = _FEW) -> None:
    """Check that reordering the first argument along an axis leaves the result as it is.

    Raises:
        CheckFailed: with the smallest input found.
    """
    _permuted(function, given, axis, examples, follows=False)


def _permuted(function: Any, given: tuple[object, ...], axis: int, examples: int, *, follows: bool) -> None:
    name = (
        "the result follows the order of the input" if follows else "the order of the input does not matter"
    )

    def holds(first: Any, *rest: Any) -> None:
        places = np.arange(first.shape[axis])
        orders = (places[::-1], np.roll(places, 1))
        plain, *moved = _all(function, [(first, *rest), *((np.take(first, o, axis), *rest) for o in orders)])
        for order, got in zip(orders, moved, strict=True):
            wanted = np.take(plain, order, axis) if follows else plain
            _compare(
                name, "With the input reordered the result", got, wanted, (first, *rest), function, plain
            )

    property(holds, *given, examples=examples, name=name)


def causal(function: Any, *given: object, axis: int = 0, examples: int = _FEW) -> None:
    """Check that no position of the result depends on a later position of the first argument.

    Each position is disturbed in turn, twice, in directions that a normalisation does not undo; the entries
    of the Jacobian above its diagonal must be zero.

    Raises:
        CheckFailed: naming a position that sees the future.
    """
    name, called = "no position sees a later one", getattr(function, "name", "")

    def holds(first: Any, *rest: Any) -> None:
        rng = np.random.default_rng(setting().seed)
        disturbed = [
            (place, one)
            for place in range(1, first.shape[axis])
            for one in _disturbed(first, axis, place, rng)
        ]
        plain, *others = map(
            np.asarray, _all(function, [(a, *rest) for a in (first, *(d for _, d in disturbed))])
        )
        for (place, changed_input), moved in zip(disturbed, others, strict=True):
            if moved.shape != plain.shape:
                raise failed(
                    name, "The shape of the result depends on the values.", args=(first, *rest), got=moved
                )
            early, late = (np.moveaxis(a, axis, 0)[:place] for a in (plain, moved))
            changed = ~np.isclose(early, late, rtol=1e-6, atol=1e-9, equal_nan=True)
            if changed.any():
                seer = int(np.argwhere(changed)[0][0])
                message = f"Position {seer} changes when position {place} does: it sees the future."
                seen = (
                    Witness(partial(_again, called, (first, *rest)), plain),
                    Witness(partial(_again, called, (changed_input, *rest)), moved),
                )
                raise failed(
                    name, message, args=(first, *rest), got=moved, expected=plain, at=(seer,), witnesses=seen
                )

    property(holds, *given, examples=examples, name=name)


def _disturbed(value: Any, axis: int, place: int, rng: np.random.Generator) -> Iterator[Any]:
    """The array with one position changed, in different ways.

    A constant added to all features is what a layer norm takes away, and so is a factor: one change here has
    no direction in common with either, the other turns the signs round. Whole numbers may be places in a
    table: they become others that occur, or the next one.
    """
    scale = 1.0 + float(np.abs(value).max(initial=0)) if value.dtype.kind in "fc" else 1.0
    for turn in range(2):
        found = value.copy()
        row = np.moveaxis(found, axis, 0)
        old = row[place]
        if value.dtype.kind in "fc":
            noise = (scale * rng.normal(size=old.shape)).astype(value.dtype)
            row[place] = old + noise if turn == 0 else noise - old
        elif value.dtype.kind == "b":
            row[place] = ~old if turn == 0 else rng.integers(0, 2, size=old.shape).astype(bool)
        else:
            others = np.unique(value)
            steps = others[(np.searchsorted(others, old) + 1 + turn) % len(others)]
            row[place] = np.where(steps == old, old + 1, steps)
        yield found


def batch_independent(function: Any, *given: object, axis: int = 0, examples: int = _FEW) -> None:
    """Check that each example of a batch is treated as if it were alone.

    Raises:
        CheckFailed: naming an example whose result depends on its neighbours.
    """
    name = "each example of a batch stands alone"

    def holds(first: Any, *rest: Any) -> None:
        ones = [np.take(first, [place], axis) for place in range(first.shape[axis])]
        whole, *others = map(np.asarray, _all(function, [(a, *rest) for a in (first, *ones)]))
        for place, alone in enumerate(others):
            together = np.take(whole, [place], axis)
            text = f"Example {place} of the batch, given alone,"
            _compare(name, text, alone, together, (first, *rest), function, whole)

    property(holds, *given, examples=examples, name=name)


def linear(function: Any, *given: object, examples: int = _FEW) -> None:
    """Check that the function is linear in its first argument: f(2x - 3y) = 2 f(x) - 3 f(y).

    Raises:
        CheckFailed: with the smallest input found.
    """
    name = "the function is linear in its first argument"

    def holds(first: Any, *rest: Any) -> None:
        other = np.random.default_rng(setting().seed).normal(size=first.shape)
        one, two, both = map(
            np.asarray, _all(function, [(a, *rest) for a in (first, other, 2 * first - 3 * other)])
        )
        _compare(name, "f(2x - 3y)", both, 2 * one - 3 * two, (first, *rest), function, one)

    property(holds, *given, examples=examples, name=name)


def idempotent(function: Any, *given: object, examples: int = _FEW) -> None:
    """Check that applying the function to its own result changes nothing.

    Raises:
        CheckFailed: with the smallest input found.
    """
    name = "applying it twice is applying it once"

    def holds(first: Any, *rest: Any) -> None:
        once = function(first, *rest)
        _compare(
            name, "Applied twice, the result", function(once, *rest), once, (first, *rest), function, once
        )

    property(holds, *given, examples=examples, name=name)


def _again(name: str, args: Values, module: Any) -> Any:
    """The same call of another module's function."""
    return getattr(module, name)(*args)


def _all(function: Any, batch: list[Values]) -> list[Any]:
    """The results for several arguments, in one round trip."""
    many = getattr(function, "map", None)
    if many is None:
        return [function(*args) for args in batch]
    results, problem = many([(args, {}) for args in batch])
    if problem is not None:
        raise problem
    return list(results)


def _compare(name: str, text: str, got: Any, wanted: Any, args: Values, function: Any, plain: Any) -> None:  # noqa: PLR0917
    """Fail unless two results agree; `plain` is what the learner's function gives for `args` as they are."""
    found = difference(got, wanted)
    if found is None:
        return
    called = getattr(function, "name", "")
    witness = Witness(lambda module: getattr(module, called)(*args), plain)
    raise failed(
        name, f"{text} {found.message}.", args=args, got=got, expected=wanted, at=found.at,
        witnesses=(witness,),
    )  # fmt: skip
