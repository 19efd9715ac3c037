"""From kept evidence to observations: what each event says of which skill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cairn.curriculum.skill import Skill
from cairn.learner.belief.observation import (
    CHECKPOINT,
    EXERCISE,
    ITEM,
    LAB,
    SELF_REPORT,
    Observation,
    Strength,
)
from cairn.learner.evidence import Evidence, Outcome, Source

STRENGTHS: Mapping[Source, Strength] = {
    Source.SELF_REPORT: SELF_REPORT,
    Source.EXERCISE: EXERCISE,
    Source.ITEM: ITEM,
    Source.CHECKPOINT: CHECKPOINT,
    Source.LAB: LAB,
}
"""How much an event of each source says, where nothing better is known of it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One event and what it says."""

    event: Evidence
    observation: Observation


def usual_strength(event: Evidence) -> Strength | None:
    """The strength of an event by its source; None where the source says nothing of knowledge."""
    return STRENGTHS.get(event.source)


def hear(
    events: Iterable[Evidence],
    position: Mapping[Skill, int],
    strength: Callable[[Evidence], Strength | None] = usual_strength,
) -> list[Heard]:
    """What a person's evidence says, in its order.

    Of self-reports on one skill only the last counts: saying a thing twice does not make it truer. Events on
    skills that are not, or no longer, in the graph are passed over.

    Args:
        events: the evidence in the order it was kept.
        position: the position of each skill, as `Graph.position`.
        strength: how much an event says: by its item's own slip and guess where they are known.
    """
    kept: dict[object, Heard] = {}
    for number, event in enumerate(events):
        at, says = _place(event, position), strength(event)
        if at is None or says is None:
            continue
        key: object = number
        if event.source is Source.SELF_REPORT:
            key = ("said", at)
            kept.pop(key, None)
        kept[key] = Heard(event, _observation(event, at, says))
    return list(kept.values())


def observations(
    events: Iterable[Evidence],
    position: Mapping[Skill, int],
    strength: Callable[[Evidence], Strength | None] = usual_strength,
) -> list[Observation]:
    """The observations of `hear` alone, ready for `Belief.of`."""
    return [heard.observation for heard in hear(events, position, strength)]


def _observation(event: Evidence, at: int, strength: Strength) -> Observation:
    if event.outcome is Outcome.PASSED:
        return Observation.unsure(at, ref=event.ref or "")
    return strength.observe(at, well=event.outcome.good, ref=event.ref or "")


def _place(event: Evidence, position: Mapping[Skill, int]) -> int | None:
    try:
        return position.get(Skill.parse(event.skill))
    except ValueError:
        return None
