"""Why a skill is thought to be known or not: what each observation did to it."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.learner.belief.observation import Observation


@dataclass(frozen=True, slots=True)
class Influence:
    """What one observation did to the belief in one skill.

    Attributes:
        number: which observation, counted from 0.
        seen: the observation; it may be of another skill.
        weight: by how much it moved the skill's log odds when it came. Above 0 it spoke for the skill.
    """

    number: int
    seen: Observation
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A skill's log odds, taken apart. `prior`, all the weights and `rest` add up to `now`.

    Attributes:
        position: the skill.
        prior: log odds before anything was seen.
        now: log odds now.
        influences: every observation, the weightiest first.
        rest: what is left: the error of sampling.
    """

    position: int
    prior: float
    now: float
    influences: tuple[Influence, ...]
    rest: float
