"""Chance for items: a small generator of our own; a seed gives the same question on every machine and version."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Rng:
    """A stream of pseudo-random values from a text seed: SplitMix64 (Steele, Lea and Flood, 2014).

    The same seed gives the same stream for ever; an author's function gets one and asks it for all its chance.
    """

    def __init__(self, seed: str) -> None:
        self._state = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")

    def bits(self) -> int:
        """Sixty-four random bits, as a whole number."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included.

        Raises:
            ValueError: the range is empty.
        """
        if high < low:
            msg = f"no whole number lies between {low} and {high}"
            raise ValueError(msg)
        return low + self.bits() * (high - low + 1) // (1 << 64)

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """A real number in [low, high)."""
        return low + (self.bits() >> 11) * 2.0**-53 * (high - low)

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """A draw from a normal distribution (Box and Muller)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.uniform()))
        return mean + deviation * radius * math.cos(2.0 * math.pi * self.uniform())

    def choice(self, values: Sequence[T]) -> T:
        """One of some values.

        Raises:
            ValueError: there are none.
        """
        return values[self.integer(0, len(values) - 1)]

    def sample(self, values: Sequence[T], count: int) -> list[T]:
        """`count` different members of a sequence, in random order.

        Raises:
            ValueError: there are fewer.
        """
        if not 0 <= count <= len(values):
            msg = f"cannot take {count} of {len(values)} values"
            raise ValueError(msg)
        pool = list(values)
        for i in range(count):
            j = self.integer(i, len(pool) - 1)
            pool[i], pool[j] = pool[j], pool[i]
        return pool[:count]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The same values in random order."""
        return self.sample(values, len(values))
