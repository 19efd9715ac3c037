"""A plan for calendars (iCalendar, RFC 5545) and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cairn.planning import Day, Plan, PlanError
from cairn.planning.plan import Slot

PRODUCT = "-//Cairn//Plan//EN"


def to_ical(days: Iterable[Day], made_at: datetime, at: time | None = None, zone: str | None = None) -> bytes:
    """The days that lie ahead as a calendar file, one event a day.

    An event's id depends on its date alone, so that importing a newer file replaces the older events. With a time of
    day the event begins then and lasts as long as its work, in the wall-clock time of the zone, which follows summer
    time; without one it is marked as a whole day.

    Args:
        days: the days.
        made_at: when the file is made, with a time zone.
        at: the time of day at which study begins.
        zone: the time zone of `at`, such as Europe/Berlin; floating, that is wherever the reader is, if none.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415  # slow to import, needed only to export

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Cairn")
    for day in days:
        slots = [slot for slot in day.slots if not slot.done]
        if not slots:
            continue
        event = Event()
        event.add("uid", f"{day.date.isoformat()}@plan.cairn")
        event.add("dtstamp", made_at.astimezone(UTC))
        event.add("summary", _summary(slots))
        event.add("description", "\n".join(_line(slot) for slot in slots))
        event.add("transp", "TRANSPARENT" if at is None else "OPAQUE")
        if at is None:
            event.add("dtstart", day.date)
            event.add("dtend", day.date + timedelta(days=1))
        else:
            begin = _moment(day.date, at, zone)
            event.add("dtstart", begin)
            event.add("duration", timedelta(minutes=sum(slot.minutes for slot in slots)))
        calendar.add_component(event)
    if at is not None and zone is not None:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _moment(day: date, at: time, zone: str | None) -> datetime:
    if zone is None:
        return datetime.combine(day, at)
    try:
        return datetime.combine(day, at, ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        raise PlanError(f"{zone!r} is no time zone", "write one such as Europe/Berlin") from None


def _summary(slots: list[Slot]) -> str:
    minutes = sum(slot.minutes for slot in slots)
    main = max(slots, key=lambda slot: slot.minutes)
    more = f" and {len(slots) - 1} more" if len(slots) > 1 else ""
    return f"{main.activity.title}{more} ({minutes} min)"


def _line(slot: Slot) -> str:
    part = f", part {slot.part} of {slot.parts}" if slot.parts > 1 else ""
    return f"{slot.minutes} min: {slot.activity.title}{part}"


def to_markdown(plan: Plan, title: str) -> str:
    """A plan as Markdown, week by week, with boxes to tick."""
    lines = [f"# {_plain(title)}", ""]
    if plan.finish and plan.early and plan.late:
        lines.append(
            f"From {plan.start} to about {plan.finish}; four of five finish from {plan.early} to {plan.late}."
        )
    lines += [f"{note}" for note in plan.notes]
    if plan.dropped:
        lines += ["", "## Not before the deadline", ""]
        lines += [
            f"- {d.skill}: {d.minutes / 60:.1f} h, or {d.extra_weekly_minutes} min more a week"
            for d in plan.dropped
        ]
    for week in plan.weeks:
        lines += ["", f"## Week {week.number}, from {week.start} ({week.minutes / 60:.1f} h)"]
        for day in week.days:
            lines += ["", f"### {day.date:%A} {day.date} ({day.minutes} min)", ""]
            lines += [f"- [{'x' if slot.done else ' '}] {_plain(_line(slot))}" for slot in day.slots]
        if week.tracks:
            lines += [
                "",
                "Beside it: "
                + "; ".join(f"{t.title}, {t.minutes[0]}-{t.minutes[1]} min" for t in week.tracks),
            ]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Text in which nothing is taken for Markdown or HTML."""
    for sign in "\\`*_[]<>":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())
