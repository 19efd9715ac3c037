"""What the predictor remembers of a learner: a few running sums, each updated in constant time by an answer.

A running mean of *surprise* (right or wrong, less the probability that the item alone gave) over several time
constants says how the learner does lately, in general and in one skill; it is divided by the running sum of the
answers' variance plus a constant, which shrinks it while there are few answers. Time is counted in answers.

One history holds many learners side by side, so that a fit replays thousands at once with the very code that
serves one learner in the product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GENERAL = np.array([0.7, 0.9, 0.97])  # what is kept of a sum after one more answer
IN_SKILL = np.array([0.5, 0.8, 0.93])
SHRINK_GENERAL = 1.0
SHRINK_IN_SKILL = 0.5

FEATURES = (
    "one",
    *(f"surprise, keep {k:g}" for k in GENERAL),
    *(f"surprise in skill, keep {k:g}" for k in IN_SKILL),
    "log right in skill",
    "log wrong in skill",
    "log right",
    "log wrong",
    "log answers since skill",
    "skill seen",
    "last surprise if same skill",
    "same skill",
    "in skill x since",
    "general x seen",
    "general x answers in skill",
    "in skill x answers in skill",
    "general x in skill",
)


@dataclass(slots=True)
class History:
    """The running sums of `people` learners over `skills` skills. Changed by `observe`.

    Attributes:
        surprise, weight: (people, 3) running sums of surprise and of its variance.
        skill_surprise, skill_weight: (people, skills, 3) the same in each skill.
        skill_counts: (people, skills, 2) wrong and right answers in each skill.
        counts: (people, 2) wrong and right answers.
        last: (people, skills) the answer's number at which the skill was last met; -1 if never.
        skill_before: (people,) the skill of the last answer; -1 before the first.
        surprise_before: (people,) the surprise of the last answer.
    """

    surprise: Floats
    weight: Floats
    skill_surprise: Floats
    skill_weight: Floats
    skill_counts: Floats
    counts: Floats
    last: Ints
    skill_before: Ints
    surprise_before: Floats

    @classmethod
    def empty(cls, people: int, skills: int) -> History:
        """Before any answer."""
        k, m = len(GENERAL), len(IN_SKILL)
        return cls(
            surprise=np.zeros((people, k)),
            weight=np.zeros((people, k)),
            skill_surprise=np.zeros((people, skills, m)),
            skill_weight=np.zeros((people, skills, m)),
            skill_counts=np.zeros((people, skills, 2)),
            counts=np.zeros((people, 2)),
            last=np.full((people, skills), -1),
            skill_before=np.full(people, -1),
            surprise_before=np.zeros(people),
        )

    def features(self, who: Ints, skill: Ints) -> Floats:
        """The features (m, d) of the next answer of learners `who` (m,) in `skill` (m,), named by FEATURES."""
        general = self.surprise[who] / (self.weight[who] + SHRINK_GENERAL)
        inside = self.skill_surprise[who, skill] / (self.skill_weight[who, skill] + SHRINK_IN_SKILL)
        tally = np.log1p(self.skill_counts[who, skill])
        overall = np.log1p(self.counts[who])
        last = self.last[who, skill]
        seen = (last >= 0).astype(np.float64)
        since = np.log1p((self.counts[who].sum(1) - last) * seen)
        same = (self.skill_before[who] == skill).astype(np.float64)
        practised = tally.sum(1)
        recent, lately = general[:, 1], inside[:, 1]
        columns = (
            np.ones(len(who)),
            *general.T,
            *inside.T,
            tally[:, 1],
            tally[:, 0],
            overall[:, 1],
            overall[:, 0],
            since,
            seen,
            self.surprise_before[who] * same,
            same,
            lately * since,
            recent * seen,
            recent * practised,
            lately * practised,
            recent * lately,
        )
        return np.stack(columns, axis=1)

    def observe(self, who: Ints, skill: Ints, correct: Floats, expected: Floats) -> None:
        """Take in one answer each of learners `who` (m,), all different.

        Args:
            who: which learners.
            skill: (m,) the skill each answered in.
            correct: (m,) one where right, else zero.
            expected: (m,) the probability that the item alone gave to a right answer.
        """
        surprise = correct - expected
        variance = expected * (1 - expected)
        self.surprise[who] = self.surprise[who] * GENERAL + surprise[:, None]
        self.weight[who] = self.weight[who] * GENERAL + variance[:, None]
        at = (who, skill)
        self.skill_surprise[at] = self.skill_surprise[at] * IN_SKILL + surprise[:, None]
        self.skill_weight[at] = self.skill_weight[at] * IN_SKILL + variance[:, None]
        self.last[at] = self.counts[who].sum(1).astype(np.int64)
        right = (correct > 0.5).astype(np.int64)
        self.skill_counts[who, skill, right] += 1
        self.counts[who, right] += 1
        self.skill_before[who] = skill
        self.surprise_before[who] = surprise
