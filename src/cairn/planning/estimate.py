"""How long the work in a plan will really take: a distribution, not a number.

The time for thing i is m_i · exp(θ) · exp(s_i ε_i − s_i²/2): its expected minutes, the person's pace, and its
own luck. The pace θ is normal with the variance of the learned pace. Where the person's background is unknown they
may stand anywhere between the two ends of all hours, which adds the variance of a uniform on that span of logs.
s_i follows from the ends of the thing's own hours, read as the tenth and ninetieth percentile. Given θ the sum is
close to normal, so the distribution of the total is a mixture of normals over a grid of θ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, exp, log, sqrt

TENTH = 1.2815515655446004
"""The ninetieth percentile of the standard normal."""

LEAST_OWN = 0.15
GRID = tuple(-3.75 + 0.25 * k for k in range(31))
_WEIGHTS = tuple(exp(-z * z / 2) for z in GRID)
WEIGHTS = tuple(w / sum(_WEIGHTS) for w in _WEIGHTS)


@dataclass(frozen=True, slots=True)
class Load:
    """One thing to do: expected minutes, and the ends of its hours that say how sure that is."""

    minutes: float
    low: float
    high: float

    @property
    def own(self) -> float:
        """Standard deviation of its log time around the person's pace."""
        if self.low <= 0 or self.high <= self.low:
            return LEAST_OWN
        return max(LEAST_OWN, log(self.high / self.low) / (2 * TENTH))


@dataclass(frozen=True, slots=True)
class Total:
    """The distribution of the minutes that some work takes.

    Attributes:
        fixed: minutes that do not vary, such as checkpoints.
        mean: expected minutes of what varies.
        own: standard deviation of the sum from things' own luck, at the expected pace.
        shared: standard deviation of the log of what all things share.
    """

    fixed: float
    mean: float
    own: float
    shared: float

    def below(self, minutes: float) -> float:
        """The probability that the work takes at most this long."""
        if self.mean <= 0:
            return 1.0 if minutes >= self.fixed else 0.0
        chance = 0.0
        for z, weight in zip(GRID, WEIGHTS, strict=True):
            factor = exp(self.shared * z - self.shared**2 / 2)
            distance = minutes - self.fixed - factor * self.mean
            sd = factor * self.own
            part = (distance >= 0) if sd == 0 else (1 + erf(distance / sd / sqrt(2))) / 2
            chance += weight * part
        return chance

    def quantile(self, chance: float) -> float:
        """The minutes within which the work is done with this probability, by bisection."""
        low, high = 0.0, self.fixed + self.mean * exp(4 * self.shared) + 6 * self.own + 1
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < chance else (low, middle)
        return high


def total(loads: Sequence[Load], personal: float, fixed: float = 0.0, *, stranger: bool = False) -> Total:
    """The distribution of the sum of some loads.

    Args:
        loads: what is to be done.
        personal: standard deviation of the person's log pace.
        fixed: minutes on top that do not vary.
        stranger: whether nothing is known of the person's background.
    """
    mean = sum(load.minutes for load in loads)
    variance = sum((load.minutes**2) * (exp(load.own**2) - 1) for load in loads)
    low, high = sum(load.low for load in loads), sum(load.high for load in loads)
    background = log(high / low) / sqrt(12) if stranger and 0 < low < high else 0.0
    return Total(fixed, mean, sqrt(variance), sqrt(personal**2 + background**2))
