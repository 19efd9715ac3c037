"""The gap: the smallest set of skills that stands between a person and a goal, in learning order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

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


@dataclass(frozen=True)
class Gap:
    """What is missing for a goal. Its totals are at hand at once; the steps are worked out when first read.

    Attributes:
        targets: what was asked.
        skills: the missing skills in learning order.
        hours: hours (low, high) for all of them: the sums of theirs.
    """

    targets: tuple[Target, ...]
    skills: tuple[Skill, ...]
    hours: Hours
    _find: _Finding = field(repr=False, compare=False)

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of the topics in the gap, in learning order of their shallowest missing level."""
        return tuple(dict.fromkeys(skill.topic for skill in self.skills))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The missing skills with hours, reasons and what each needs and unlocks, in learning order."""
        return self._find.steps()

    @cached_property
    def known(self) -> tuple[Skill, ...]:
        """The skills the goal needs that are known already, in learning order."""
        return self._find.known()

    @cached_property
    def skipped(self) -> tuple[Skip, ...]:
        """What may be left out.

        Deeper levels of the topics in the gap that the goal does not ask for, and what the paths among the
        targets say to skip.
        """
        return self._find.skipped()


def missing(
    graph: Graph[Node], wanted: Iterable[Node], known: Iterable[Node] = (), lacks: Iterable[Node] = ()
) -> list[int]:
    """The gap as positions in the graph, ascending, which is a learning order.

    It is the closure of `wanted` less the closure of `known`: the unique smallest set that, with what is
    known, contains what is wanted and is closed under `requires`. Knowing a skill is taken to mean knowing
    what it requires (knowledge states are closed: Doignon & Falmagne, Knowledge Spaces, 1999, ch. 2).
    People have holes all the same: what is in `lacks` is missing even where something known requires it.
    Nodes that are not in the graph are passed over. Time linear in the part of the graph below all three.
    """
    at = graph.position
    goal = [at[n] for n in wanted if n in at]
    found = graph.below(goal, [at[n] for n in known if n in at])
    holes = {at[n] for n in lacks if n in at} - found
    return sorted(found | (holes & graph.below(goal)) if holes else found)


def find_gap(
    curriculum: Curriculum,
    targets: Sequence[Target],
    known: Iterable[Skill] = (),
    background: Background | None = None,
    lacks: Iterable[Skill] = (),
) -> Gap:
    """What stands between a person and one or more goals.

    Args:
        curriculum: the map.
        targets: the goals.
        known: skills the person has; what these require is taken as known too.
        background: what kind of person it is; its certain skills count as known and it sets the hours.
        lacks: skills the person was seen not to have, whatever the rest says.
    """
    have = [*known, *(background.knows if background else ())]
    wanted = dict.fromkeys(skill for target in targets for skill in target.skills)
    positions = missing(curriculum.graph, wanted, have, lacks)
    finding = _Finding(
        curriculum, tuple(targets), frozenset(wanted), tuple(positions), Pace(curriculum, background)
    )
    skills = tuple(curriculum.graph.nodes[i] for i in positions)
    return Gap(finding.targets, skills, total(map(finding.pace.hours, skills)), finding)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A gap as positions in the graph, and how to spell it out."""

    curriculum: Curriculum
    targets: tuple[Target, ...]
    wanted: frozenset[Skill]
    positions: tuple[int, ...]
    pace: Pace

    def steps(self) -> tuple[Step, ...]:
        graph = self.curriculum.graph
        inside = frozenset(self.positions)
        askers = {skill: target for target in reversed(self.targets) for skill in target.skills}
        steps = []
        for i in self.positions:
            skill = graph.nodes[i]
            users = tuple(graph.nodes[j] for j in graph.unlocks[i] if j in inside)
            steps.append(
                Step(
                    skill=skill,
                    hours=self.pace.hours(skill),
                    because=self._because(skill, users, askers.get(skill)),
                    needed_by=users,
                    needs=tuple(graph.nodes[j] for j in graph.needs[i] if j in inside),
                    is_target=skill in self.wanted,
                )
            )
        return tuple(steps)

    def known(self) -> tuple[Skill, ...]:
        graph = self.curriculum.graph
        closure = graph.below(graph.position[s] for s in self.wanted)
        return tuple(graph.nodes[i] for i in sorted(closure.difference(self.positions)))

    def skipped(self) -> tuple[Skip, ...]:
        nodes = self.curriculum.graph.nodes
        return (*self._deeper(nodes[i] for i in self.positions), *self._advice())

    def _because(self, skill: Skill, users: Sequence[Skill], asker: Target | None) -> str:
        """Why a skill is in the gap, in the words of whoever needs it."""
        if asker is not None:
            same = asker.entry.kind in {Kind.TOPIC, Kind.SKILL, Kind.SECTION}
            return "This is the goal." if same else f"{asker.entry.title} asks for it."
        for user in users:
            reason = self.curriculum.reasons.get((user, skill))
            if reason:
                return reason
        deeper = next(u for u in users if u.topic == skill.topic)
        return f"The level “{deeper.level.value}” of this topic builds on it."

    def _deeper(self, skills: Iterable[Skill]) -> Iterable[Skip]:
        """For each topic of the gap, the levels below the deepest that is asked for."""
        deepest: dict[str, Level] = {}
        for skill in skills:
            level = deepest.get(skill.topic)
            if level is None or skill.level.depth > level.depth:
                deepest[skill.topic] = skill.level
        for topic, level in deepest.items():
            for skill in self.curriculum.topics[topic].skills[level.depth + 1 :]:
                reason = f"The goal asks this topic only to “{level.value}”."
                yield Skip(str(skill), self.pace.hours(skill), reason)

    def _advice(self) -> Iterable[Skip]:
        """What the paths among the targets say to skip."""
        for target in self.targets:
            if target.entry.kind is Kind.PATH:
                for step in self.curriculum.paths[target.entry.id].all_steps:
                    if step.skip:
                        yield Skip(target.entry.id, (0.0, 0.0), step.skip)


def total(spans: Iterable[Hours]) -> Hours:
    """The sum of ranges, end by end, to a hundredth of an hour."""
    low = high = 0.0
    for a, b in spans:
        low, high = low + a, high + b
    return round(low, 2), round(high, 2)
