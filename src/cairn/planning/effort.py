"""How many minutes each missing skill is given: our hours, the person, and the path's own clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cairn.curriculum import Curriculum, Skill
from cairn.planning.clock import Clock, Stated, stated
from cairn.planning.errors import PlanError
from cairn.planning.estimate import Load
from cairn.planning.gap import missing
from cairn.planning.hours import Pace
from cairn.planning.outline import Outline
from cairn.planning.request import KNOWN, Request

MINUTES = 60


@dataclass(frozen=True)
class Effort:
    """Minutes for the skills of one request.

    Attributes:
        positions: the missing skills, ascending.
        minutes: planned minutes of each.
        ends: minutes (low, high) that people like this take for each, at the planned pace.
        factor: planned minutes over our own estimate for this person; 1 by our clock.
        stated: what the path says for these daily hours, or None.
        clock: by which clock the minutes are.
        share: what part of the whole path, in our minutes, is missing.
    """

    positions: tuple[int, ...]
    minutes: dict[int, int]
    ends: dict[int, tuple[float, float]]
    factor: float
    stated: Stated | None
    clock: Clock
    share: float

    def loads(self, positions: Iterable[int]) -> list[Load]:
        """What some of the skills take, for the estimate of the total."""
        return [Load(self.minutes[i], *self.ends[i]) for i in positions]


def effort(
    curriculum: Curriculum, request: Request, outline: Outline, done: frozenset[int], beside: int
) -> Effort:
    """Minutes for what is missing.

    A skill's expected minutes are the middle of its hours, times the person's pace, times the probability that
    the person does not have it yet. By the path's clock they are scaled so that the whole path, from nothing,
    takes the weeks it states for these daily hours.

    Args:
        curriculum: the map.
        request: what is asked.
        outline: what is wanted, in phases.
        done: positions that the plan has already worked through.
        beside: minutes of the whole path that are not for skills: its checkpoints.

    Raises:
        PlanError: the path's clock is asked for and the path states none.
    """
    graph = curriculum.graph
    background = request.background.knows if request.background else ()
    sure = [s for s, p in request.belief.items() if p >= KNOWN]
    positions = [
        i for i in missing(graph, outline.targets, [*request.known, *background, *sure]) if i not in done
    ]
    pace = Pace(curriculum, request.background)
    everything = outline.rules.path.targets if outline.rules is not None else outline.targets
    whole = _minutes(missing(graph, everything), graph.nodes, pace)
    factor, found = _scale(request, outline, whole, beside)
    clock = _clock(request, found)
    if clock is Clock.HOURS:
        factor = 1.0
    minutes: dict[int, int] = {}
    ends: dict[int, tuple[float, float]] = {}
    own = 0.0
    for i in positions:
        skill = graph.nodes[i]
        low, high = pace.hours(skill)
        scale = MINUTES * request.pace.factor * (1 - request.belief.get(skill, 0.0))
        own += (low + high) / 2 * MINUTES
        minutes[i] = max(1, round((low + high) / 2 * scale * factor))
        ends[i] = (low * scale * factor, high * scale * factor)
    return Effort(
        tuple(positions), minutes, ends, factor, found, clock, round(own / whole, 6) if whole else 0.0
    )


def _minutes(positions: Sequence[int], nodes: Sequence[Skill], pace: Pace) -> float:
    return sum(sum(pace.hours(nodes[i])) / 2 for i in positions) * MINUTES


def _clock(request: Request, found: Stated | None) -> Clock:
    if request.clock is Clock.PATH and found is None:
        raise PlanError("this goal states no weeks of its own", "plan it by hours: --clock hours")
    return request.clock or (Clock.PATH if found is not None else Clock.HOURS)


def _scale(request: Request, outline: Outline, whole: float, beside: int) -> tuple[float, Stated | None]:
    """The path's budget for skills over our estimate of them, and what the path states."""
    if outline.rules is None or not outline.rules.scaling or not whole:
        return 1.0, None
    found = stated(outline.rules.scaling, request.time.daily_hours)
    if found is None:
        return 1.0, None
    weekly = request.time.weekly_minutes
    review = min(request.weekly_review, weekly // 2)
    tracks = sum(sum(t.weekly_minutes or (0, 0)) / 2 for t in outline.rules.tracks if t.id in request.tracks)
    budget = found.middle * (weekly - review - min(tracks, weekly / 4)) - beside
    return (budget / whole, found) if budget > 0 else (1.0, None)
