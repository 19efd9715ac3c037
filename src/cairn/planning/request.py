"""What a person asks of a plan, and what has already happened to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cairn.curriculum import Skill
from cairn.curriculum.area import Background
from cairn.planning.activity import Mix
from cairn.planning.availability import Availability
from cairn.planning.checkpoint import Strictness
from cairn.planning.clock import Clock
from cairn.planning.errors import PlanError
from cairn.planning.outline import Wish
from cairn.planning.pace import PaceBelief

KNOWN = 0.9
"""From this probability on a skill counts as known and is not planned."""

REVIEW_WEEKS = 4

ReviewLoad = int | Callable[[date], int]


def nothing() -> dict[Skill, float]:
    """No belief."""
    return {}


@dataclass(frozen=True)
class Request:
    """All that a plan depends on, besides the map and the past.

    Attributes:
        wishes: goals with importance.
        time: hours by weekday, start, deadline, days off.
        known: skills the person has, with all they require.
        belief: for skills, the probability that the person has them; hours shrink by it.
        background: what kind of person it is.
        mix: doing, reading, watching; None for the path's own or 70/20/10.
        review: minutes of review a day, or a function of the day. At most half of a day.
        strictness: whether a checkpoint must be passed before the next phase begins.
        pace: the person's pace.
        clock: the path's stated time or our hours; None for the path's where it states one.
        tracks: ids of weekly tracks whose minutes are taken out of the days; others stand beside.
        hold: skills that must not begin before a day.
        sooner: skills to be pulled to the front of their phase, the first first.
        chosen: words naming the optional steps to go deep in, where the path says to choose.
        without: ids of phases to leave out.
    """

    wishes: tuple[Wish, ...]
    time: Availability
    known: tuple[Skill, ...] = ()
    belief: Mapping[Skill, float] = field(default_factory=nothing)
    background: Background | None = None
    mix: Mix | None = None
    review: ReviewLoad = 0
    strictness: Strictness = Strictness.HARD
    pace: PaceBelief = field(default_factory=PaceBelief)
    clock: Clock | None = None
    tracks: frozenset[str] = frozenset()
    hold: Mapping[Skill, date] = field(default_factory=dict)
    sooner: tuple[Skill, ...] = ()
    chosen: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.review, int) and self.review < 0:
            raise PlanError(f"{self.review} minutes of review a day make no sense", "give 0 or more")
        for skill, chance in self.belief.items():
            if not 0 <= chance <= 1:
                raise PlanError(
                    f"the belief {chance} in {skill} is no probability", "give numbers from 0 to 1"
                )

    def review_on(self, day: date) -> int:
        """Minutes of review a day, before the limit of half a day."""
        return max(0, self.review(day)) if callable(self.review) else self.review

    @property
    def weekly_review(self) -> int:
        """Minutes of review a week, averaged over the first weeks: a backlog on one day says little of a week."""
        days = min(7 * REVIEW_WEEKS, (date.max - self.time.start).days + 1)
        return round(sum(self.review_on(self.time.start + timedelta(n)) for n in range(days)) * 7 / days)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that was done: on which day, for which activity, minutes, and whether that finished it.

    `planned` is what the activity was expected to take, for the pace; 0 where it was in no plan.
    """

    day: date
    activity: str
    title: str
    minutes: int
    finished: bool = False
    planned: int = 0
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a failed checkpoint leads to: the phase, the attempt that failed, the skills to go over again."""

    phase: str
    attempt: int
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What has happened. Nothing in it is ever moved or forgotten.

    Attributes:
        happened: entries of the study log, in order of time.
        passed: phases whose gate is passed.
        repairs: gates that were failed last and not passed since.
    """

    happened: tuple[Happened, ...] = ()
    passed: frozenset[str] = frozenset()
    repairs: tuple[Repair, ...] = ()

    @property
    def finished(self) -> frozenset[str]:
        """Ids of the activities that are finished."""
        return frozenset(h.activity for h in self.happened if h.finished)

    def spent(self) -> dict[str, int]:
        """Minutes spent on each activity."""
        found: dict[str, int] = {}
        for h in self.happened:
            found[h.activity] = found.get(h.activity, 0) + h.minutes
        return found
