"""What is different between two plans for the same person, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cairn.curriculum import Graph, Skill
from cairn.planning.activity import Act
from cairn.planning.plan import Plan
from cairn.planning.request import Past, Request

SLACK_MINUTES = 15
"""Being behind or ahead by less is not worth a word."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something that ends on another day than before; `was` or `now` is None where it was added or is gone."""

    id: str
    title: str
    was: date | None
    now: date | None
    reason: str

    @property
    def days(self) -> int | None:
        """By how many days it moved; positive is later."""
        return (self.now - self.was).days if self.was and self.now else None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that moved.

    Attributes:
        causes: what happened or was changed, in words, the most important first.
        moves: what ends on another day, in the order of the new plan; then what is gone.
        kept: ids of what was done; it stands where it was.
    """

    causes: tuple[str, ...]
    moves: tuple[Move, ...]
    kept: tuple[str, ...]


def changes(
    before: tuple[Request, Plan],
    after: tuple[Request, Plan],
    past: Past,
    graph: Graph[Skill],
    name: Callable[[Skill], str] = str,
) -> Changes:
    """Compare a plan with the one before it.

    Args:
        before: what was asked, and its plan.
        after: the same now; it starts on the day of replanning.
        past: what has happened in between and earlier.
        graph: what requires what, to tell what a held skill holds up.
        name: how a skill is called.
    """
    (old_request, old), (new_request, new) = before, after
    causes = _causes(old_request, old, new_request, past)
    was, now = _ends(old), _ends(new)
    names = _titles(old, name) | _titles(new, name)
    finished = past.finished
    held = {
        s for s in new_request.hold if s not in old_request.hold or new_request.hold[s] != old_request.hold[s]
    }
    behind_held = {
        str(graph.nodes[i]) for i in graph.above(graph.position[s] for s in held if s in graph.position)
    }
    chosen_away = {str(s) for s in (d.skill for d in new.dropped)}
    sooner = {str(s) for s in new_request.sooner} - {str(s) for s in old_request.sooner}

    moved = {str(s) for s in held}
    reasons = (
        (moved, "You moved it."),
        (behind_held, "It requires something that you moved."),
        (sooner, "You asked for it sooner."),
        (chosen_away, "It no longer fits before the deadline."),
        (was.keys() - now.keys(), "It is known, or no goal needs it any more."),
        (
            {k for k in now if "/repair/" in k or "/checkpoint" in k} - was.keys(),
            "A checkpoint asked for it.",
        ),
        (now.keys() - was.keys(), "It is needed now."),
    )
    general = causes[0] if causes else "What comes before it moved."

    def why(key: str) -> str:
        return next((text for keys, text in reasons if key in keys), general)

    moves = [
        Move(key, names[key], was.get(key), now.get(key), why(key))
        for key in [*now, *(k for k in was if k not in now)]
        if was.get(key) != now.get(key) and key not in finished and not _all_done(key, past)
    ]
    return Changes(causes, tuple(moves), tuple(sorted(finished)))


def _causes(old_request: Request, old: Plan, new_request: Request, past: Past) -> tuple[str, ...]:
    today = new_request.time.start
    found = [
        f"The checkpoint of {repair.phase} was not passed, so {len(repair.skills)} skills come again."
        for repair in past.repairs
    ]
    planned = sum(
        slot.minutes for day in old.days if day.date < today for slot in day.slots
        if not slot.done and slot.activity.act not in {Act.REVIEW, Act.TRACK}
    )  # fmt: skip
    did = sum(h.minutes for h in past.happened if old_request.time.start <= h.day < today)
    if planned - did > SLACK_MINUTES:
        found.append(f"By {today} you had planned {planned} minutes and did {did}.")
    elif did - planned > SLACK_MINUTES:
        found.append(f"By {today} you did {did} minutes, {did - planned} more than planned.")
    old_pace, new_pace = old_request.pace.factor, new_request.pace.factor
    if abs(new_pace / old_pace - 1) > 0.02:
        found.append(f"Things take you {new_pace:.2f} times our estimate; the last plan took {old_pace:.2f}.")
    if old_request.time.minutes != new_request.time.minutes:
        a, b = old_request.time.weekly_minutes / 60, new_request.time.weekly_minutes / 60
        found.append(f"You have {b:g} hours a week now instead of {a:g}.")
    if old_request.time.off != new_request.time.off:
        days = len(new_request.time.off - old_request.time.off)
        found.append(f"{days} days are off that were not." if days else "Days that were off are free now.")
    if old_request.time.deadline != new_request.time.deadline:
        found.append(f"The deadline is {new_request.time.deadline or 'gone'} now.")
    if len(new_request.known) > len(old_request.known):
        found.append(f"You know {len(new_request.known) - len(old_request.known)} skills more.")
    if {w.target.entry.id for w in old_request.wishes} != {w.target.entry.id for w in new_request.wishes}:
        found.append("The goals changed.")
    return tuple(found)


def _key(skill: Skill | None, activity_id: str, act: Act) -> str:
    """What moves as one: a skill with all its activities, or a gate or repair by itself."""
    return activity_id if skill is None or act is Act.REPAIR else str(skill)


def _ends(plan: Plan) -> dict[str, date]:
    """The last day of each thing that is still to be done."""
    found: dict[str, date] = {}
    for day in plan.days:
        for slot in day.slots:
            if not slot.done and slot.activity.act not in {Act.REVIEW, Act.TRACK}:
                found[_key(slot.activity.skill, slot.activity.id, slot.activity.act)] = day.date
    return found


def _titles(plan: Plan, name: Callable[[Skill], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for day in plan.days:
        for slot in day.slots:
            activity = slot.activity
            key = _key(activity.skill, activity.id, activity.act)
            found[key] = (
                name(activity.skill) if key == str(activity.skill) and activity.skill else activity.title
            )
    return found


def _all_done(key: str, past: Past) -> bool:
    """Whether a skill was worked through to its last activity."""
    return f"{key}/practise" in past.finished
