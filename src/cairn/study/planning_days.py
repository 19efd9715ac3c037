"""The days of a plan as plain lists, short enough to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cairn.curriculum import Skill
from cairn.planning import Act, Activity, Day, Slot


def days_to_json(days: Iterable[Day]) -> list[Any]:
    """Each day as [date, budget, slots]; what is done is left out, for the log has it."""
    return [
        [day.date.isoformat(), day.budget, [_slot(slot) for slot in day.slots if not slot.done]]
        for day in days
    ]


def _slot(slot: Slot) -> list[Any]:
    a = slot.activity
    skill = str(a.skill) if a.skill else None
    return [
        slot.minutes,
        slot.part,
        slot.parts,
        a.id,
        a.act.value,
        a.title,
        a.minutes,
        a.reason,
        a.ref,
        skill,
        a.phase,
    ]


def days_from_json(days: Sequence[Any]) -> tuple[Day, ...]:
    """Read what `days_to_json` wrote."""
    return tuple(
        Day(date.fromisoformat(day), budget, tuple(_read(slot) for slot in slots))
        for day, budget, slots in days
    )


def _read(slot: Sequence[Any]) -> Slot:
    minutes, part, parts, name, act, title, whole, reason, ref, skill, phase = slot
    own = Skill.parse(skill) if skill else None
    return Slot(Activity(name, Act(act), title, whole, reason, ref, own, phase), minutes, part, parts)
