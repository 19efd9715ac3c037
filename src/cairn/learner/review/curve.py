"""The forgetting curve: FSRS-6 as functions of arrays.

The formulas are those of the `fsrs` package (MIT; https://github.com/open-spaced-repetition/py-fsrs), whose
default parameters are used and against which the tests hold this file to 1e-6. They stand here as functions of
arrays because implicit credit asks for the same step over many skills and several hypotheses at once.

Stability S is the number of days after which recall has fallen to 0.9; difficulty D runs from 1 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from math import exp

import numpy as np
from fsrs.scheduler import DEFAULT_PARAMETERS
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

SMALLEST = 0.001
LONGEST = 36_500.0


class Grade(IntEnum):
    """How a review went. The numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def passed(self) -> bool:
        """Whether the skill was recalled at all."""
        return self is not Grade.AGAIN


@dataclass(frozen=True)
class Curve:
    """How memory fades and how a review renews it.

    Attributes:
        parameters: the 21 weights w0 ... w20 of FSRS-6.
    """

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS

    def __post_init__(self) -> None:
        if len(self.parameters) != len(DEFAULT_PARAMETERS):
            msg = f"FSRS-6 has {len(DEFAULT_PARAMETERS)} parameters, not {len(self.parameters)}"
            raise ValueError(msg)

    @cached_property
    def decay(self) -> float:
        """The exponent of the power law, negative."""
        return -self.parameters[20]

    @cached_property
    def factor(self) -> float:
        """Chosen so that recall after S days is 0.9."""
        return float(0.9 ** (1 / self.decay) - 1)

    def recall(self, stability: ArrayLike, days: ArrayLike) -> Floats:
        """The probability of recall `days` after the last review: (1 + F t / S)^(-w20). Shapes broadcast."""
        elapsed = np.maximum(0.0, days)
        recalled: Floats = (1 + self.factor * elapsed / np.asarray(stability, float)) ** self.decay
        return recalled

    def days_until(self, stability: ArrayLike, recall: ArrayLike) -> Floats:
        """After how many days recall has fallen to the given value; the inverse of `recall`. Shapes broadcast."""
        days: Floats = (
            np.asarray(stability, float) / self.factor * (np.asarray(recall, float) ** (1 / self.decay) - 1)
        )
        return days

    def first(self, grade: Grade) -> tuple[float, float]:
        """Stability and difficulty after a skill was first shown."""
        return max(self.parameters[grade - 1], SMALLEST), float(np.clip(self._first_difficulty(grade), 1, 10))

    def reviewed(
        self,
        stability: Floats,
        difficulty: Floats,
        recall: Floats,
        grade: Grade,
        *,
        same_day: ArrayLike = False,
    ) -> Floats:
        """Stability after a review, elementwise.

        Args:
            stability: before the review, days.
            difficulty: before the review, 1-10.
            recall: the probability of recall at the moment of the review.
            grade: how it went.
            same_day: whether less than a day has passed since the last review; such reviews add little.
        """
        later = (
            self._after_recall(stability, difficulty, recall, grade)
            if grade.passed
            else self._after_lapse(stability, difficulty, recall)
        )
        stable: Floats = np.where(same_day, self._after_short(stability, grade), later)
        return np.maximum(stable, SMALLEST)

    def harder(self, difficulty: Floats, grade: Grade) -> Floats:
        """Difficulty after a review: damped towards its ends, and pulled a little to that of an easy start."""
        w = self.parameters
        moved = difficulty - w[6] * (grade - 3) * (10 - difficulty) / 9
        pulled = w[7] * self._first_difficulty(Grade.EASY) + (1 - w[7]) * moved
        clipped: Floats = np.clip(pulled, 1.0, 10.0)
        return clipped

    def _first_difficulty(self, grade: Grade) -> float:
        w = self.parameters
        return w[4] - exp(w[5] * (grade - 1)) + 1

    def _after_recall(self, stability: Floats, difficulty: Floats, recall: Floats, grade: Grade) -> Floats:
        w = self.parameters
        bonus = (w[15] if grade is Grade.HARD else 1.0) * (w[16] if grade is Grade.EASY else 1.0)
        gain = exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (np.exp((1 - recall) * w[10]) - 1)
        grown: Floats = stability * (1 + gain * bonus)
        return grown

    def _after_lapse(self, stability: Floats, difficulty: Floats, recall: Floats) -> Floats:
        w = self.parameters
        long = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * np.exp((1 - recall) * w[14])
        short = stability / exp(w[17] * w[18])
        fallen: Floats = np.minimum(long, short)
        return fallen

    def _after_short(self, stability: Floats, grade: Grade) -> Floats:
        w = self.parameters
        change = exp(w[17] * (grade - 3 + w[18])) * stability ** -w[19]
        if grade.passed:
            change = np.maximum(change, 1.0)
        moved: Floats = stability * change
        return moved
