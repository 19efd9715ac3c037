"""A plan as pages show it: what stands on a day gathered by skill, weeks, months, and where each thing leads."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from starlette.requests import Request

from cairn.curriculum import Level, Skill
from cairn.curriculum.prose import split
from cairn.planning import Act, Activity, Day, Plan, Slot
from cairn.planning.availability import Availability
from cairn.planning.plan import TrackWeek, Week
from cairn.planning.weeks import BESIDE
from cairn.web import drawing
from cairn.web.views import Views

VERBS = {
    Act.READ: "Read",
    Act.WATCH: "Watch",
    Act.PRACTISE: "Answer questions",
    Act.EXERCISE: "Write code",
    Act.WORK: "Build",
    Act.CHECKPOINT: "Checkpoint",
    Act.ASSESS: "Ask yourself",
    Act.REPAIR: "Go over it again",
    Act.REVIEW: "Review",
    Act.TRACK: "Beside the plan",
}
READ_AT = {Level.RECOGNISE: "why", Level.USE: "statement", Level.DERIVE: "derivation"}
FIRST, LAST = date(2000, 1, 1), date(9990, 1, 1)
"""Months outside cannot be leafed to."""


@dataclass(frozen=True, slots=True)
class Chip:
    """All that is done for one skill on one day, or one thing that serves no single skill.

    Attributes:
        key: the skill or the activity's id.
        skill: the skill, if it is one and can be moved.
        level: its depth, if it serves a skill.
        title: for people.
        minutes: on this day.
        verbs: what is done, in order.
        act: the first thing to do.
        done: whether it has happened.
        begins: whether it begins on this day.
    """

    key: str
    skill: Skill | None
    level: Level | None
    title: str
    minutes: int
    verbs: tuple[str, ...]
    act: Act
    done: bool
    begins: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of the calendar."""

    date: date
    budget: int
    minutes: int
    chips: tuple[Chip, ...]
    off: bool
    past: bool
    today: bool
    outside: bool = False


@dataclass(frozen=True, slots=True)
class WeekView:
    """One week of the plan, with the title of a phase where one begins in it."""

    number: int
    start: date
    end: date
    minutes: int
    done: int
    phase: str | None
    chips: tuple[Chip, ...]
    days: tuple[DayView, ...]
    tracks: tuple[TrackWeek, ...]
    now: bool


