"""Diagnosis: which item to ask next, and when enough was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from cairn.learner.belief import Belief
from cairn.learner.belief.arrays import Floats, Ints, Singles
from cairn.learner.diagnosis.candidate import Candidate
from cairn.learner.diagnosis.lookahead import Slate, gains

KNOWN, UNKNOWN = 0.8, 0.2
"""From here up a skill counts as known, from here down as unknown; between them it is unsure."""

ASTONISHED = 3.0
"""From this surprise on the answers speak against the belief's own certainty, and plain halving is used."""


class Stop(StrEnum):
    """Why a diagnosis ends."""

    SETTLED = "settled"
    BUDGET = "budget"
    NOTHING_TO_ASK = "nothing to ask"


@dataclass(frozen=True, slots=True)
class Rule:
    """When to stop.

    Attributes:
        minutes: no item is asked that would not fit into these minutes any more. None: no limit.
        errors: stop when the expected number of goal skills misjudged falls to this share of the goal.
        gain: stop when no item settles this many bits a minute.
    """

    minutes: float | None = None
    errors: float = 0.04
    gain: float = 0.05


@dataclass(frozen=True, slots=True)
class Choice:
    """An item to ask, and why this one.

    Attributes:
        candidate: the item.
        p: P(known) of its skill now.
        gain: expected drop of the summed uncertainty about the goal, in bits. 0 where plain halving chose.
        halving: whether it was chosen by plain halving.
    """

    candidate: Candidate
    p: float
    gain: float
    halving: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """Where a person stands with respect to a goal.

    Attributes:
        known, unknown, unsure: how many skills of the goal; they add up to the goal's size.
        missing: expected number of skills of the goal that are not known.
        spread: standard deviation of that number, with the coupling between skills.
        errors: expected number misjudged when every skill is called the likelier way.
    """

    known: int
    unknown: int
    unsure: int
    missing: float
    spread: float
    errors: float


@dataclass(frozen=True)
class Diagnosis:
    """A diagnosis under way. Its whole state is the belief: resume it by building it again from the evidence.

    Attributes:
        belief: what is believed now.
        goal: positions of the graph that matter, or the importance of each; anything else matters nothing.
        candidates: the items that may be asked now. Leave out those that were asked too often or too lately.
        spent: minutes spent so far.
        rule: when to stop.

    Example:
        >>> choice = Diagnosis(belief, goal, candidates).next()          # doctest: +SKIP
        >>> belief = belief.update(choice.candidate.observe(right=True))  # doctest: +SKIP
    """

    belief: Belief
    goal: Iterable[int] | Mapping[int, float]
    candidates: Sequence[Candidate]
    spent: float = 0.0
    rule: Rule = Rule()

    @cached_property
    def _goal(self) -> tuple[Ints, Floats]:
        weights = dict(self.goal) if isinstance(self.goal, Mapping) else dict.fromkeys(self.goal, 1.0)
        positions = np.array(sorted(weights), dtype=np.intp)
        if len(positions) and not 0 <= positions[0] <= positions[-1] < self.belief.prior.size:
            msg = f"the goal names positions outside the graph of {self.belief.prior.size} skills"
            raise IndexError(msg)
        return positions, np.array([weights[i] for i in positions.tolist()])

    @cached_property
    def _samples(self) -> tuple[Singles, Singles]:
        return self.belief.samples()

    @cached_property
    def _choice(self) -> Choice | None:
        fitting = [c for c in self.candidates if self._fits(c)]
        if not fitting or not len(self._goal[0]):
            return None
        if self.belief.surprise > ASTONISHED:
            return self._halve(fitting)
        return self._look_ahead(fitting)

    def _fits(self, candidate: Candidate) -> bool:
        return self.rule.minutes is None or self.spent + candidate.minutes <= self.rule.minutes

    def _look_ahead(self, candidates: Sequence[Candidate]) -> Choice:
        known, weights = self._samples
        slate = Slate(
            np.array([c.position for c in candidates], dtype=np.intp),
            np.array([c.slip for c in candidates]),
            np.array([c.guess for c in candidates]),
            np.array([c.minutes for c in candidates]),
        )
        positions, importance = self._goal
        p = self.belief.p[positions]
        open_ = p * (1 - p) > 1e-3  # what is settled cannot be settled further
        if not open_.any():
            open_[:] = True
        found = gains(slate, known, weights, positions[open_], importance[open_])
        best = int(np.argmax(found / slate.minutes))
        chosen = candidates[best]
        return Choice(
            chosen, float(self.belief.p[chosen.position]), max(float(found[best]), 0.0), halving=False
        )

    def _halve(self, candidates: Sequence[Candidate]) -> Choice:
        """The item on a goal skill whose probability is nearest one half."""
        wanted = set(self._goal[0].tolist())
        inside = [c for c in candidates if c.position in wanted] or list(candidates)
        chosen = min(inside, key=lambda c: (abs(float(self.belief.p[c.position]) - 0.5), c.minutes))
        return Choice(chosen, float(self.belief.p[chosen.position]), 0.0, halving=True)

    def next(self) -> Choice | None:
        """The item that is expected to settle most about the goal per minute; None when there is none to ask."""
        return self._choice

    def done(self) -> Stop | None:
        """Why to stop now, or None to go on. A person may stop at any time, and go on after any stop."""
        if not len(self._goal[0]) or self.summary().errors <= self.rule.errors * len(self._goal[0]):
            return Stop.SETTLED
        if not self.candidates:
            return Stop.NOTHING_TO_ASK
        choice = self._choice
        if choice is None:
            return Stop.BUDGET
        if not choice.halving and choice.gain < self.rule.gain * choice.candidate.minutes:
            return Stop.SETTLED
        return None

    def summary(self) -> Summary:
        """Where the person stands."""
        positions, _ = self._goal
        p = self.belief.p[positions]
        states, weights = self._samples
        counts = states[positions].sum(axis=0, dtype=float)
        mean = float(counts @ weights)
        within = float(((states[positions] * (1 - states[positions])).sum(axis=0, dtype=float)) @ weights)
        spread = float(np.sqrt(max(0.0, float(((counts - mean) ** 2) @ weights)) + within))
        known, unknown = int((p >= KNOWN).sum()), int((p <= UNKNOWN).sum())
        return Summary(
            known, unknown, len(p) - known - unknown,
            float((1 - p).sum()), spread, float(np.minimum(p, 1 - p).sum()),
        )  # fmt: skip
