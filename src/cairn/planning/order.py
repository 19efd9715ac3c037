"""The order of learning: prerequisites first, phase by phase, kin together, with some interleaving.

Within a phase the skills stand in groups: a path's steps, or else areas. Two groups are open at a time. Work
stays in one for a run of hours, so that kin come together, and then turns to the other, so that what was begun
is met again after a pause (interleaved practice; Rohrer & Taylor, Instructional Science 35, 2007).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from cairn.curriculum import Curriculum, Level, Skill
from cairn.planning.outline import Outline

OPEN_GROUPS = 2
RUN_MINUTES = 240.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a skill stands: the phase that needs it first, and its group within the phase.

    `deep` marks what waits, within its phase, until all else of the phase is done: depth after breadth.
    """

    phase: int
    group: int
    deep: bool = False


def places(curriculum: Curriculum, outline: Outline, missing: Sequence[int]) -> dict[int, Place]:
    """For each missing position the phase and group that need it first.

    With breadth before depth the `derive` levels of the phases in the span wait for the last of them, unless
    something at a lower level requires them.
    """
    graph = curriculum.graph
    left = set(missing)
    found: dict[int, Place] = {}

    def take(skills: Sequence[Skill], phase: int, group: int, *, deep: bool = False) -> None:
        wanted = [graph.position[s] for s in skills if graph.position.get(s) in left]
        for i in _inside(graph.needs, wanted, left):
            found[i] = Place(phase, group, deep)
            left.discard(i)

    by_area = len(outline.parts) == 1 and len(outline.parts[0].steps) < 3
    groups = {area: n for n, area in enumerate(curriculum.areas)}
    span = outline.breadth
    later: list[tuple[int, Sequence[Skill]]] = []
    for phase, part in enumerate(outline.parts):
        wide = span is not None and span[0] <= phase <= span[1]
        for group, step in enumerate(part.steps):
            shallow = [s for s in step.targets if not (wide and s.level is Level.DERIVE)]
            take(shallow + [_below(curriculum, s) for s in step.targets if s not in shallow], phase, group)
            if wide:
                later.append((len(part.steps) + group, [s for s in step.targets if s not in shallow]))
        if span is not None and phase == span[1]:
            for group, skills in later:
                take(skills, phase, group, deep=True)
    for i in sorted(left):  # nothing should be left, but a plan must not lose a skill
        found[i] = Place(len(outline.parts) - 1, 0)
    if by_area:
        found = {i: Place(0, groups.get(curriculum.topics[graph.nodes[i].topic].area, 0)) for i in found}
    return found


def _below(curriculum: Curriculum, skill: Skill) -> Skill:
    """The level before the deepest."""
    skills = curriculum.topics[skill.topic].skills
    at = skills.index(skill)
    return skills[at - 1] if at else skill


def _inside(needs: Sequence[Sequence[int]], start: Sequence[int], inside: set[int]) -> set[int]:
    seen = {i for i in start if i in inside}
    stack = list(seen)
    while stack:
        for j in needs[stack.pop()]:
            if j in inside and j not in seen:
                seen.add(j)
                stack.append(j)
    return seen


def learning_order(
    needs: Sequence[Sequence[int]],
    place: Mapping[int, Place],
    minutes: Callable[[int], float],
    sooner: Mapping[int, int] | None = None,
) -> list[int]:
    """Missing positions in the order to learn them.

    Args:
        needs: prerequisites of every position of the graph.
        place: phase and group of each missing position.
        minutes: how long each takes.
        sooner: positions to be pulled to the front of their phase, with their rank.

    Every position stands after those it needs: a phase is closed under them by construction, and within a phase
    only what is ready is taken. Time O(n log n + m) for n positions and m requirements.
    """
    order: list[int] = []
    phases: dict[tuple[int, bool], list[int]] = {}
    for i in sorted(place):
        phases.setdefault((place[i].phase, place[i].deep), []).append(i)
    for phase in sorted(phases):
        order += _one_phase(needs, phases[phase], place, minutes, sooner or {})
    return order


def _one_phase(
    needs: Sequence[Sequence[int]],
    members: list[int],
    place: Mapping[int, Place],
    minutes: Callable[[int], float],
    sooner: Mapping[int, int],
) -> list[int]:
    inside = set(members)
    pulled = _pulled(needs, inside, sooner)
    waits = {i: sum(j in inside for j in needs[i]) for i in members}
    users: dict[int, list[int]] = {}
    for i in members:
        for j in needs[i]:
            if j in inside:
                users.setdefault(j, []).append(i)
    group = {i: (-1 if i in pulled else place[i].group) for i in members}
    ready: dict[int, list[int]] = {}
    remaining: dict[int, int] = {}
    for i in members:
        remaining[group[i]] = remaining.get(group[i], 0) + 1
        if not waits[i]:
            ready.setdefault(group[i], []).append(i)
    for heap in ready.values():
        heapify(heap)
    order: list[int] = []
    current, run = None, 0.0
    while len(order) < len(members):
        current, run = _turn(current, run, ready, remaining)
        i = heappop(ready[current])
        run += minutes(i)
        order.append(i)
        remaining[current] -= 1
        for user in users.get(i, ()):
            waits[user] -= 1
            if not waits[user]:
                heappush(ready.setdefault(group[user], []), user)
    return order


def _turn(
    current: int | None, run: float, ready: Mapping[int, list[int]], remaining: Mapping[int, int]
) -> tuple[int, float]:
    """The group to take from next, and how long its run has lasted."""
    unfinished = sorted(g for g, n in remaining.items() if n)
    open_now = [g for g in unfinished[:OPEN_GROUPS] if ready.get(g)]
    if not open_now:  # both wait for something further down
        open_now = [next(g for g in unfinished if ready.get(g))]
    if current in open_now and (run < RUN_MINUTES or len(open_now) == 1) and open_now[0] != -1:
        return current, run
    others = [g for g in open_now if g != current] if open_now[0] != -1 else [-1]
    return (others or open_now)[0], 0.0


def _pulled(needs: Sequence[Sequence[int]], inside: set[int], sooner: Mapping[int, int]) -> set[int]:
    return _inside(needs, [i for i in sooner if i in inside], inside)
