"""What a plan is made of: one concrete thing to do, its minutes, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cairn.curriculum import Skill
from cairn.planning.errors import PlanError


class Mode(StrEnum):
    """How time is spent."""

    DOING = "doing"
    READING = "reading"
    WATCHING = "watching"


class Act(StrEnum):
    """The kind of an activity."""

    READ = "read"
    WATCH = "watch"
    PRACTISE = "practise"
    EXERCISE = "exercise"
    WORK = "work"
    CHECKPOINT = "checkpoint"
    ASSESS = "assess"
    REPAIR = "repair"
    REVIEW = "review"
    TRACK = "track"


MODE_OF = {Act.READ: Mode.READING, Act.WATCH: Mode.WATCHING}


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of study time; they sum to one.

    Raises:
        PlanError: a share is negative or the sum is not one.
    """

    doing: float = 0.7
    reading: float = 0.2
    watching: float = 0.1

    def __post_init__(self) -> None:
        shares = (self.doing, self.reading, self.watching)
        if not (all(share >= 0 for share in shares) and abs(sum(shares) - 1) < 1e-6):
            text = "/".join(f"{100 * share:g}" for share in shares)
            raise PlanError(f"a mix of {text} does not add up to 100", "for example 70/20/10")

    def share(self, mode: Mode) -> float:
        """The share of one mode."""
        return {Mode.DOING: self.doing, Mode.READING: self.reading, Mode.WATCHING: self.watching}[mode]


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing to do.

    Attributes:
        id: stable over replanning: `softmax@use/read`, `<phase>/checkpoint`.
        act: what kind of thing.
        title: what to do, for people.
        minutes: how long it is expected to take.
        reason: why it is in the plan.
        ref: the id of the page, exercise, resource, phase or track it is about.
        skill: the skill it serves, if one.
        phase: the number of its phase from 0.
    """

    id: str
    act: Act
    title: str
    minutes: int
    reason: str
    ref: str
    skill: Skill | None = None
    phase: int = 0

    @property
    def mode(self) -> Mode:
        """How its time counts in the mix."""
        return MODE_OF.get(self.act, Mode.DOING)
