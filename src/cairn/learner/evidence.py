"""Evidence: what happened, append-only. Everything else about a learner is computed from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cairn.curriculum.skill import Skill


class Source(StrEnum):
    """Where a piece of evidence comes from."""

    SELF_REPORT = "self-report"
    EXERCISE = "exercise"
    ITEM = "item"
    CHECKPOINT = "checkpoint"
    LAB = "lab"


class Outcome(StrEnum):
    """What a piece of evidence says.

    `known` and `unknown` are a person's own word, or what a whole piece of work shows. `right`, `wrong` and `passed`
    ("I don't know") are answers to an item: each says a little, and belief weighs them.
    """

    KNOWN = "known"
    UNKNOWN = "unknown"
    RIGHT = "right"
    WRONG = "wrong"
    PASSED = "passed"

    @property
    def good(self) -> bool:
        """Whether it speaks for the skill."""
        return self in {Outcome.KNOWN, Outcome.RIGHT}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One event: who, when, which skill, what came out.

    Attributes:
        person: id of the person.
        at: when, with a time zone.
        source: where it comes from.
        skill: the skill it speaks of, in its written form; it may have left the curriculum since.
        outcome: what it says.
        ref: what it comes from, where that can give evidence only once: a submission, a variant of an item. Else None.
        detail: what was done: the id of the item, exercise, lab or checkpoint. None where there is nothing to name.
    """

    person: str
    at: datetime
    source: Source
    skill: str
    outcome: Outcome
    ref: str | None = None
    detail: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            msg = "evidence needs a time with a time zone"
            raise ValueError(msg)


def said_known(events: Iterable[Evidence]) -> tuple[Skill, ...]:
    """The skills a person says they know or has shown, in the order first said. The last word on each counts.

    Withdrawing a level withdraws the deeper ones too: who cannot use a thing cannot derive it.
    Events on texts that are no skills are passed over, and so are answers to items: each says too little by itself.
    """
    known: dict[Skill, None] = {}
    for event in events:
        try:
            skill = Skill.parse(event.skill)
        except ValueError:
            continue
        if event.outcome is Outcome.KNOWN:
            known.setdefault(skill)
        elif event.outcome is Outcome.UNKNOWN:
            deeper = [s for s in known if s.topic == skill.topic and s.level.depth >= skill.level.depth]
            for s in deeper:
                del known[s]
    return tuple(known)
