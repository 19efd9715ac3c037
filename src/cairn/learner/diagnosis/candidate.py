"""Something that could be asked next."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.learner.belief import UNSURE_IF_KNOWN, UNSURE_IF_NOT, Observation


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that could be asked, as far as diagnosis is concerned.

    Attributes:
        position: the skill it asks, as a position of the graph.
        slip: P(wrong | known), in (0, 1).
        guess: P(right | not known), in (0, 1).
        minutes: how long an answer takes, above 0.
        ref: the item's id.
        unsure_if_known, unsure_if_not: P("I don't know") for those who know and for those who do not.
    """

    position: int
    slip: float = 0.1
    guess: float = 0.2
    minutes: float = 1.0
    ref: str = ""
    unsure_if_known: float = UNSURE_IF_KNOWN
    unsure_if_not: float = UNSURE_IF_NOT

    def __post_init__(self) -> None:
        if not (0 < self.slip < 1 and 0 < self.guess < 1 and self.minutes > 0 and self.position >= 0):
            msg = f"not an item that can be asked: {self}"
            raise ValueError(msg)

    def observe(self, *, right: bool) -> Observation:
        """What a graded answer to it says."""
        return Observation.answer(self.position, self.slip, self.guess, right=right, ref=self.ref)

    def unsure(self) -> Observation:
        """What "I don't know" says."""
        return Observation.unsure(self.position, self.unsure_if_known, self.unsure_if_not, ref=self.ref)
