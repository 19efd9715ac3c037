"""What one graded event says about one skill: how likely it is for those who have it and for those who have not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

UNSURE_IF_KNOWN, UNSURE_IF_NOT = 0.03, 0.5
"""How often "I don't know" is said by those who know and by those who do not, unless an item says otherwise."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One event about the skill at a position of the graph.

    Attributes:
        position: the skill.
        if_known: P(event | the person has the skill), in (0, 1].
        if_not: P(event | they have it not), in (0, 1].
        ref: whatever the caller wants to recognise the event by; it has no effect.
    """

    position: int
    if_known: float
    if_not: float
    ref: str = ""

    def __post_init__(self) -> None:
        if self.position < 0:
            msg = f"a position is 0 or more, not {self.position}"
            raise ValueError(msg)
        if not (0 < self.if_known <= 1 and 0 < self.if_not <= 1):
            msg = (
                f"the chances of an event must lie above 0 and not above 1, not {self.if_known} and {self.if_not}; "
                "nothing proves or refutes a skill outright"
            )
            raise ValueError(msg)

    @property
    def log_odds(self) -> float:
        """The weight of the evidence: log P(event | known) - log P(event | not known)."""
        return math.log(self.if_known) - math.log(self.if_not)

    @classmethod
    def answer(cls, position: int, slip: float, guess: float, *, right: bool, ref: str = "") -> Self:
        """A graded answer to an item with P(wrong | known) = `slip` and P(right | not known) = `guess`."""
        if right:
            return cls(position, 1 - slip, guess, ref)
        return cls(position, slip, 1 - guess, ref)

    @classmethod
    def unsure(
        cls,
        position: int,
        if_known: float = UNSURE_IF_KNOWN,
        if_not: float = UNSURE_IF_NOT,
        ref: str = "",
    ) -> Self:
        """The answer "I don't know"."""
        return cls(position, if_known, if_not, ref)


@dataclass(frozen=True, slots=True)
class Strength:
    """How much one kind of event says, before anything was learned about it.

    Attributes:
        slip: P(it goes badly | known).
        guess: P(it goes well | not known).
    """

    slip: float
    guess: float

    def observe(self, position: int, *, well: bool, ref: str = "") -> Observation:
        """The event on a skill."""
        return Observation.answer(position, self.slip, self.guess, right=well, ref=ref)


SELF_REPORT = Strength(slip=0.15, guess=0.2)
EXERCISE = Strength(slip=0.3, guess=0.03)
ITEM = Strength(slip=0.1, guess=0.2)
CHECKPOINT = Strength(slip=0.1, guess=0.05)
LAB = Strength(slip=0.3, guess=0.02)
