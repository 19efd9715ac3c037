"""The form that a plan is asked with: read field by field, each mistake said beside its field, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cairn.curriculum import LEVELS, Kind
from cairn.planning import PlanError, UnknownTargetError
from cairn.study.atlas import Atlas
from cairn.study.planning_terms import Terms, days_off, zone_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GOALS = 3
SHARES = ("doing", "reading", "watching")
GOAL_KINDS = (Kind.TOPIC, Kind.PATH, Kind.PHASE, Kind.AREA, Kind.PAPER)
LAST_YEAR = 2200
"""No plan begins later; dates near the calendar's end cannot be counted on from."""


@dataclass
class PlanForm:
    """What was typed, and what is wrong with it.

    Attributes:
        values: the fields as they were typed.
        problems: by field what is wrong, in a sentence.
    """

    values: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Iterable[tuple[str, str]]) -> PlanForm:
        """The fields of a form; the last of a repeated one."""
        return cls({name: value.strip()[:2000] for name, value in fields})

    @classmethod
    def filled(cls, terms: Terms | None, today: date, goals: Iterable[str], mix: Iterable[float]) -> PlanForm:
        """The form as it is first shown: as the plan that holds was asked for, else with what is usual."""
        values = dict(zip(SHARES, (f"{100 * share:g}" for share in mix), strict=True))
        values |= {"start": today.isoformat(), "gates": "hard", "hours": "7"}
        if terms is None:
            return cls(values | {f"target{n}": goal for n, goal in enumerate(list(goals)[:GOALS], 1)})
        values |= {f"target{n}": goal for n, goal in enumerate(goals, 1)}
        importance = terms.importance or {}
        values |= {f"weight{n}": f"{importance.get(t, 1):g}" for n, t in enumerate(terms.targets[:GOALS], 1)}
        values["hours"] = f"{terms.hours:g}" if terms.hours is not None and not terms.weekdays else ""
        values |= {f"day-{day}": f"{hours:g}" for day, hours in (terms.weekdays or {}).items()}
        values["deadline"] = terms.deadline.isoformat() if terms.deadline else ""
        values["off"] = spans(day for day in terms.off if day >= today)
        values |= {"gates": terms.gates, "clock": terms.clock or "", "level": terms.level or ""}
        values |= {"zone": terms.zone or "", "background": terms.background or ""}
        return cls(values)

    def get(self, name: str) -> str:
        """What was typed into a field."""
        return self.values.get(name, "")

    def terms(self, atlas: Atlas, today: date) -> Terms | None:
        """What is asked, or None where something is wrong; then `problems` says what."""
        self.problems.clear()
        targets, importance = self._targets(atlas)
        weekdays, hours = self._time()
        start = self._date("start") or today
        deadline = self._date("deadline")
        if start < today:
            self._wrong("start", f"{start} has passed. Choose today or a later day.")
        if deadline is not None and deadline < max(start, today):
            self._wrong("deadline", f"{deadline} is before the first day. Choose a later one.")
        terms = Terms(
            targets=targets,
            start=start,
            hours=hours,
            weekdays=weekdays or None,
            deadline=deadline,
            off=self._off(),
            importance=importance or None,
            level=self._one_of("level", [lv.value for lv in LEVELS]),
            mix=self._mix(),
            gates=self._one_of("gates", ["hard", "soft"]) or "hard",
            clock=self._one_of("clock", ["path", "hours"]),
            background=self._one_of("background", atlas.curriculum.backgrounds),
            zone=self._zone(),
        )
        return None if self.problems else terms

    def refuse(self, error: Exception) -> None:
        """Take in what the planner says of the whole."""
        hint = getattr(error, "hint", "")
        text = f"{error}. {hint[:1].upper()}{hint[1:]}." if hint else f"{error}."
        self._wrong("", text[:1].upper() + text[1:])

    def _wrong(self, name: str, text: str) -> None:
        self.problems.setdefault(name, text)

    def _targets(self, atlas: Atlas) -> tuple[tuple[str, ...], dict[str, float]]:
        found: dict[str, float] = {}
        for n in range(1, GOALS + 1):
            text = self.get(f"target{n}")
            if not text:
                continue
            try:
                target = atlas.target(text).entry.id
            except UnknownTargetError as error:
                self._wrong(f"target{n}", _unknown(atlas, text, error))
                continue
            found[target] = self._number(f"weight{n}", 0.1, 10) or 1.0
        if not found and not self.problems:
            self._wrong("target1", "A plan needs a goal: a topic, a path, a question or a paper.")
        return tuple(found), {target: weight for target, weight in found.items() if weight != 1}

    def _time(self) -> tuple[dict[str, float], float | None]:
        """Hours by weekday where any is given, else hours a week."""
        weekdays = {}
        for day in WEEKDAYS:
            hours = self._number(f"day-{day}", 0, 24)
            if hours:
                weekdays[day] = hours
        if weekdays:
            return weekdays, None
        hours = self._number("hours", 0, 168)
        if hours is not None and hours * 60 < 1:
            self._wrong("hours", "With no time nothing can be planned. Half an hour a week is a beginning.")
        if hours is None and "hours" not in self.problems:
            self._wrong("hours", "How many hours a week? Or say hours by weekday.")
        return {}, hours

    def _number(self, name: str, low: float, high: float) -> float | None:
        text = self.get(name).replace(",", ".")
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not low <= found <= high:  # false for what is not a number, too
            self._wrong(
                name, f"“{self.get(name)}” does not fit: a number from {low:g} to {high:g} is needed."
            )
            return None
        return found

    def _date(self, name: str) -> date | None:
        text = self.get(name)
        if not text:
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self._wrong(name, f"“{text}” is no day of the calendar. Write one as 2027-08-31.")
            return None
        if found.year >= LAST_YEAR:
            self._wrong(name, f"{found.year} is too far ahead to plan for.")
            return None
        return found

    def _off(self) -> tuple[date, ...]:
        try:
            return days_off(self.get("off").replace(",", " ").replace(";", " ").split())
        except PlanError as error:
            self._wrong("off", f"{error}. {error.hint[:1].upper()}{error.hint[1:]}.")
            return ()

    def _mix(self) -> tuple[float, float, float] | None:
        shares = [self._number(name, 0, 100) for name in SHARES]
        if all(share is None for share in shares):
            return None
        doing, reading, watching = (share or 0.0 for share in shares)
        whole = doing + reading + watching
        if abs(whole - 100) > 0.01 and not set(SHARES) & set(self.problems):
            self._wrong("doing", f"Doing, reading and watching make {whole:g} %, not 100.")
        if (doing, reading, watching) == (70, 20, 10):
            return None  # the usual mix gives way to that of a path
        return doing, reading, watching

    def _one_of(self, name: str, choices: Iterable[str] | Mapping[str, object]) -> str | None:
        text = self.get(name)
        if not text:
            return None
        if text not in choices:
            self._wrong(name, f"“{text}” is no choice here.")
            return None
        return text

    def _zone(self) -> str | None:
        text = self.get("zone")
        if not text:
            return None
        try:
            zone_of(text)
        except PlanError as error:
            self._wrong("zone", f"{error}. {error.hint[:1].upper()}{error.hint[1:]}.")
            return None
        return text


def _unknown(atlas: Atlas, text: str, error: UnknownTargetError) -> str:
    near = [hit.entry.title for hit in atlas.search(text[:200], limit=3, kinds=GOAL_KINDS)]
    said = f" Did you mean {', '.join(near[:-1])}{' or ' if len(near) > 1 else ''}{near[-1]}?" if near else ""
    return f"“{text[:80]}” cannot be a goal: {error.reason}.{said}"


def spans(days: Iterable[date]) -> str:
    """Days off as they are typed: single days, and the first and last day of runs."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return " ".join(f"{a}" if a == b else f"{a}..{b}" for a, b in runs)
