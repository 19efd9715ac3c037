"""Simulated people who answer items, with everything that is to be found known. Apart from the model that finds it.

Skills stand in layers; a skill whose requirement is not known is known with that requirement's leak, else by
ability. So states are coupled beyond what the fitted model says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cairn.learner.tracing.mastery import Grouped


@dataclass(frozen=True)
class Population:
    """The answers, as rows sorted by person, skill and time, and the truth behind them."""

    person: np.ndarray
    item: np.ndarray
    skill: np.ndarray
    correct: np.ndarray
    time: np.ndarray
    slip: np.ndarray
    guess: np.ndarray
    leaks: dict[tuple[int, int], float]
    reversed: frozenset[int] = frozenset()
    drifting: frozenset[int] = frozenset()

    def skill_of(self) -> np.ndarray:
        """The skill of each item."""
        out = np.zeros(len(self.slip), dtype=np.int64)
        out[self.item] = self.skill
        return out

    def grouped(self) -> Grouped:
        """The answers as the fit wants them."""
        key = self.person * (self.skill.max() + 1) + self.skill
        starts = np.flatnonzero(np.diff(key, prepend=-1))
        people = np.flatnonzero(np.diff(self.person[starts], prepend=-1))
        return Grouped(
            self.item.astype(np.int32), self.correct, starts, self.skill[starts].astype(np.int32), people
        )


def simulate(
    rng: np.random.Generator,
    people: int = 1500,
    skills: int = 24,
    per_skill: int = 4,
    share: float = 0.5,
    backward: int = 0,
    drifting: int = 0,
    giveaways: int = 0,
    loose: int = 0,
) -> Population:
    """Some thousands of answers.

    Args:
        rng: the source of chance.
        people: how many.
        skills: how many; each after the first four requires one of the layer before.
        per_skill: items of each skill.
        share: of the skills each person is asked about.
        backward: the first so many items are answered right by those who do not know.
        drifting: the next so many are given away to all in the second half of the time.
        giveaways: the next so many can be guessed with probability .75.
        loose: so many requirements hold for nobody: their leak is as good as no requirement.
    """
    items = skills * per_skill
    skill_of = np.repeat(np.arange(skills), per_skill)
    slip, guess = rng.beta(3, 27, items), rng.beta(6, 24, items)
    odd = rng.permutation(items)[: backward + drifting + giveaways]  # spread over the skills
    back, drift = odd[:backward], odd[backward : backward + drifting]
    slip[back], guess[back] = 0.7, 0.6
    guess[odd[backward + drifting :]] = 0.75
    theta = rng.normal(size=people)
    bias, slope = rng.normal(0.8, 0.7, skills), rng.uniform(0.8, 1.6, skills)
    known = np.zeros((people, skills), dtype=bool)
    leaks: dict[tuple[int, int], float] = {}
    for s in range(skills):
        own = rng.random(people) < 1 / (1 + np.exp(-(bias[s] + slope[s] * theta)))
        if s < 4:
            known[:, s] = own
            continue
        before = s - 4
        if len(leaks) < loose:
            known[:, s] = own
            leaks[before, s] = float("nan")
            continue
        leak = float(rng.uniform(0.02, 0.08))
        leaks[before, s] = leak
        known[:, s] = np.where(known[:, before], own, rng.random(people) < leak)
    asked = rng.random((people, skills)) < share
    asked[:, 0] = True
    who, which = np.nonzero(asked)
    person = np.repeat(who, per_skill)
    item = (which[:, None] * per_skill + np.arange(per_skill)).ravel()
    keep = rng.random(len(item)) < 0.8
    keep[0] = True
    person, item = person[keep], item[keep]
    time = rng.random(len(item))
    p = np.where(known[person, skill_of[item]], 1 - slip[item], guess[item])
    p = np.where(np.isin(item, drift) & (time > 0.5), 0.97, p)
    correct = rng.random(len(item)) < p
    for (before, s), leak in leaks.items():
        if np.isnan(leak):
            lacking = ~known[:, before]
            leaks[before, s] = float(known[lacking, s].mean())
    return Population(
        person, item, skill_of[item], correct, time, slip, guess, leaks,
        frozenset(back.tolist()), frozenset(drift.tolist()),
    )  # fmt: skip