class Shown:
    """A plan as of a day, for pages."""

    def __init__(self, views: Views, plan: Plan, time: Availability, today: date) -> None:
        self._views, self._plan, self._time, self._today = views, plan, time, today
        self._begun: dict[str, date] = {}
        for day in plan.days:
            for slot in day.slots:
                if not slot.done:
                    self._begun.setdefault(_key(slot.activity), day.date)

    def month(self, first: date) -> list[list[DayView]]:
        """The weeks of a month from Monday on, with the days of its neighbours that fill them."""
        by_date = {day.date: day for day in self._plan.days}
        weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
        return [[self.day(d, by_date.get(d), first.month) for d in week] for week in weeks]

    def day(self, at: date, day: Day | None, month: int | None = None) -> DayView:
        """One day; `month` is the one it is shown in."""
        slots = day.slots if day else ()
        return DayView(
            date=at,
            budget=self._time.on(at),
            minutes=sum(slot.minutes for slot in slots),
            chips=self.chips(slots, at),
            off=at >= self._today and not self._time.on(at),
            past=at < self._today,
            today=at == self._today,
            outside=month is not None and at.month != month,
        )

    def weeks(self, numbers: Sequence[int]) -> list[WeekView]:
        """Some weeks of the plan."""
        wanted = set(numbers)
        found: list[WeekView] = []
        phase: str | None = None
        for week in self._plan.weeks:
            here = self._phase(week) or phase
            if week.number in wanted:
                new = here is not None and (here != phase or not found)
                found.append(self._week(week, here if new else None))
            phase = here
        return found

    def _phase(self, week: Week) -> str | None:
        """The title of the phase that a week's own work ends in; None where the plan has only one."""
        ahead = [s for day in week.days for s in day.slots if not s.done and s.activity.act not in BESIDE]
        if not ahead or len(self._plan.phases) < 2:
            return None
        number = ahead[-1].activity.phase
        return self._plan.phases[number].title if number < len(self._plan.phases) else None

    def _week(self, week: Week, phase: str | None) -> WeekView:
        slots = [slot for day in week.days for slot in day.slots]
        end = week.start + timedelta(days=6)
        return WeekView(
            number=week.number,
            start=week.start,
            end=end,
            minutes=sum(s.minutes for s in slots),
            done=sum(s.minutes for s in slots if s.done),
            phase=phase,
            chips=tuple(c for c in self.chips(slots) if c.act not in BESIDE),
            days=tuple(self.day(d.date, d) for d in week.days),
            tracks=week.tracks,
            now=week.start <= self._today <= end,
        )

    def chips(self, slots: Iterable[Slot], day: date | None = None) -> tuple[Chip, ...]:
        """Pieces of a day gathered by what they serve, in their order; what is done apart from what is not."""
        found: dict[tuple[str, bool], list[Slot]] = {}
        for slot in slots:
            found.setdefault((_key(slot.activity), slot.done), []).append(slot)
        return tuple(self._chip(key, own, day) for (key, _), own in found.items())

    def _chip(self, key: str, own: Sequence[Slot], day: date | None) -> Chip:
        first, done = own[0].activity, own[0].done
        movable = not done and first.act not in {Act.REPAIR, *BESIDE}
        topic = self._views.curriculum.topics.get(first.skill.topic) if first.skill else None
        return Chip(
            key=key,
            skill=first.skill if movable else None,
            level=first.skill.level if first.skill else None,
            title=topic.title if topic else first.title,
            minutes=sum(slot.minutes for slot in own),
            verbs=tuple(dict.fromkeys(VERBS[slot.activity.act].lower() for slot in own)),
            act=first.act,
            done=done,
            begins=not done and self._begun.get(key) == day,
        )


def _key(activity: Activity) -> str:
    alone = activity.skill is None or activity.act is Act.REPAIR
    return activity.id if alone else str(activity.skill)


def month_of(text: str, today: date) -> date:
    """The first of a month as an address names it, `2027-02`; this month for anything else."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if FIRST <= found <= LAST else today.replace(day=1)


def beside(first: date) -> tuple[date, date]:
    """The months before and after."""
    return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)


def link(request: Request, activity: Activity) -> str:
    """Where an activity is done: a section of a page, an exercise, questions, a film, a checkpoint."""
    views: Views = request.app.state.views
    curriculum, ref = views.curriculum, quote(activity.ref)
    match activity.act:
        case Act.REVIEW:
            return "/review"
        case Act.EXERCISE:
            return f"/practice/{ref}"
        case Act.CHECKPOINT | Act.ASSESS:
            own = "/yourself" if activity.act is Act.ASSESS else ""
            return f"/checkpoints/{ref}{own}"
        case Act.WATCH | Act.TRACK:
            return views.link(activity.ref)[1]
        case Act.PRACTISE if activity.skill and curriculum.items.of(activity.skill):
            return f"/ask/{quote(str(activity.skill), safe='@')}"
        case _:
            return _page(views, activity)


def _page(views: Views, activity: Activity) -> str:
    """The section of the topic's page that an activity is about, if the page has it."""
    skill = activity.skill
    topic = views.curriculum.topics.get(skill.topic) if skill else None
    if topic is None or skill is None:
        return drawing.href(entry) if (entry := views.entry(activity.ref)) else "/plan"
    anchor = READ_AT[skill.level] if activity.act is Act.READ else ""
    there = anchor in {heading.casefold() for heading in split(topic.body)}
    return f"/topics/{quote(topic.id)}" + (f"#{anchor}" if there else "")
