"""What a person's own queue of reviews takes out of the days of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from cairn.learner.review import DayLoad

DAYS = 28
"""How far the queue is looked ahead; from there on its last two weeks go on."""

LATER = 14


@dataclass(frozen=True, slots=True)
class OwnQueue:
    """Minutes of review on each day, as a plan asks for them: `queue(day)`.

    Attributes:
        first: the first day, today.
        minutes: of the coming days.
        later: on every day after those.
    """

    first: date
    minutes: tuple[int, ...]
    later: int

    def __call__(self, day: date) -> int:
        """Whole minutes on a day; none on days that have passed."""
        ahead = (day - self.first).days
        if ahead < 0:
            return 0
        return self.minutes[ahead] if ahead < len(self.minutes) else self.later


def own_queue(loads: Sequence[DayLoad], first: date) -> OwnQueue:
    """The load that a forecast of the queue gives.

    Args:
        loads: the coming days, from today on.
        first: which day today is, where the person lives.
    """
    minutes = tuple(ceil(load.minutes) for load in loads)
    last = minutes[-LATER:]
    return OwnQueue(first, minutes, round(sum(last) / len(last)) if last else 0)
