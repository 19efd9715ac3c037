"""Blocks of work in the order to do them: skills, the gates between phases, and repairs after failed gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cairn.curriculum import Curriculum, Skill
from cairn.planning.activity import Act, Activity, Mix
from cairn.planning.checkpoint import ASSESS_MINUTES, REPAIR_SHARE, Gate, Strictness
from cairn.planning.effort import Effort
from cairn.planning.order import learning_order, places
from cairn.planning.outline import Outline, Part
from cairn.planning.request import Past, Request
from cairn.planning.schedule import Block
from cairn.planning.work import LEAST, Need, Work

KEPT_OPEN = 0.1
"""What share of an activity is still planned when more was spent on it than it was given."""


@dataclass(frozen=True, slots=True)
class Laying:
    """Blocks, the skills in their order, and the minutes among them that are not for new skills."""

    blocks: tuple[Block, ...]
    order: tuple[int, ...]
    fixed: int


def blocks(
    curriculum: Curriculum,
    request: Request,
    past: Past,
    outline: Outline,
    gates: Sequence[Gate | None],
    effort: Effort,
    positions: Sequence[int],
    mix: Mix,
) -> Laying:
    """The blocks of a plan.

    Args:
        curriculum: the map.
        request: what is asked.
        past: what has happened.
        outline: what is wanted, in phases.
        gates: the gate of each phase.
        effort: minutes of the missing skills.
        positions: the skills to plan, a closed part of the missing ones.
        mix: how to share minutes out.
    """
    graph = curriculum.graph
    place = places(curriculum, outline, positions)
    rank = {graph.position[s]: n for n, s in enumerate(request.sooner) if s in graph.position}
    order = learning_order(graph.needs, place, lambda i: effort.minutes[i], rank)
    inside = set(order)
    needs = [
        Need(graph.nodes[i], effort.minutes[i], _because(curriculum, outline, i, inside), place[i].phase)
        for i in order
    ]
    work = Work(curriculum, outline, mix, _exercises_done(past))
    spent, finished = past.spent(), past.finished
    by_phase: dict[int, list[Block]] = {}
    for need, activities in work.activities(needs):
        i = graph.position[need.skill]
        by_phase.setdefault(need.phase, []).append(
            Block(
                str(need.skill),
                tuple(_left(a, spent, finished) for a in activities),
                frozenset(str(graph.nodes[j]) for j in graph.needs[i] if j in inside),
                _held(request, need.skill),
            )
        )
    chain = _Chain(curriculum, request, past, outline, gates)
    made = tuple(chain.phases(by_phase))
    own = {str(graph.nodes[i]) for i in order}
    fixed = sum(a.minutes for block in made if block.key not in own for a in block.activities)
    return Laying(made, tuple(order), fixed)


class _Chain:
    """Puts gates behind phases and repairs before gates."""

    def __init__(
        self,
        curriculum: Curriculum,
        request: Request,
        past: Past,
        outline: Outline,
        gates: Sequence[Gate | None],
    ) -> None:
        self._curriculum, self._request, self._past = curriculum, request, past
        self._outline, self._gates = outline, gates
        self._hard = request.strictness is Strictness.HARD

    def phases(self, by_phase: dict[int, list[Block]]) -> Iterator[Block]:
        """All blocks. With hard gates each phase waits for the gate before it."""
        barrier: frozenset[str] = frozenset()
        carried: list[Block] = []
        for n, part in enumerate(self._outline.parts):
            own = by_phase.get(n, [])
            own = [replace(block, after=block.after | barrier) for block in own]
            tail = list(self._tail(n, part, own))
            yield from _between(own, carried)
            carried = []
            gates = [block for block in tail if "/checkpoint" in block.key]
            if self._hard or not self._failed(part):
                yield from tail
                if self._hard:  # a phase without a gate of its own still waits for those before it
                    barrier |= {block.key for block in gates}
            else:
                carried = tail  # a soft gate that failed is mended beside the next phase
        yield from carried

    def _failed(self, part: Part) -> bool:
        return any(r.phase == part.id for r in self._past.repairs)

    def _tail(self, n: int, part: Part, own: Sequence[Block]) -> Iterator[Block]:
        """What closes a phase: repairs, the gate, and the questions to oneself."""
        found = self._gates[n]
        repair = next((r for r in self._past.repairs if r.phase == part.id), None)
        members = frozenset(block.key for block in own)
        if found is not None and part.id not in self._past.passed and (own or repair):
            keys = set(members)
            for skill in repair.skills if repair else ():
                block = self._repair(n, skill, found, repair.attempt if repair else 1)
                keys.add(block.key)
                yield block
            attempt = repair.attempt + 1 if repair else 1
            yield self._gate_block(n, found, attempt, frozenset(keys))
        if part.assess and (own or repair):
            yield self._assess(n, part, members)

    def _gate_block(self, n: int, found: Gate, attempt: int, after: frozenset[str]) -> Block:
        name = f"{found.phase}/checkpoint" + (f"/{attempt}" if attempt > 1 else "")
        again = "" if attempt == 1 else f" (attempt {attempt})"
        reason = " ".join(found.criteria) or "It shows whether the phase holds."
        activity = Activity(
            name,
            Act.CHECKPOINT,
            f"Checkpoint: {found.title}{again}",
            found.minutes,
            reason,
            found.phase,
            None,
            n,
        )
        return Block(name, (_left(activity, self._past.spent(), self._past.finished),), after)

    def _repair(self, n: int, skill: Skill, found: Gate, attempt: int) -> Block:
        topic = self._curriculum.topics[skill.topic]
        low, high = self._curriculum.hours_of_skill(skill)
        minutes = max(10, round(60 * (low + high) / 2 * REPAIR_SHARE))
        name = f"{skill}/repair/{found.phase}/{attempt}"
        activity = Activity(
            name, Act.REPAIR, f"{topic.title}: go over it again", minutes, f"The checkpoint: {found.if_no}.",
            topic.id, skill, n,
        )  # fmt: skip
        return Block(name, (_left(activity, self._past.spent(), self._past.finished),))

    def _assess(self, n: int, part: Part, after: frozenset[str]) -> Block:
        name = f"{part.id}/assess"
        asked = [self._curriculum.questions[q].ask for q in part.assess if q in self._curriculum.questions]
        activity = Activity(
            name, Act.ASSESS, f"Ask yourself: {part.title}", ASSESS_MINUTES * max(1, len(asked)), " ".join(asked),
            part.id, None, n,
        )  # fmt: skip
        return Block(name, (_left(activity, self._past.spent(), self._past.finished),), after)


def _between(own: Sequence[Block], carried: Sequence[Block]) -> Iterator[Block]:
    """Carried blocks one by one between the others."""
    waiting = list(carried)
    for block in own:
        yield block
        if waiting:
            yield waiting.pop(0)
    yield from waiting


def _left(activity: Activity, spent: dict[str, int], finished: frozenset[str]) -> Activity:
    """An activity with the minutes that are left of it."""
    if activity.id in finished:
        return replace(activity, minutes=0)
    used = spent.get(activity.id, 0)
    if not used:
        return activity
    return replace(activity, minutes=max(round(activity.minutes * KEPT_OPEN), LEAST, activity.minutes - used))


def _held(request: Request, skill: Skill) -> date | None:
    return request.hold.get(skill)


def _exercises_done(past: Past) -> frozenset[str]:
    return frozenset(name.rpartition("/")[2] for name in past.finished if "/exercise/" in name)


def _because(curriculum: Curriculum, outline: Outline, i: int, inside: set[int]) -> str:
    """Why a skill is in the plan: who asks for it, or the reason of its first user."""
    graph = curriculum.graph
    skill = graph.nodes[i]
    for part in outline.parts:
        for step in part.steps:
            if skill in step.targets:
                if part.id == "goals":
                    return "This is a goal." if len(step.targets) == 1 else f"{step.title} asks for it."
                return f"{part.title}, {step.title}: it is a target there."
    for j in graph.unlocks[i]:
        if j in inside:
            reason = curriculum.reasons.get((graph.nodes[j], skill))
            if reason:
                return reason
            if graph.nodes[j].topic == skill.topic:
                return f"The level “{graph.nodes[j].level.value}” of this topic builds on it."
    return "Something in the plan requires it."
