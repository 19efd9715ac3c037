"""When a person has time: minutes by weekday, from a first day on, with days off and perhaps a deadline.

A day is a date in the learner's own calendar, so neither time zones nor the two days a year with 23 and 25
hours touch the plan: whoever asks says which date it is where they live.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cairn.planning.errors import PlanError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_MINUTES = 24 * 60
HORIZON_DAYS = 100 * 366
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Availability:
    """Time to study.

    Attributes:
        minutes: minutes for Monday to Sunday, seven numbers.
        start: the first day.
        deadline: the last day, if there is one; work may be done on it.
        off: days on which nothing is done.
        special: minutes for single dates, instead of their weekday's.

    Raises:
        PlanError: a number is negative or longer than a day, no weekday has time, or the deadline is before
            the start.
    """

    minutes: tuple[int, ...]
    start: date
    deadline: date | None = None
    off: frozenset[date] = frozenset()
    special: tuple[tuple[date, int], ...] = ()

    def __post_init__(self) -> None:
        if len(self.minutes) != len(WEEKDAYS):
            raise PlanError(
                f"a week has seven days, not {len(self.minutes)}", "give minutes for each weekday"
            )
        for name, minutes in [*zip(WEEKDAYS, self.minutes, strict=True), *self.special]:
            if not 0 <= minutes <= DAY_MINUTES:
                raise PlanError(
                    f"{minutes} minutes on {name} are no part of a day", "a day has 0 to 24 hours"
                )
        if not any(self.minutes):
            raise PlanError("there is no time to study in any week", "give at least one weekday some minutes")
        if self.deadline is not None and self.deadline < self.start:
            message = f"the deadline {self.deadline} is before the start {self.start}"
            raise PlanError(message, "choose a later deadline or an earlier start")

    @classmethod
    def weekly(
        cls,
        hours: float,
        start: date,
        deadline: date | None = None,
        off: frozenset[date] = frozenset(),
        days: tuple[int, ...] = tuple(range(7)),
    ) -> Availability:
        """Hours a week, spread evenly over some weekdays (0 is Monday) to the minute.

        Raises:
            PlanError: the hours are no positive number, or do not fit into the days.
        """
        if not 0 < hours <= len(WEEKDAYS) * 24:  # also false for what is not a number
            raise PlanError(
                f"{hours:g} hours a week cannot be planned", "give between 0.5 and 168 hours a week"
            )
        if not days:
            raise PlanError("there is no weekday to study on", "name at least one weekday")
        total = max(1, round(hours * MINUTES))
        share, rest = divmod(total, len(set(days)))
        chosen = sorted(set(days))
        amounts = {day: share + (i < rest) for i, day in enumerate(chosen)}
        return cls(tuple(amounts.get(day, 0) for day in range(7)), start, deadline, off)

    @property
    def weekly_minutes(self) -> int:
        """Minutes in a week without days off."""
        return sum(self.minutes)

    @property
    def daily_hours(self) -> float:
        """Hours a day, averaged over all seven days of a week."""
        return self.weekly_minutes / MINUTES / len(WEEKDAYS)

    def on(self, day: date) -> int:
        """Minutes on a day."""
        if day in self.off:
            return 0
        return dict(self.special).get(day, self.minutes[day.weekday()])

    def days(self) -> Iterator[tuple[date, int]]:
        """Every day from the start on with its minutes, for a hundred years or to the calendar's end."""
        special = dict(self.special)
        last = min(HORIZON_DAYS, (date.max - self.start).days)
        for n in range(last + 1):
            day = self.start + timedelta(days=n)
            yield day, 0 if day in self.off else special.get(day, self.minutes[day.weekday()])

    def from_day(self, day: date) -> Availability:
        """The same from a later day on; the deadline stays unless it has passed."""
        deadline = self.deadline if self.deadline is None or self.deadline >= day else day
        return replace(self, start=day, deadline=deadline)


def by_weekday(hours: Mapping[str, float]) -> tuple[int, ...]:
    """Minutes for Monday to Sunday from hours by name; a name may be shortened to two letters.

    Raises:
        PlanError: a name is no weekday.
    """
    minutes = [0] * len(WEEKDAYS)
    for name, amount in hours.items():
        found = [i for i, day in enumerate(WEEKDAYS) if len(name) > 1 and day.startswith(name.casefold())]
        if len(found) != 1:
            raise PlanError(f"{name!r} is no weekday", "write mon, tue, wed, thu, fri, sat or sun")
        if not 0 <= amount <= 24:
            raise PlanError(
                f"{amount:g} hours on {WEEKDAYS[found[0]]} are no part of a day", "a day has 0 to 24 hours"
            )
        minutes[found[0]] = round(amount * MINUTES)
    return tuple(minutes)
