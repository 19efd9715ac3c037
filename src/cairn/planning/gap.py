"""The gap: the smallest set of skills that stands between a person and a goal, in learning order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cairn.curriculum import Curriculum, Graph, Kind, Level, Skill
from cairn.curriculum.area import Background
from cairn.curriculum.graph import Node
from cairn.planning.hours import Hours, Pace
from cairn.planning.target import Target


@dataclass(frozen=True, slots=True)
class Step:
    """One skill of a gap.

    Attributes:
        skill: what to learn.
        hours: hours (low, high) for it alone.
        because: why it is needed: the reason its first user in the gap gives, or that it is the goal itself.
        needed_by: the skills of the gap that require it directly, in learning order.
        needs: the skills of the gap it requires directly, in learning order.
        is_target: whether the goal asks for it by name.
    """

    skill: Skill
    hours: Hours
    because: str
    needed_by: tuple[Skill, ...]
    needs: tuple[Skill, ...]
    is_target: bool


@dataclass(frozen=True, slots=True)
class Skip:
    """Something near the goal that may be left out, and why."""

    id: str
    hours: Hours
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing for a goal.

    Attributes:
        targets: what was asked.
        steps: the missing skills in learning order.
        hours: hours (low, high) for all steps: the sums of theirs.
        known: skills the goal needs that are known already, in learning order.
        skipped: deeper levels of the topics in the gap that the goal does not ask for, and what the paths
            among the targets say to skip.
    """

    targets: tuple[Target, ...]
    steps: tuple[Step, ...]
    hours: Hours
    known: tuple[Skill, ...]
    skipped: tuple[Skip, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of the topics in the gap, in learning order of their shallowest missing level."""
        return tuple(dict.fromkeys(step.skill.topic for step in self.steps))


def missing(graph: Graph[Node], wanted: Iterable[Node], known: Iterable[Node] = ()) -> list[int]:
    """The gap as positions in the graph, ascending, which is a learning order.

    It is the closure of `wanted` less the closure of `known`: the unique smallest set that, with what is
    known, contains what is wanted and is closed under `requires`. Knowing a skill is taken to mean knowing
    what it requires (knowledge states are closed: Doignon & Falmagne, Knowledge Spaces, 1999, ch. 2).
    Nodes that are not in the graph are passed over. Time linear in the part of the graph below both.
    """
    at = graph.position
    return sorted(graph.below([at[n] for n in wanted if n in at], [at[n] for n in known if n in at]))


def find_gap(
    curriculum: Curriculum,
    targets: Sequence[Target],
    known: Iterable[Skill] = (),
    background: Background | None = None,
) -> Gap:
    """What stands between a person and one or more goals.

    Args:
        curriculum: the map.
        targets: the goals.
        known: skills the person has; what these require is taken as known too.
        background: what kind of person it is; its certain skills count as known and it sets the hours.
    """
    graph = curriculum.graph
    have = [*known, *(background.knows if background else ())]
    wanted = dict.fromkeys(skill for target in targets for skill in target.skills)
    positions = missing(graph, wanted, have)
    inside = frozenset(positions)
    pace = Pace(curriculum, background)
    describe = _because(curriculum, frozenset(wanted), targets)
    steps = tuple(
        Step(
            skill=graph.nodes[i],
            hours=pace.hours(graph.nodes[i]),
            because=describe(graph.nodes[i], [graph.nodes[j] for j in graph.unlocks[i] if j in inside]),
            needed_by=tuple(graph.nodes[j] for j in graph.unlocks[i] if j in inside),
            needs=tuple(graph.nodes[j] for j in graph.needs[i] if j in inside),
            is_target=graph.nodes[i] in wanted,
        )
        for i in positions
    )
    closure = graph.below(graph.position[s] for s in wanted)
    return Gap(
        targets=tuple(targets),
        steps=steps,
        hours=total(step.hours for step in steps),
        known=tuple(graph.nodes[i] for i in sorted(closure - inside)),
        skipped=(*_deeper(curriculum, steps, pace), *_advice(curriculum, targets)),
    )


def total(spans: Iterable[Hours]) -> Hours:
    """The sum of ranges, end by end, to a hundredth of an hour."""
    low = high = 0.0
    for a, b in spans:
        low, high = low + a, high + b
    return round(low, 2), round(high, 2)


def _because(
    curriculum: Curriculum, wanted: frozenset[Skill], targets: Sequence[Target]
) -> Callable[[Skill, Sequence[Skill]], str]:
    """How to say why a skill is in the gap."""
    askers = {skill: target for target in reversed(targets) for skill in target.skills}

    def describe(skill: Skill, users: Sequence[Skill]) -> str:
        if skill in wanted:
            target = askers[skill]
            same = target.entry.kind in {Kind.TOPIC, Kind.SKILL, Kind.SECTION}
            return "This is the goal." if same else f"{target.entry.title} asks for it."
        for user in users:
            reason = curriculum.reasons.get((user, skill))
            if reason:
                return reason
        deeper = next(u for u in users if u.topic == skill.topic)
        return f"The level “{deeper.level.value}” of this topic builds on it."

    return describe


def _deeper(curriculum: Curriculum, steps: Sequence[Step], pace: Pace) -> Iterable[Skip]:
    """For each topic of the gap, the levels below the deepest that is asked for."""
    deepest: dict[str, Level] = {}
    for step in steps:
        level = deepest.get(step.skill.topic)
        if level is None or step.skill.level.depth > level.depth:
            deepest[step.skill.topic] = step.skill.level
    for topic, level in deepest.items():
        for skill in curriculum.topics[topic].skills[level.depth + 1 :]:
            yield Skip(str(skill), pace.hours(skill), f"The goal asks this topic only to “{level.value}”.")


def _advice(curriculum: Curriculum, targets: Sequence[Target]) -> Iterable[Skip]:
    for target in targets:
        if target.entry.kind is Kind.PATH:
            for step in curriculum.paths[target.entry.id].all_steps:
                if step.skip:
                    yield Skip(target.entry.id, (0.0, 0.0), step.skip)
