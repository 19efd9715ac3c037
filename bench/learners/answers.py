"""How simulated learners answer: right with slips, wrong with lucky guesses, the same for every method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from learners.graphs import Floats
from learners.kinds import States

TIMES = 3
"""How often one skill may be asked of one learner."""


@dataclass(frozen=True)
class Channel:
    """Probabilities of a wrong answer by one who knows, and of a right one by one who does not, per skill."""

    slip: Floats
    guess: Floats

    @classmethod
    def same(cls, skills: int, slip: float = 0.1, guess: float = 0.2) -> Channel:
        """The same for every skill."""
        return cls(np.full(skills, slip), np.full(skills, guess))

    @classmethod
    def varied(cls, skills: int, seed: int) -> Channel:
        """Slips from Beta(2, 18), guesses from Beta(3, 12): means 0.1 and 0.2, three times apart at the ends."""
        rng = np.random.default_rng(seed)
        return cls(rng.beta(2, 18, skills), rng.beta(3, 12, skills))


class Answers:
    """All answers that learners would give, drawn beforehand, so that methods differ only by what they ask."""

    def __init__(self, known: States, channel: Channel, seed: int) -> None:
        luck = np.random.default_rng([seed, 77]).uniform(size=(*known.shape, TIMES))
        right = np.where(known, 1 - channel.slip, channel.guess)
        self._right = luck < right[:, :, None]
        self._asked = np.zeros(known.shape, dtype=int)

    def reset(self) -> None:
        """Forget what was asked; the answers stay the same."""
        self._asked[:] = 0

    def open(self, person: int) -> States:
        """Which skills may still be asked of a person."""
        return np.asarray(self._asked[person] < TIMES)

    def ask(self, person: int, skill: int) -> bool:
        """The next answer of a person on a skill."""
        time = self._asked[person, skill]
        self._asked[person, skill] += 1
        return bool(self._right[person, skill, time])
