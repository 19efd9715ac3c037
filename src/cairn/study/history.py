"""One skill's history: what is believed, the evidence that moved it, and what is remembered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cairn.curriculum import Skill
from cairn.learner import Evidence, Outcome, Source
from cairn.learner.review.memories import moment
from cairn.study.diagnosing import Diagnosing
from cairn.study.reviewing import Reviewing

SLIGHT = 0.1
"""Evidence that moved the log odds by less is summed up as the rest."""

FAR = 100_000.0
"""Days since 2000 after which no date is told apart from another."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Evidence that moved a belief.

    Attributes:
        events: what happened; several where older evidence is taken together.
        weight: by how much it moved the log odds: above 0 it speaks for the skill.
    """

    events: tuple[Evidence, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a skill that was once shown.

    Attributes:
        recall: the probability that it is still there.
        ahead: that in 7, 30 and 90 days, if nothing is practised.
        due: when it falls due for review.
        is_due: whether that is past.
    """

    recall: float
    ahead: tuple[tuple[int, float], ...]
    due: datetime
    is_due: bool


@dataclass(frozen=True, slots=True)
class History:
    """What is believed of one skill, and why.

    Attributes:
        skill: the skill.
        p: the probability that it is known.
        low, high: that probability with twice the error of its estimate.
        before: what it was before anything was seen.
        moved: the evidence, the weightiest first.
        others: how many more pieces of evidence moved it slightly.
        memory: what is remembered, if it was ever shown.
    """

    skill: Skill
    p: float
    low: float
    high: float
    before: float
    moved: tuple[Moved, ...]
    others: int
    memory: Memory | None

    @property
    def says(self) -> str:
        """In a word."""
        return "known" if self.p >= 0.8 else "not known" if self.p <= 0.2 else "unsure"

    @property
    def percent(self) -> str:
        """As a range of per cent."""
        low, high = (round(100 * v / 5) * 5 for v in (self.low, self.high))
        return f"{low} %" if low == high else f"{low}–{high} %"


def histories(diagnosing: Diagnosing, reviewing: Reviewing, skills: Sequence[Skill]) -> list[History]:
    """The histories of some skills; those that have left the curriculum are passed over."""
    desk = diagnosing.answering.desk
    position = desk.atlas.curriculum.graph.position
    background = desk.atlas.background(desk.background())
    belief, seen = diagnosing.standings.explained(desk.person_id, desk.log.of(desk.person_id), background)
    found = []
    for skill in skills:
        if skill not in position:
            continue
        at = position[skill]
        why = belief.why(at)
        heavy = [i for i in why.influences if abs(i.weight) >= SLIGHT]
        p = float(belief.p[at])
        error = 2 * math.sqrt(p * (1 - p) / belief.prior.effort.chains)
        found.append(
            History(
                skill,
                p,
                max(0.0, p - error),
                min(1.0, p + error),
                1 / (1 + math.exp(-why.prior)),
                tuple(Moved(seen.events[i.number], i.weight) for i in heavy),
                len(why.influences) - len(heavy),
                _memory(reviewing, at),
            )
        )
    return found


def _memory(reviewing: Reviewing, at: int) -> Memory | None:
    memories, now = reviewing.memories(), reviewing.answering.desk.clock()
    if at not in memories.known.tolist():
        return None
    due = min(float(memories.due(reviewing.retention)[at]), FAR)
    ahead = tuple((d, float(memories.recall(now + timedelta(days=d))[at])) for d in (7, 30, 90))
    return Memory(float(memories.recall(now)[at]), ahead, moment(due), moment(due) <= now)


def describe(event: Evidence) -> str:
    """What an event says, in words."""
    if event.source is Source.SELF_REPORT:
        said = {Outcome.KNOWN: "you can", Outcome.UNKNOWN: "you cannot"}.get(
            event.outcome, "you are not sure"
        )
        return f"you said {said} ({event.skill})"
    if event.detail is not None and event.detail.startswith("question/"):
        own = {Outcome.RIGHT: "you graded yourself well", Outcome.WRONG: "you graded yourself poorly"}
        return f"{event.detail.replace('/', ' ')}: {own.get(event.outcome, '“I don’t know”')}"
    done = {
        Outcome.RIGHT: "answered rightly",
        Outcome.WRONG: "answered wrongly",
        Outcome.PASSED: "“I don’t know”",
        Outcome.KNOWN: "accepted" if event.source is Source.EXERCISE else "passed",
        Outcome.UNKNOWN: "failed",
    }[event.outcome]
    return f"{event.source.value} {event.detail or event.skill}: {done}"
