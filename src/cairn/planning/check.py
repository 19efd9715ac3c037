"""Whether a plan keeps its promises, found out from its days alone: requirements, budgets, days off, gates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cairn.curriculum import Curriculum, Skill
from cairn.planning.activity import Act
from cairn.planning.checkpoint import Strictness
from cairn.planning.plan import Day, Plan
from cairn.planning.request import Request
from cairn.planning.weeks import BESIDE

Moment = tuple[date, int]


def violations(curriculum: Curriculum, request: Request, plan: Plan) -> list[str]:
    """What is wrong with a plan, in words; nothing for a good one.

    It knows nothing of how plans are made. Days that lie behind are what happened, and are not judged.

    Args:
        curriculum: the map.
        request: what was asked; its start is the first day that is judged.
        plan: the plan.
    """
    ahead = [day for day in plan.days if day.date >= request.time.start]
    return [
        *_budgets(request, ahead),
        *_deadline(request, plan),
        *_requirements(curriculum, ahead),
        *_gates(request, ahead),
    ]


def _budgets(request: Request, days: list[Day]) -> Iterator[str]:
    last: date | None = None
    for day in days:
        if last is not None and day.date <= last:
            yield f"{day.date} stands after {last}"
        last = day.date
        allowed = request.time.on(day.date)
        planned = sum(slot.minutes for slot in day.slots if not slot.done)
        if planned > allowed:
            yield f"{day.date} holds {planned} minutes and has {allowed}"
        if any(slot.minutes <= 0 for slot in day.slots):
            yield f"{day.date} holds a piece without minutes"
        held = [s.activity.skill for s in day.slots if s.activity.skill in request.hold and not s.done]
        for skill in held:
            if skill is not None and day.date < request.hold[skill] and skill in request.hold:
                yield f"{skill} is held until {request.hold[skill]} and stands on {day.date}"


def _deadline(request: Request, plan: Plan) -> Iterator[str]:
    deadline = request.time.deadline
    if deadline is not None and plan.finish is not None and plan.finish > deadline:
        yield f"the plan ends on {plan.finish}, after the deadline {deadline}"


def _moments(days: list[Day]) -> tuple[dict[Skill, Moment], dict[Skill, Moment]]:
    """When each skill is begun and ended, as the day and the place on it. Repairs are not first learning."""
    begun: dict[Skill, Moment] = {}
    ended: dict[Skill, Moment] = {}
    for day in days:
        for n, slot in enumerate(day.slots):
            skill = slot.activity.skill
            if skill is not None and slot.activity.act is not Act.REPAIR and not slot.done:
                begun.setdefault(skill, (day.date, n))
                ended[skill] = (day.date, n)
    return begun, ended


def _requirements(curriculum: Curriculum, days: list[Day]) -> Iterator[str]:
    graph = curriculum.graph
    begun, ended = _moments(days)
    for skill, first in begun.items():
        for j in graph.needs[graph.position[skill]]:
            needed = graph.nodes[j]
            if needed in ended and ended[needed] > first:
                yield f"{skill} begins on {first[0]} before {needed} is done on {ended[needed][0]}"


def _gates(request: Request, days: list[Day]) -> Iterator[str]:
    """Nothing of a phase stands after its gate, and with hard gates nothing of a later one before it."""
    gates: dict[int, Moment] = {}
    for day in days:
        for n, slot in enumerate(day.slots):
            if slot.activity.act is Act.CHECKPOINT:
                gates[slot.activity.phase] = (day.date, n)
    for day in days:
        for n, slot in enumerate(day.slots):
            activity, here = slot.activity, (day.date, n)
            if activity.skill is None or activity.act in BESIDE or slot.done:
                continue
            own = gates.get(activity.phase)
            if own is not None and here > own:
                yield f"{activity.id} stands after the gate of its phase"
            if request.strictness is Strictness.HARD:
                early = [p for p, moment in gates.items() if p < activity.phase and moment > here]
                if early:
                    yield f"{activity.id} stands before the gate of phase {early[0] + 1}"
