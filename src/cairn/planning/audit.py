"""A learner's own list of topics, held against a goal: what is missing, unnecessary, out of order, too shallow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cairn.curriculum import Curriculum, Entry, Kind, Level, Skill
from cairn.planning.companions import companions
from cairn.planning.gap import missing
from cairn.planning.target import Target

MOST_LINES = 2_000
_MARK = re.compile(r"^(?:\s*(?:[-*•·–]+|\[[ xX]?\]|\(?\d{1,4}[.)](?=\s|$)))+\s*")
"""What stands before a line of a list: bullets, a box, a number with its point. Not the 2 of “2D convolution”."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: its words, the topic they name, and the level they say, if any."""

    text: str
    topic: str
    level: Level | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one topic, with the reason."""

    topic: str
    reason: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What is to be said of a list.

    Attributes:
        understood: the lines that name a topic, in the list's order.
        unknown: lines that name nothing.
        missing: topics the goal needs that the list lacks, in learning order, with what needs them.
        unnecessary: topics on the list that the goal does not need, with why or until when.
        order: topics that stand before something they require.
        depth: topics whose level on the list is not the level the goal needs.
        coverage: the share of the needed topics that the list names.
    """

    understood: tuple[Line, ...]
    unknown: tuple[str, ...]
    missing: tuple[Finding, ...]
    unnecessary: tuple[Finding, ...]
    order: tuple[Finding, ...]
    depth: tuple[Finding, ...]
    coverage: float


def audit(
    curriculum: Curriculum,
    target: Target,
    lines: Iterable[str],
    known: Iterable[Skill] = (),
    find: Callable[[str], Entry | None] | None = None,
) -> Audit:
    """Hold a list against a goal.

    Args:
        curriculum: the map.
        target: the goal.
        lines: the list; bullets, numbers and empty lines do not matter. `softmax@derive` says a level.
        known: skills the person has; they are neither missing nor wrong on the list.
        find: how to find what a line names; exact names and aliases only where none is given.
    """
    find = find or curriculum.resolve
    understood: list[Line] = []
    unknown: list[str] = []
    for text in clean(lines):
        line = read(curriculum, find, text)
        if line is None:
            unknown.append(text)
        elif line.topic not in {u.topic for u in understood}:
            understood.append(line)
    graph = curriculum.graph
    needed = [graph.nodes[i] for i in missing(graph, target.skills, known)]
    have = {
        graph.nodes[i].topic for i in graph.below([graph.position[s] for s in known if s in graph.position])
    }
    deepest: dict[str, Level] = {}
    for skill in needed:
        deepest[skill.topic] = max(
            deepest.get(skill.topic, skill.level), skill.level, key=lambda lv: lv.depth
        )
    listed = {line.topic for line in understood}
    absent = [topic for topic in deepest if topic not in listed]
    return Audit(
        understood=tuple(understood),
        unknown=tuple(unknown),
        missing=tuple(Finding(topic, _needed_by(curriculum, topic, deepest)) for topic in absent),
        unnecessary=tuple(
            Finding(line.topic, _not_needed(curriculum, target, line.topic, have))
            for line in understood
            if line.topic not in deepest
        ),
        order=tuple(_order(curriculum, [line.topic for line in understood], deepest)),
        depth=tuple(_depth(understood, deepest)),
        coverage=1 - len(absent) / len(deepest) if deepest else 1.0,
    )


def clean(lines: Iterable[str]) -> list[str]:
    """The lines without bullets, numbers and boxes; empty ones are left out, long ones cut."""
    stripped = (_MARK.sub("", line).strip() for line in lines)
    return [line[:200] for line in stripped if line][:MOST_LINES]


def read(curriculum: Curriculum, find: Callable[[str], Entry | None], text: str) -> Line | None:
    """The topic that one clean line names, or None."""
    entry = find(text)
    if entry is None:
        return None
    if entry.kind is Kind.SKILL:
        skill = Skill.parse(entry.id)
        return Line(text, skill.topic, skill.level)
    topic = entry.within if entry.kind is Kind.SECTION else entry.id
    return Line(text, topic, None) if topic in curriculum.topics else None


def _needed_by(curriculum: Curriculum, topic: str, deepest: dict[str, Level]) -> str:
    """The first written reason by which something the goal needs requires this topic."""
    graph = curriculum.graph
    for skill in curriculum.topics[topic].skills:
        for j in graph.unlocks[graph.position[skill]]:
            user = graph.nodes[j]
            level = deepest.get(user.topic)
            if user.topic != topic and level is not None and user.level.depth <= level.depth:
                reason = curriculum.reasons.get((user, skill))
                if reason:
                    return f"{curriculum.topics[user.topic].title}: {reason}"
    return f"The goal asks for it (to {deepest[topic].value})."


def _not_needed(curriculum: Curriculum, target: Target, topic: str, have: set[str]) -> str:
    """Why a topic may go: it is known, the path puts it off, its page says when to skip it, or nothing needs it."""
    if topic in have:
        return "You know it."
    path = curriculum.paths.get(target.entry.id)
    for later in companions(curriculum, path).later if path else ():
        if any(skill.topic == topic for skill in later.skills):
            return f"Learn it later: {later.when}."
    skip = curriculum.topics[topic].skip_unless
    if skip:
        return f"Skip it unless {skip}."
    return f"{target.entry.title} needs nothing of it."


def _order(curriculum: Curriculum, listed: Sequence[str], deepest: dict[str, Level]) -> Iterable[Finding]:
    """Topics that stand before something they require, at the levels the goal needs."""
    graph = curriculum.graph
    place = {topic: n for n, topic in enumerate(listed)}
    for topic in listed:
        level = deepest.get(topic)
        if level is None:
            continue
        skills = [s for s in curriculum.topics[topic].skills if s.level.depth <= level.depth]
        below = graph.below([graph.position[s] for s in skills])
        # Only what must precede even its shallowest wanted level is out of order; levels may leapfrog.
        first = graph.below([graph.position[skills[0]]]) if skills else below
        late = [
            t for t in listed if place[t] > place[topic] and any(graph.nodes[i].topic == t for i in first)
        ]
        if late:
            names = ", ".join(curriculum.topics[t].title for t in late[:3])
            yield Finding(topic, f"It requires {names}, which stands later on your list.")


def _depth(lines: Sequence[Line], deepest: dict[str, Level]) -> Iterable[Finding]:
    for line in lines:
        needed = deepest.get(line.topic)
        if needed is None or line.level is None or line.level is needed:
            continue
        if line.level.depth < needed.depth:
            yield Finding(line.topic, f"You plan to “{line.level.value}”; the goal needs “{needed.value}”.")
        else:
            yield Finding(line.topic, f"“{needed.value}” is deep enough; you plan to “{line.level.value}”.")
