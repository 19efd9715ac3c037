"""What a person asks of a plan, in plain values that can be kept and sent, and how it becomes a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cairn.curriculum import Skill
from cairn.curriculum.area import Background
from cairn.planning import (
    Availability,
    Clock,
    Mix,
    PaceBelief,
    PlanError,
    Request,
    Strictness,
    Wish,
    by_weekday,
)
from cairn.planning.request import ReviewLoad
from cairn.study.atlas import Atlas

MOST_OFF = 5_000
MOST_SPAN = 3_700


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a person says about a plan.

    Attributes:
        targets: names of goals.
        start: the first day.
        hours: hours a week, spread evenly; not used where `weekdays` says more.
        weekdays: hours by weekday: `{"mon": 1, "sat": 3}`.
        deadline: the last day.
        off: days off.
        importance: by target, where it is not 1.
        level: how deep topics are wanted.
        mix: doing, reading, watching as shares or percentages.
        review: minutes of review a day; what the person's own queue will hold, if none.
        gates: `hard` or `soft`.
        clock: `path`, `hours` or nothing for what suits the goal.
        tracks: ids of tracks to take into the days.
        hold: by skill, the day before which it must not begin.
        sooner: skills to pull forward.
        choose: words for the optional steps to go deep in.
        without: phases to leave out.
        knows: skills known besides what is saved.
        background: the background, if not the saved one.
        met: areas met before, where a refresher is enough.
        zone: the time zone that says which day it is, such as Europe/Berlin; the machine's if none.
        since: when the first plan for these goals began; replanning keeps it.
    """

    targets: tuple[str, ...]
    start: date
    hours: float | None = None
    weekdays: Mapping[str, float] | None = None
    deadline: date | None = None
    off: tuple[date, ...] = ()
    importance: Mapping[str, float] | None = None
    level: str | None = None
    mix: tuple[float, float, float] | None = None
    review: int | None = None
    gates: str = "hard"
    clock: str | None = None
    tracks: tuple[str, ...] = ()
    hold: Mapping[str, date] | None = None
    sooner: tuple[str, ...] = ()
    choose: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    background: str | None = None
    met: tuple[str, ...] = ()
    zone: str | None = None
    since: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values; dates as ISO text."""
        return {name: _plain(value) for name, value in asdict(self).items() if value not in (None, (), {})}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Terms:
        """Read what `as_json` wrote. Names it does not know are passed over: a newer version may have more.

        Raises:
            PlanError: a value is missing or of the wrong kind.
        """
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in document.items() if name in known}
        try:
            for name in ("start", "deadline", "since"):
                if values.get(name):
                    values[name] = date.fromisoformat(values[name])
            values["off"] = tuple(date.fromisoformat(day) for day in values.get("off", ()))
            if values.get("hold"):
                values["hold"] = {s: date.fromisoformat(day) for s, day in values["hold"].items()}
            for name in ("targets", "tracks", "sooner", "choose", "without", "knows", "met"):
                values[name] = tuple(values.get(name, ()))
            if values.get("mix"):
                doing, reading, watching = values["mix"]
                values["mix"] = (float(doing), float(reading), float(watching))
            return cls(**values)
        except (TypeError, ValueError, AttributeError) as error:
            raise PlanError(
                f"the kept plan cannot be read: {error}", "make it anew with cairn plan"
            ) from None


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


def request_of(
    atlas: Atlas,
    terms: Terms,
    knows: Iterable[Skill],
    background: str | None,
    *,
    belief: Mapping[Skill, float] | None = None,
    pace: PaceBelief | None = None,
    review: ReviewLoad = 0,
) -> Request:
    """The request behind some terms.

    Args:
        atlas: the map.
        terms: what the person asks.
        knows: skills they have.
        background: their saved background.
        belief: for skills, the probability that they have them.
        pace: their pace.
        review: minutes of review on each day, where the terms say none.

    Raises:
        PlanError: the terms make no sense.
        UnknownTargetError: a goal is unknown.
        UnknownSkillError: a skill is unknown.
        UnknownBackgroundError: the background is unknown.
    """
    zone_of(terms.zone)
    weights = {name: float(weight) for name, weight in (terms.importance or {}).items()}
    strange = set(weights) - set(terms.targets)
    if strange:
        raise PlanError(f"{min(strange)!r} has an importance and is no goal", "name it among the goals too")
    wishes = tuple(Wish(atlas.target(name, terms.level), weights.get(name, 1.0)) for name in terms.targets)
    base = Request(
        wishes=wishes,
        time=availability(terms),
        known=(*knows, *(atlas.skill(name) for name in terms.knows)),
        belief=dict(belief or {}),
        background=_background(atlas, terms.background or background, terms.met),
        mix=_mix(terms.mix),
        review=review if terms.review is None else terms.review,
        strictness=_one_of(Strictness, terms.gates, "gates"),
        clock=_one_of(Clock, terms.clock, "clock") if terms.clock else None,
        tracks=frozenset(_track(atlas, name) for name in terms.tracks),
        hold={atlas.skill(name): day for name, day in (terms.hold or {}).items()},
        sooner=tuple(atlas.skill(name) for name in terms.sooner),
        chosen=terms.choose,
        without=terms.without,
    )
    return replace(base, pace=pace) if pace is not None else base


def availability(terms: Terms) -> Availability:
    """When there is time.

    Raises:
        PlanError: neither hours a week nor by weekday are given, or they make no sense.
    """
    if len(terms.off) > MOST_OFF:
        raise PlanError(f"{len(terms.off)} days off are too many to keep", f"at most {MOST_OFF}")
    off = frozenset(terms.off)
    if terms.weekdays:
        return Availability(by_weekday(terms.weekdays), terms.start, terms.deadline, off)
    if terms.hours is None:
        raise PlanError("the plan needs hours", "say --hours-per-week 7, or hours by weekday")
    return Availability.weekly(terms.hours, terms.start, terms.deadline, off)


def zone_of(name: str | None) -> ZoneInfo | None:
    """The time zone of this name; None stands for the machine's.

    Raises:
        PlanError: there is no such zone.
    """
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PlanError(f"{name!r} is no time zone", "write one such as Europe/Berlin") from None


def days_off(texts: Iterable[str]) -> tuple[date, ...]:
    """Days off from words like `2027-08-01` or `2027-08-01..2027-08-14`.

    Raises:
        PlanError: a word is no day and no span, or the span is longer than ten years.
    """
    found: list[date] = []
    for text in texts:
        first, _, last = text.partition("..")
        try:
            begin = date.fromisoformat(first)
            end = date.fromisoformat(last) if last else begin
        except ValueError:
            raise PlanError(f"{text!r} is no day off", "write 2027-08-01 or 2027-08-01..2027-08-14") from None
        if not 0 <= (end - begin).days < MOST_SPAN:
            raise PlanError(f"{text!r} is no span of days", "the first day comes first, at most ten years")
        found += [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    return tuple(sorted(set(found)))


def _background(atlas: Atlas, name: str | None, met: Iterable[str]) -> Background | None:
    """The background of this name, with the areas that were met before besides."""
    base = atlas.background(name)
    areas = tuple(met)
    for area in areas:
        if area not in atlas.curriculum.areas:
            raise PlanError(f"{area!r} is no area", "see: cairn show and the areas of the map")
    if not areas:
        return base
    base = base or Background(title="You", summary="What you said.")
    return replace(base, seen=tuple(dict.fromkeys((*base.seen, *areas))))


def _mix(shares: tuple[float, float, float] | None) -> Mix | None:
    if shares is None:
        return None
    whole = 100.0 if max(shares) > 1 else 1.0
    return Mix(*(share / whole for share in shares))


def _one_of(kind: type[Any], value: str, what: str) -> Any:  # noqa: ANN401
    try:
        return kind(value)
    except ValueError:
        raise PlanError(
            f"{value!r} is no choice for {what}", f"choose {' or '.join(str(k.value) for k in kind)}"
        ) from None


def _track(atlas: Atlas, name: str) -> str:
    if atlas.curriculum.track(name) is None:
        raise PlanError(f"{name!r} is no track", "see the path's page for its tracks")
    return name
