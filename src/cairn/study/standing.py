"""Where a person stands: belief, computed from their evidence and kept at hand.

Evidence is many events over years; belief takes observations. Two rules lie between them, both functions of the
evidence alone, so that a replay gives the same belief:

- People learn. What was observed of a skill counts less with each later day on which it was observed again (`FADES`).
- All that was observed before the last day is gathered into one observation for each skill, in the order in which they
  were last observed. So the work of a replay is bounded by the number of skills and the answers of one day.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from cairn.curriculum import Curriculum, Skill
from cairn.curriculum.area import Background
from cairn.curriculum.items.item import Kind
from cairn.learner import Evidence, Source
from cairn.learner.belief import (
    ITEM,
    Belief,
    Effort,
    Observation,
    Parameters,
    Prior,
    Strength,
    hear,
    parameters_for,
    usual_strength,
)
from cairn.learner.belief import Kind as Way
from cairn.learner.diagnosis import KNOWN, UNKNOWN

if TYPE_CHECKING:
    from cairn.study.calibration.parameters import Parameters as Calibrated

FADES = 0.4
"""What an observation still weighs once the skill was observed on a later day."""

MOST = 8.0
"""The log odds that one gathered observation can have at most: nothing is proved outright."""

BY_KIND: Mapping[Kind, Strength] = {
    Kind.NUMERIC: Strength(slip=0.12, guess=0.04),
    Kind.EXPRESSION: Strength(slip=0.15, guess=0.03),
    Kind.SHAPE: Strength(slip=0.08, guess=0.08),
    Kind.CHOICE: Strength(slip=0.08, guess=0.25),
    Kind.ORDER: Strength(slip=0.12, guess=0.06),
    Kind.OUTPUT: Strength(slip=0.12, guess=0.06),
    Kind.FREE: Strength(slip=0.15, guess=0.2),
}
"""Slip and guess by the form of the answer, until they are calibrated."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The observations a person's evidence amounts to, and where each comes from.

    Attributes:
        observations: in their order; `ref` is the index into `events`.
        events: for each observation the events behind it.
        past: how many of them, the first ones, gather what was seen before the last day.
    """

    observations: tuple[Observation, ...]
    events: tuple[tuple[Evidence, ...], ...]
    past: int = 0


class Standings:
    """The beliefs about people, by the evidence they rest on. One for each process; safe among threads."""

    def __init__(
        self,
        curriculum: Curriculum,
        calibrated: Calibrated | None = None,
        effort: Effort | None = None,
        keep: int = 64,
    ) -> None:
        """Prepare nothing yet: the first belief compiles the prior.

        Args:
            curriculum: the map.
            calibrated: what many people's answers say of items and requirements.
            effort: how much work goes into a belief.
            keep: how many people's beliefs stay at hand.
        """
        self._curriculum = curriculum
        self._calibrated = calibrated
        self._effort = effort or Effort.fit_for(len(curriculum.graph.nodes))
        self._keep = keep
        self._priors: dict[str | None, Prior] = {}
        self._at_hand: dict[tuple[str, str | None], Belief] = {}
        self._lock = Lock()

    known, unknown = KNOWN, UNKNOWN
    """From which probability on a skill counts as known, and up to which as unknown."""

    def of(self, person: str, events: Iterable[Evidence], background: Background | None = None) -> Belief:
        """The belief about a person. The same evidence and background give the same belief, here or elsewhere."""
        return self.explained(person, events, background)[0]

    def explained(
        self, person: str, events: Iterable[Evidence], background: Background | None = None
    ) -> tuple[Belief, Seen]:
        """The belief about a person with the events behind each of its observations."""
        seen = self.observed(events)
        key = (person, background.id if background else None)
        with self._lock:
            belief = self._at_hand.get(key)
            prior = self._prior(background)
            known = len(belief.seen) if belief is not None else 0
            if belief is None or known < seen.past or belief.seen != seen.observations[:known]:
                belief, known = Belief.start(prior).learn(seen.observations[: seen.past]), seen.past
            for observation in seen.observations[known:]:
                belief = belief.update(observation)
            self._at_hand.pop(key, None)
            self._at_hand[key] = belief
            while len(self._at_hand) > self._keep:
                self._at_hand.pop(next(iter(self._at_hand)))
        return belief, seen

    def strength(self, item: str, kind: Kind | None) -> Strength:
        """Slip and guess of an item: calibrated, else by its kind."""
        found = self._calibrated.items.get(item) if self._calibrated is not None else None
        if found is not None:
            return Strength(found.slip, found.guess)
        return BY_KIND[kind] if kind is not None else ITEM

    def observed(self, events: Iterable[Evidence]) -> Seen:
        """Evidence as observations, as the head of this file says. Events on skills that are gone are passed over."""
        told = hear(events, self._curriculum.graph.position, self._strength)
        if not told:
            return Seen((), ())
        last = max(heard.event.at.date() for heard in told)
        days: dict[int, set[date]] = {}
        for heard in told:
            days.setdefault(heard.observation.position, set()).add(heard.event.at.date())
        earlier: dict[int, list[tuple[float, Evidence]]] = {}
        observations: list[Observation] = []
        behind: list[tuple[Evidence, ...]] = []
        for heard in told:
            at, day = heard.observation.position, heard.event.at.date()
            if day < last:
                weight = heard.observation.log_odds * FADES ** len([d for d in days[at] if d > day])
                before = earlier.pop(at, [])  # and to the end: in the order last observed
                earlier[at] = [*before, (weight, heard.event)]
        for at, parts in earlier.items():
            observations.append(_gathered(at, sum(weight for weight, _ in parts), len(behind)))
            behind.append(tuple(event for _, event in parts))
        past = len(behind)
        for heard in told:
            if heard.event.at.date() == last:
                observations.append(replace(heard.observation, ref=str(len(behind))))
                behind.append((heard.event,))
        return Seen(tuple(observations), tuple(behind), past)

    def _strength(self, event: Evidence) -> Strength | None:
        if event.source is Source.ITEM and event.detail:
            if event.detail.startswith("question/"):  # answered in own words, graded by a rubric
                return self.strength(event.detail, Kind.FREE)
            item = self._curriculum.items.get(event.detail)
            return self.strength(event.detail, item.kind if item else None)
        return usual_strength(event)

    def _prior(self, background: Background | None) -> Prior:
        key = background.id if background else None
        if key not in self._priors:
            parameters = self._leaking(parameters_for(self._curriculum, background))
            self._priors[key] = Prior(parameters, self._effort)
        return self._priors[key]

    def _leaking(self, parameters: Parameters) -> Parameters:
        """The same with the strength of each requirement that was calibrated."""
        if self._calibrated is None:
            return parameters
        position = self._curriculum.graph.position
        place = {edge: k for k, edge in enumerate(parameters.edges)}
        leak = parameters.components[0].leak.copy()
        for found in self._calibrated.requirements:
            upper, lower = _position(position, found.skill), _position(position, found.requires)
            k = place.get((upper, lower)) if upper is not None and lower is not None else None
            if k is not None and found.carry > 0:
                leak[k] = min(1.0, max(0.005, found.leak / found.carry))
        components = tuple(
            replace(c, leak=leak) if c.kind is Way.CLIMBED else c for c in parameters.components
        )
        return replace(parameters, components=components)


def _position(positions: Mapping[Skill, int], text: str) -> int | None:
    try:
        return positions.get(Skill.parse(text))
    except ValueError:
        return None


def _gathered(at: int, odds: float, number: int) -> Observation:
    """One observation with the given log odds."""
    held = max(-MOST, min(MOST, odds))
    if held >= 0:
        return Observation(at, 1.0, math.exp(-held), str(number))
    return Observation(at, math.exp(held), 1.0, str(number))
