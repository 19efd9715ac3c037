"""What all observations together say of each skill by itself, through holes and strays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cairn.learner.belief.arrays import Floats, Singles
from cairn.learner.belief.chains import Model
from cairn.learner.belief.observation import Observation

FAR = 40.0
"""Log odds are kept within this; beyond it nothing changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """Log likelihoods of the observations of each skill, up to a constant.

    Attributes:
        log_odds: log P(observations | known) - log P(observations | not known), shape (n,).
        hole, stray: as in `Component`.
    """

    log_odds: Floats
    hole: float
    stray: float

    def add(self, seen: Observation) -> Sight:
        """With one more observation."""
        log_odds = self.log_odds.copy()
        log_odds[seen.position] = np.clip(log_odds[seen.position] + seen.log_odds, -FAR, FAR)
        return replace(self, log_odds=log_odds)

    def likelihoods(self, position: int) -> tuple[float, float]:
        """P(observations | s = 1) and P(observations | s = 0), over P(observations | not known)."""
        up = float(np.exp(self.log_odds[position]))
        return (1 - self.hole) * up + self.hole, self.stray * up + 1 - self.stray

    def odds(self, position: int, *, flipped: bool) -> float:
        """The likelihood ratio of u = 1."""
        yes, no = self.likelihoods(position)
        return no / yes if flipped else yes / no

    def gains(self, before: Sight, position: int, *, flipped: bool) -> tuple[float, float]:
        """How much likelier the observations are than `before`, given u = 1 and u = 0."""
        yes, no = self.likelihoods(position)
        yes_before, no_before = before.likelihoods(position)
        pair = yes / yes_before, no / no_before
        return pair[::-1] if flipped else pair

    def row_odds(self, model: Model) -> Singles:
        """The likelihood ratios of u = 1 by row of a model, shape (n, 1)."""
        up = np.exp(self.log_odds[model.layout.order])
        odds = ((1 - self.hole) * up + self.hole) / (self.stray * up + 1 - self.stray)
        if model.flipped:
            odds = 1 / odds
        return np.clip(odds, 1e-12, 1e12)[:, None].astype(np.float32)

    def known(self, state: Floats) -> Floats:
        """P(known) given P(s = 1) where the observations are already part of it, shape (n,)."""
        given_yes, given_no = self.given()
        return np.asarray(state * given_yes + (1 - state) * given_no)

    def given(self) -> tuple[Floats, Floats]:
        """P(known | s = 1, observations) and P(known | s = 0, observations), per position."""
        up = np.exp(self.log_odds)
        yes = (1 - self.hole) * up / ((1 - self.hole) * up + self.hole)
        no = self.stray * up / (self.stray * up + 1 - self.stray)
        return yes, no
