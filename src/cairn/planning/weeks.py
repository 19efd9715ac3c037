"""The days of a plan seen otherwise: by weeks, by phases, by mode, and the days that lie behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from cairn.curriculum import Skill
from cairn.planning.activity import Act, Activity, Mode
from cairn.planning.availability import Availability
from cairn.planning.outline import Part
from cairn.planning.plan import Day, PhaseSpan, Slot, TrackWeek, Week
from cairn.planning.request import Happened
from cairn.planning.schedule import week_number, week_start

BESIDE = frozenset({Act.REVIEW, Act.TRACK})


def weeks(
    days: Sequence[Day], first: date, tracks: Callable[[int], tuple[TrackWeek, ...]]
) -> tuple[Week, ...]:
    """All weeks from the first to the last day, empty ones too, counted from the plan's start."""
    if not days:
        return ()
    start = min(days[0].date, first)
    by_week: dict[int, list[Day]] = {}
    for day in days:
        by_week.setdefault(week_number(start, day.date), []).append(day)
    made: list[Week] = []
    for number in range(1, max(by_week) + 1):
        inside = by_week.get(number, [])
        slots = [slot for day in inside for slot in day.slots]
        phases = [s.activity.phase for s in slots if s.activity.skill] or [made[-1].phase if made else 0]
        skills = tuple(dict.fromkeys(s.activity.skill for s in slots if s.activity.skill))
        minutes = sum(slot.minutes for slot in slots)
        begin = week_start(start, number)
        made.append(Week(number, begin, minutes, phases[-1], skills, tuple(inside), tracks(number)))
    return tuple(made)


def phase_spans(days: Sequence[Day], parts: Sequence[Part]) -> tuple[PhaseSpan, ...]:
    """When each phase is learned in the days that lie ahead."""
    dates: dict[int, list[date]] = {}
    minutes: dict[int, int] = {}
    skills: dict[int, set[Skill]] = {}
    for day in days:
        for slot in day.slots:
            activity = slot.activity
            if activity.act not in BESIDE:
                dates.setdefault(activity.phase, []).append(day.date)
                minutes[activity.phase] = minutes.get(activity.phase, 0) + slot.minutes
                if activity.skill is not None:
                    skills.setdefault(activity.phase, set()).add(activity.skill)
    return tuple(
        PhaseSpan(
            id=part.id,
            title=part.title,
            start=min(dates.get(n, []), default=None),
            finish=max(dates.get(n, []), default=None),
            minutes=minutes.get(n, 0),
            skills=len(skills.get(n, ())),
            stated_weeks=part.stated_weeks,
        )
        for n, part in enumerate(parts)
    )


def ledger(days: Iterable[Day]) -> Mapping[Mode, int]:
    """Minutes by mode, reviews and tracks left out."""
    found = dict.fromkeys(Mode, 0)
    for day in days:
        for slot in day.slots:
            if slot.activity.act not in BESIDE:
                found[slot.activity.mode] += slot.minutes
    return found


def history(happened: Iterable[Happened], time: Availability) -> tuple[Day, ...]:
    """What was done, day by day, as it happened."""
    by_day: dict[date, list[Happened]] = {}
    for h in happened:
        by_day.setdefault(h.day, []).append(h)
    return tuple(
        Day(day, time.on(day), tuple(Slot(_activity(h), h.minutes, done=True) for h in by_day[day]))
        for day in sorted(by_day)
    )


def joined(behind: Sequence[Day], ahead: Sequence[Day]) -> tuple[Day, ...]:
    """Days that lie behind and days that lie ahead; today, which may be both, is one day with what is done first."""
    if not (behind and ahead and behind[-1].date == ahead[0].date):
        return (*behind, *ahead)
    done, rest = behind[-1], ahead[0]
    today = Day(rest.date, rest.budget, (*done.slots, *rest.slots))
    return (*behind[:-1], today, *ahead[1:])


def _activity(h: Happened) -> Activity:
    """Something done, as an activity."""
    head, _, part = h.activity.partition("/")
    try:
        skill = Skill.parse(head)
    except ValueError:
        skill = None
    parts = {"read": Act.READ, "watch": Act.WATCH, "checkpoint": Act.CHECKPOINT, "practise": Act.PRACTISE}
    modes = {"reading": Act.READ, "watching": Act.WATCH}
    act = modes.get(h.mode) or parts.get(part.partition("/")[0], Act.WORK)
    return Activity(h.activity, act, h.title, h.minutes, "Done.", head, skill)
