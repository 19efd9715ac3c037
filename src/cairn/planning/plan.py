"""A plan: dated days of concrete things to do, and what is to be said about it as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cairn.curriculum import Skill
from cairn.planning.activity import Activity, Mode


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of an activity on one day: `part` of `parts`, in minutes. `done` when it happened."""

    activity: Activity
    minutes: int
    part: int = 1
    parts: int = 1
    done: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its date, the minutes there are, and what is in them, in order."""

    date: date
    budget: int
    slots: tuple[Slot, ...]

    @property
    def minutes(self) -> int:
        """Minutes planned on it."""
        return sum(slot.minutes for slot in self.slots)


@dataclass(frozen=True, slots=True)
class TrackWeek:
    """What a track asks for in one week."""

    id: str
    title: str
    minutes: tuple[int, int]
    what: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of the plan, counted from its start."""

    number: int
    start: date
    minutes: int
    phase: int
    skills: tuple[Skill, ...]
    days: tuple[Day, ...]
    tracks: tuple[TrackWeek, ...]


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """When a phase is learned in the plan, and how long its path says it takes."""

    id: str
    title: str
    start: date | None
    finish: date | None
    minutes: int
    skills: int
    stated_weeks: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A target that does not fit before the deadline.

    Attributes:
        skill: the target skill.
        importance: what it was worth.
        minutes: what it would cost on top of what is kept, with everything it requires that is not.
        extra_weekly_minutes: how many more minutes a week would let it in beside what is kept.
        brings: the skills it would bring, itself last.
    """

    skill: Skill
    importance: float
    minutes: int
    extra_weekly_minutes: int
    brings: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """How a subset was chosen: importance kept of what there is, what no choice could exceed, and how."""

    importance: float
    whole: float
    bound: float
    method: str

    @property
    def proven(self) -> float:
        """The share of the best possible importance that is certainly reached."""
        return self.importance / self.bound if self.bound > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Timing:
    """What two clocks say of the same path.

    Attributes:
        stated_weeks: the weeks the path states for these daily hours, scaled to what is left.
        own_weeks: weeks (tenth, ninetieth percentile) by the hours of our skills.
        factor: planned minutes divided by our estimate.
        schedule_factor: what the path's own schedule is stretched by.
    """

    stated_weeks: tuple[float, float]
    own_weeks: tuple[float, float]
    factor: float
    schedule_factor: float


@dataclass(frozen=True)
class Plan:
    """A gap laid into days.

    Attributes:
        start: the first day.
        finish: the day of the last activity if all takes as long as expected; None if nothing is to be done.
        early, late: four of five learners like this one finish from `early` to `late`.
        feasible: whether everything wanted fits before the deadline.
        over_minutes: how much more time it would take, if not.
        chance: the probability to finish by the deadline, if there is one.
        days: the days on which something is done, in order; what is done stands first and never moves.
        weeks: the same by weeks.
        phases: when each phase is learned.
        dropped: the targets that do not fit, the most important first.
        choice: how the subset was chosen, if not everything fits.
        timing: the path's own clock beside ours, if it has one.
        pace: the factor by which the person's pace changes estimates.
        mix: planned minutes by mode.
        notes: what should be said in words.
    """

    start: date
    finish: date | None
    early: date | None
    late: date | None
    feasible: bool
    over_minutes: int
    chance: float | None
    days: tuple[Day, ...]
    weeks: tuple[Week, ...]
    phases: tuple[PhaseSpan, ...]
    dropped: tuple[Dropped, ...]
    choice: Choice | None
    timing: Timing | None
    pace: float
    mix: Mapping[Mode, int]
    skills: tuple[Skill, ...]
    notes: tuple[str, ...]

    def on(self, day: date) -> Day | None:
        """What is planned on a date."""
        return next((d for d in self.days if d.date == day), None)

    @property
    def minutes(self) -> int:
        """All planned minutes."""
        return sum(day.minutes for day in self.days)
