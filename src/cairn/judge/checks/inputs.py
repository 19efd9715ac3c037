"""Inputs that are drawn by chance and made smaller once one fails.

Made for arrays and quick: a strategy draws from a seeded generator, and knows simpler variants of a value.
Where more is needed, `property` takes Hypothesis's strategies as well.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Sizes = dict["Dim", int]


@dataclass(frozen=True, eq=False)
class Dim:
    """A length to be drawn. Used in several shapes, it has one value in each example."""

    low: int
    high: int


def dim(low: int, high: int) -> Dim:
    """A length between `low` and `high`, both included."""
    return Dim(low, high)


class Strategy(ABC):
    """A kind of input."""

    def dims(self) -> Sequence[Dim]:
        """The lengths it depends on."""
        return ()

    @abstractmethod
    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> Any:
        """A value; `turn` counts the examples, the first ones being simple."""

    def resize(self, value: Any, sizes: Sizes) -> Any:  # noqa: ARG002
        """The value cut down to smaller lengths."""
        return value

    def simpler(self, value: Any) -> Iterator[Any]:  # noqa: ARG002
        """Simpler variants, simplest first."""
        return iter(())


@dataclass(frozen=True, eq=False)
class _Arrays(Strategy):
    shape: tuple[int | Dim, ...] | None
    min_dims: int
    max_dims: int
    min_side: int
    max_side: int
    low: float
    high: float
    integers: bool
    spread: bool
    dtype: np.dtype[Any]
    sides: tuple[Dim, ...] = field(default=())

    def dims(self) -> Sequence[Dim]:
        return [n for n in self.shape if isinstance(n, Dim)] if self.shape is not None else self.sides

    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> Any:
        return np.asarray(self._fill(rng, self._shape(rng, sizes, turn), turn)).astype(self.dtype)

    def _shape(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> tuple[int, ...]:
        if self.shape is not None:
            return tuple(sizes[n] if isinstance(n, Dim) else n for n in self.shape)
        count = self.min_dims + turn % (self.max_dims - self.min_dims + 1)
        return tuple(int(rng.integers(self.min_side, self.max_side + 1)) for _ in range(count))

    def _fill(self, rng: np.random.Generator, shape: tuple[int, ...], turn: int) -> np.ndarray[Any, Any]:
        if self.dtype.kind == "b":
            return np.asarray(rng.integers(0, 2, size=shape))
        if self.integers:
            return np.asarray(rng.integers(int(self.low), int(self.high) + 1, size=shape))
        if not self.spread:
            return rng.uniform(self.low, self.high, size=shape)
        kind = turn % 6
        if kind == 0:
            found = rng.integers(-3, 4, size=shape).astype(np.float64)
        elif kind == 3:
            found = rng.choice(np.array([-1.0, 0.0, 0.5, 2.0]), size=shape)
        else:
            found = rng.normal(size=shape) * (4.0 if kind == 5 else 1.0)
        return np.clip(found, self.low, self.high)

    def resize(self, value: Any, sizes: Sizes) -> Any:
        if self.shape is None:
            return value
        return value[tuple(slice(sizes[n] if isinstance(n, Dim) else n) for n in self.shape)]

    def simpler(self, value: Any) -> Iterator[Any]:
        for found in self._simpler(value):
            # NumPy turns an array without dimensions into a scalar, and one of booleans into integers.
            yield np.asarray(found).astype(value.dtype, copy=False)

    def _simpler(self, value: Any) -> Iterator[Any]:
        if self.shape is None:
            yield from self._smaller(value)
        if value.dtype.kind == "b":
            yield from self._fewer(value)
            return
        for constant in (0, 1):
            if self.low <= constant <= self.high and (value != constant).any():
                yield np.full_like(value, constant)
        rounded = np.clip(np.round(value), self.low, self.high)
        if (rounded != value).any():
            yield rounded
        if self.integers and self.low == 0:
            yield value // 2
        for at in list(np.ndindex(value.shape))[:24]:
            for constant in (0, 1, -1):
                if self.low <= constant <= self.high and abs(value[at]) > abs(constant):
                    changed = value.copy()
                    changed[at] = constant
                    yield changed

    @staticmethod
    def _fewer(value: Any) -> Iterator[Any]:
        """Booleans with fewer that are true."""
        if value.any():
            yield np.zeros_like(value)
        for at in np.argwhere(value)[:24]:
            changed = value.copy()
            changed[tuple(at)] = False
            yield changed

    def _smaller(self, value: Any) -> Iterator[Any]:
        if value.ndim > self.min_dims and value.size:
            yield value[0]
        for axis, side in enumerate(value.shape):
            for wanted in sorted({self.min_side, side // 2, side - 1}):
                if self.min_side <= wanted < side:
                    yield value[(*[slice(None)] * axis, slice(wanted))]


def arrays(
    shape: Sequence[int | Dim] | int | Dim | None = None,
    *,
    min_dims: int = 1,
    max_dims: int = 2,
    min_side: int = 1,
    max_side: int = 5,
    low: float | None = None,
    high: float | None = None,
    integers: bool = False,
    dtype: object = np.float64,
) -> Strategy:
    """Arrays of numbers.

    Args:
        shape: lengths, fixed or drawn with `dim`; or None for any shape within the next four.
        min_dims: fewest dimensions, where the shape is free.
        max_dims: most dimensions, where the shape is free.
        min_side: shortest side, where the shape is free.
        max_side: longest side, where the shape is free.
        low: smallest element. With neither `low` nor `high`, elements are a mixture of small integers, normal
            numbers, ties and larger numbers.
        high: largest element.
        integers: whole numbers only (from 0 to 9 unless bounds are given).
        dtype: of the array.
    """
    spread = low is None and high is None and not integers
    if integers:
        low, high = 0 if low is None else low, 9 if high is None else high
    elif not spread:
        low, high = (
            -10.0 if low is None else low,
            10.0 if high is None else high,
        )
    fixed = (shape,) if isinstance(shape, int | Dim) else None if shape is None else tuple(shape)
    kind = np.dtype(dtype)  # type: ignore[call-overload]
    bounds = (-np.inf, np.inf) if spread else (low, high)
    return _Arrays(
        fixed, min_dims, max_dims, min_side, max_side, float(bounds[0]), float(bounds[1]), integers, spread,  # type: ignore[arg-type]
        np.dtype(np.int64) if integers and kind == np.float64 else kind,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Integers(Strategy):
    low: int
    high: int

    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> int:
        del sizes
        return self.low if turn == 0 else int(rng.integers(self.low, self.high + 1))

    def simpler(self, value: int) -> Iterator[int]:
        goal = min(max(0, self.low), self.high)
        yield from dict.fromkeys(
            n for n in (goal, (value + goal) // 2, value - 1) if n != value and n >= self.low
        )


@dataclass(frozen=True, eq=False)
class _Floats(Strategy):
    low: float
    high: float

    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> float:
        del sizes, turn
        return float(rng.uniform(self.low, self.high))

    def simpler(self, value: float) -> Iterator[float]:
        for wanted in (0.0, 1.0, 0.5, float(round(value)), round(value, 2)):
            if self.low <= wanted <= self.high and wanted != value and len(repr(wanted)) < len(repr(value)):
                yield wanted


@dataclass(frozen=True, eq=False)
class _Chosen(Strategy):
    options: tuple[object, ...]

    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> object:
        del sizes
        return (
            self.options[turn]
            if turn < len(self.options)
            else self.options[int(rng.integers(len(self.options)))]
        )

    def simpler(self, value: object) -> Iterator[object]:
        place = next((i for i, option in enumerate(self.options) if option is value), 0)
        yield from self.options[:place]


@dataclass(frozen=True, eq=False)
class _Lists(Strategy):
    items: Strategy
    min_size: int
    max_size: int

    def dims(self) -> Sequence[Dim]:
        return self.items.dims()

    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> list[object]:
        size = int(rng.integers(self.min_size, self.max_size + 1))
        return [self.items.draw(rng, sizes, turn) for _ in range(size)]

    def resize(self, value: list[object], sizes: Sizes) -> list[object]:
        return [self.items.resize(v, sizes) for v in value]

    def simpler(self, value: list[object]) -> Iterator[list[object]]:
        for wanted in sorted({self.min_size, len(value) // 2, len(value) - 1}):
            if self.min_size <= wanted < len(value):
                yield value[:wanted]
                yield value[len(value) - wanted :]
        for i, item in enumerate(value[:12]):
            for other in self.items.simpler(item):
                yield [*value[:i], other, *value[i + 1 :]]


@dataclass(frozen=True, eq=False)
class _Text(Strategy):
    alphabet: str
    min_size: int
    max_size: int

    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> str:
        del sizes
        size = self.min_size if turn == 0 else int(rng.integers(self.min_size, self.max_size + 1))
        return "".join(self.alphabet[i] for i in rng.integers(len(self.alphabet), size=size))

    def simpler(self, value: str) -> Iterator[str]:
        for wanted in sorted({self.min_size, len(value) // 2, len(value) - 1}):
            if self.min_size <= wanted < len(value):
                yield value[:wanted]
                yield value[len(value) - wanted :]
        for i, letter in enumerate(value[:20]):
            if letter != self.alphabet[0]:
                yield value[:i] + self.alphabet[0] + value[i + 1 :]


@dataclass(frozen=True, eq=False)
class _Just(Strategy):
    value: object

    def draw(self, rng: np.random.Generator, sizes: Sizes, turn: int) -> object:
        del rng, sizes, turn
        return self.value


def integers(low: int, high: int) -> Strategy:
    """Whole numbers from `low` to `high`."""
    return _Integers(low, high)


def floats(low: float, high: float) -> Strategy:
    """Numbers from `low` to `high`."""
    return _Floats(low, high)


def sampled(*options: object) -> Strategy:
    """One of some values, the simplest first."""
    return _Chosen(options)


def lists(items: Strategy, *, min_size: int = 0, max_size: int = 6) -> Strategy:
    """Lists of such items."""
    return _Lists(items, min_size, max_size)


def text(alphabet: str = "ab c", *, min_size: int = 0, max_size: int = 12) -> Strategy:
    """Text over an alphabet, simplest letter first."""
    return _Text(alphabet, min_size, max_size)


def just(value: object) -> Strategy:
    """Always this value."""
    return _Just(value)


def as_strategy(given: object) -> Strategy:
    """A strategy as it is, anything else as the constant it is."""
    return given if isinstance(given, Strategy) else _Just(given)


def sizes_for(strategies: Sequence[Strategy], rng: np.random.Generator, turn: int) -> Sizes:
    """A value for every length: smallest in the first example, largest in the second, then by chance."""
    found: Sizes = {}
    for strategy in strategies:
        for length in strategy.dims():
            if length not in found:
                drawn = int(rng.integers(length.low, length.high + 1))
                found[length] = length.low if turn == 0 else length.high if turn == 1 else drawn
    return found


def smaller(sizes: Mapping[Dim, int]) -> Iterator[Sizes]:
    """Smaller lengths, one changed at a time."""
    for length, size in sizes.items():
        for wanted in sorted({length.low, (length.low + size) // 2, size - 1}):
            if length.low <= wanted < size:
                yield {**sizes, length: wanted}
