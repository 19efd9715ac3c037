"""The two clocks of a path: the hours of our skills, and the weeks that its author states.

Authors of roadmaps say how many weeks their road takes at how many hours a day. Those figures seldom agree with
themselves or with the sum of the skills. We keep both: the stated time is a budget that scales with the hours a
day, and the plan says how far our own hours are from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

from cairn.curriculum.path import Rule


class Clock(StrEnum):
    """By which figures a plan is paced."""

    PATH = "path"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a path says it takes at certain daily hours.

    Attributes:
        weeks: weeks (low, high).
        factor: what the durations of its own schedule are multiplied by at these hours.
    """

    weeks: tuple[float, float]
    factor: float

    @property
    def middle(self) -> float:
        """The middle of its weeks."""
        return sum(self.weeks) / 2


def stated(rules: Sequence[Rule], daily_hours: float) -> Stated | None:
    """The weeks that scaling rules give for some hours a day.

    Inside a rule's span its own figures hold. Between two spans the weeks go from one to the other along a power
    law of the hours; beyond the ends the hours in all stay those of the nearest end. None without rules.

    Args:
        rules: rules with `hours_per_day`, `weeks` and `factor`, by hours a day.
        daily_hours: hours a day, averaged over a week of seven.
    """
    anchors = [(r.hours_per_day, r.weeks, r.factor or 1.0) for r in rules if r.hours_per_day and r.weeks]
    if not anchors or daily_hours <= 0:
        return None
    for span, weeks, factor in anchors:
        if span[0] <= daily_hours <= span[1]:
            return Stated(weeks, factor)
    below = [a for a in anchors if a[0][1] < daily_hours]
    above = [a for a in anchors if a[0][0] > daily_hours]
    if not below or not above:
        span, weeks, factor = above[0] if above else below[-1]
        scale = (span[0] if above else span[1]) / daily_hours
        return Stated((weeks[0] * scale, weeks[1] * scale), factor * scale)
    (left, left_weeks, left_factor), (right, right_weeks, right_factor) = below[-1], above[0]
    along = log(daily_hours / left[1]) / log(right[0] / left[1])

    def between(a: float, b: float) -> float:
        return exp((1 - along) * log(a) + along * log(b))

    low, high = (between(a, b) for a, b in zip(left_weeks, right_weeks, strict=True))
    return Stated((low, high), between(left_factor, right_factor))
