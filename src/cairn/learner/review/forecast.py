"""How many minutes of review the coming weeks hold, and how a backlog is worked off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cairn.learner.review.curve import Grade
from cairn.learner.review.memories import Memories, Practised
from cairn.learner.review.queue import review_queue


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day to come.

    Attributes:
        at: the day, at the hour of the forecast.
        minutes: expected minutes of review.
        reviews: expected number of activities.
        waiting: due skills that stay for a later day.
    """

    at: datetime
    minutes: float
    reviews: int
    waiting: int


def forecast(
    memories: Memories,
    at: datetime,
    minutes: Mapping[int, float],
    *,
    days: int = 28,
    retention: float = 0.9,
    budget: float | None = None,
) -> tuple[DayLoad, ...]:
    """The load of the coming days if nothing new is learned, each queue is done, and each review is passed.

    Failed reviews come back, so the truth is a little more: about one in ten at a retention of 0.9.

    Args:
        memories: what the person remembers.
        at: now; the first day is today.
        minutes: for each skill that something can be asked of, how long that takes.
        days: how many days to look ahead.
        retention: the recall below which a skill is due.
        budget: minutes a day. After an absence it spreads the backlog: no wall, the most urgent first.

    Raises:
        ValueError: as for `review_queue`, or more than 1000 days.
    """
    if not 0 <= days <= 1000:
        msg = f"a forecast looks at most 1000 days ahead, not {days}"
        raise ValueError(msg)
    found = []
    for day in range(days):
        now = at + timedelta(days=day)
        queue = review_queue(memories, now, minutes, retention=retention, budget=budget)
        found.append(DayLoad(now, queue.minutes, len(queue.activities), len(queue.later)))
        memories = memories.after(*(Practised(now, a.skill, Grade.GOOD) for a in queue.activities))
    return tuple(found)
