"""A learner's profile: where they are strong, where not, and how a few answers change the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cairn.curriculum import Curriculum, Skill
from cairn.curriculum.area import Background
from cairn.planning.activity import Mix
from cairn.planning.companions import companions
from cairn.planning.errors import PlanError
from cairn.planning.request import Request

STRONG, WEAK = 0.6, 0.2
LIKING_SHIFT = 0.1


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """How much of what the goals need in an area a person has: a share by hours, and the hours from scratch."""

    area: str
    title: str
    have: float
    need_hours: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Strengths and gaps by area, and what the roadmap expects to be weak for such a person."""

    strengths: tuple[AreaStanding, ...]
    gaps: tuple[AreaStanding, ...]
    between: tuple[AreaStanding, ...]
    expected_gaps: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to the few questions of the profile; None and empty mean no answer.

    Attributes:
        met: areas met before, so that refreshing is enough there.
        prefers: `reading`, `watching` or `doing`: ten points of the mix go there.
        cares_for: skills that the person cares for most; they come first in their phase.
    """

    met: tuple[str, ...] = ()
    prefers: str | None = None
    cares_for: tuple[Skill, ...] = ()


def profile(curriculum: Curriculum, request: Request) -> Profile:
    """Where a person stands before a goal, area by area.

    A skill counts by the probability that the person has it, weighted by its hours from scratch.
    """
    graph = curriculum.graph
    wanted = [graph.position[s] for wish in request.wishes for s in wish.target.skills]
    needed = graph.below(wanted)
    certain = [*request.known, *(request.background.knows if request.background else ())]
    known = graph.below([graph.position[s] for s in certain if s in graph.position])
    seen = _seen(curriculum, request.background)
    have: dict[str, float] = {}
    need: dict[str, float] = {}
    for i in needed:
        skill = graph.nodes[i]
        area = curriculum.topics[skill.topic].area
        hours = curriculum.hours_of_skill(skill)[1]
        chance = 1.0 if i in known else request.belief.get(skill, 0.5 if area in seen else 0.0)
        need[area] = need.get(area, 0.0) + hours
        have[area] = have.get(area, 0.0) + hours * chance
    rows = [
        AreaStanding(area, curriculum.areas[area].title, round(have[area] / whole, 3), round(whole, 1))
        for area, whole in need.items()
        if whole > 0
    ]
    order = {area: n for n, area in enumerate(curriculum.areas)}
    rows.sort(key=lambda row: order[row.area])
    return Profile(
        strengths=tuple(r for r in rows if r.have >= STRONG),
        gaps=tuple(r for r in rows if r.have <= WEAK),
        between=tuple(r for r in rows if WEAK < r.have < STRONG),
        expected_gaps=_expected(curriculum, request, {graph.nodes[i] for i in known}),
    )


def _seen(curriculum: Curriculum, background: Background | None) -> frozenset[str]:
    return frozenset(
        a for area in (background.seen if background else ()) for a in curriculum.areas_within(area)
    )


def _expected(curriculum: Curriculum, request: Request, known: Iterable[Skill]) -> tuple[Skill, ...]:
    """Skills that a path's advice says its readers probably lack, and that are not known."""
    have = set(known)
    found: dict[Skill, None] = {}
    for wish in request.wishes:
        path = curriculum.paths.get(wish.target.entry.id)
        for rule in companions(curriculum, path).rules if path else ():
            if "lack" in rule.rule.casefold():
                found.update(dict.fromkeys(s for s in rule.targets if s not in have))
    return tuple(found)


def apply(curriculum: Curriculum, request: Request, answers: Answers, mix: Mix) -> Request:
    """The request as the answers change it.

    Args:
        curriculum: the map.
        request: what was asked.
        answers: the answers.
        mix: the mix that would hold without them.

    Raises:
        PlanError: an area or a preference is unknown.
    """
    for area in answers.met:
        if area not in curriculum.areas:
            raise PlanError(f"{area!r} is no area", f"areas: {', '.join(list(curriculum.areas)[:8])}, …")
    if answers.met:
        base = request.background or Background(title="You", summary="What you said.")
        request = replace(
            request, background=replace(base, seen=tuple(dict.fromkeys([*base.seen, *answers.met])))
        )
    if answers.prefers:
        request = replace(request, mix=_tilted(mix, answers.prefers))
    if answers.cares_for:
        request = replace(request, sooner=tuple(dict.fromkeys([*answers.cares_for, *request.sooner])))
    return request


def _tilted(mix: Mix, towards: str) -> Mix:
    """Ten points more for one mode, taken from the others in proportion."""
    shares: Mapping[str, float] = {"doing": mix.doing, "reading": mix.reading, "watching": mix.watching}
    if towards not in shares:
        raise PlanError(f"{towards!r} is no way to study", "doing, reading or watching")
    own = min(1.0, shares[towards] + LIKING_SHIFT)
    others = 1 - shares[towards]
    scale = (1 - own) / others if others else 0.0
    return Mix(**{name: own if name == towards else share * scale for name, share in shares.items()})
