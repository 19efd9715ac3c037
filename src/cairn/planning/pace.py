"""A person's own pace, learned from minutes that things took against minutes that were planned.

The logarithm of (taken / planned) has a personal part, the same for all things, and a part of each thing's
own. The personal part has a normal prior around "as estimated"; each finished activity moves it, and little
evidence moves it little (conjugate normal shrinkage: Gelman et al., Bayesian Data Analysis, 3rd ed., §2.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, isfinite, log, sqrt

PERSONAL = 0.25
"""Standard deviation of people's log pace before any evidence. An assumption, replaced by evidence."""

OWN = 0.5
"""Standard deviation of one thing's log (taken / planned) around its person's pace. An assumption too."""


FULL_MINUTES = 30.0
"""From this length on a thing speaks with full weight; in a few minutes a pause weighs too much."""


@dataclass(frozen=True, slots=True)
class PaceBelief:
    """What is believed of a person's pace.

    Attributes:
        mean: mean of the log pace. The prior's makes the expected factor exactly one.
        variance: its variance.
        seen: how many finished activities speak.
    """

    mean: float = -(PERSONAL**2) / 2
    variance: float = PERSONAL**2
    seen: int = 0

    @property
    def factor(self) -> float:
        """The expected ratio of minutes taken to minutes planned: the mean of the log-normal."""
        return exp(self.mean + self.variance / 2)

    @property
    def spread(self) -> float:
        """Standard deviation of the log pace."""
        return sqrt(self.variance)


def learn_pace(finished: Iterable[tuple[float, float]], before: PaceBelief | None = None) -> PaceBelief:
    """Pace from pairs (minutes planned, minutes taken) of finished activities.

    Pairs with a number that is not positive and finite say nothing and are passed over; a ratio beyond a
    factor of five counts as five, so that a forgotten timer does not rule the plan, and a thing of a few minutes
    counts for as much less.
    """
    before = before or PaceBelief()
    pairs = [
        (min(1.0, planned / FULL_MINUTES), max(-log(5), min(log(5), log(taken / planned))))
        for planned, taken in finished
        if planned > 0 and taken > 0 and isfinite(planned) and isfinite(taken)
    ]
    if not pairs:
        return before
    # One thing's own part has mean -OWN²/2, so that its expected ratio is one.
    total = sum(weight * (ratio + OWN**2 / 2) for weight, ratio in pairs)
    precision = 1 / before.variance + sum(weight for weight, _ in pairs) / OWN**2
    mean = (before.mean / before.variance + total / OWN**2) / precision
    return PaceBelief(mean, 1 / precision, before.seen + len(pairs))
