"""Other ways to find out what a learner knows, measured beside ours on the same answers.

Each peer is told what ours is told: the graph, the slips and guesses, and the states of other learners.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from learners.answers import Channel
from learners.graphs import Floats
from learners.kinds import States

from cairn.curriculum import Graph


class Peer(Protocol):
    """One learner's examination by a peer."""

    def pick(self, open_: States) -> int:
        """The skill to ask next, among those that may be asked."""
        ...

    def take(self, skill: int, *, right: bool) -> None:
        """Take in an answer."""
        ...

    def known(self) -> Floats:
        """P(known) for each skill, or 0 and 1 where the peer has no probabilities."""
        ...


class Rules:
    """Deterministic closure: right means that all below is known, wrong that nothing above is. The rest: base rates.

    Asks what decides most in the worse case. A later answer overrules an earlier one.
    """

    def __init__(self, graph: Graph[int], others: States) -> None:
        n = len(graph.nodes)
        self._below = np.zeros((n, n), dtype=bool)
        for i in range(n):
            self._below[i, sorted(graph.below([i]))] = True
        self._base = others.mean(axis=0)
        self.reset()

    def reset(self) -> Rules:
        """Begin with a new learner."""
        self._state = np.full(len(self._base), np.nan)
        return self

    def pick(self, open_: States) -> int:
        """The skill whose answer decides most skills whichever way it falls; then the least asked at random order."""
        undecided = np.isnan(self._state).astype(float)
        worth = np.minimum(self._below @ undecided, self._below.T @ undecided)
        if not undecided.any():
            worth = -np.abs(self._base - 0.5)
        return int(np.argmax(np.where(open_, worth, -np.inf)))

    def take(self, skill: int, *, right: bool) -> None:
        """Close downwards or upwards."""
        if right:
            self._state[self._below[skill]] = 1
        else:
            self._state[self._below[:, skill]] = 0

    def known(self) -> Floats:
        """Decided skills as 0 or 1, the others by their base rate."""
        return np.asarray(np.where(np.isnan(self._state), self._base, self._state))


class Tracing:
    """Bayesian knowledge tracing without learning during the test: each skill for itself, from its base rate."""

    def __init__(self, channel: Channel, others: States) -> None:
        self._channel, self._base = channel, np.clip(others.mean(axis=0), 0.005, 0.995)
        self.reset()

    def reset(self) -> Tracing:
        """Begin with a new learner."""
        self._p = self._base.copy()
        return self

    def pick(self, open_: States) -> int:
        """The skill nearest one half."""
        return int(np.argmin(np.where(open_, np.abs(self._p - 0.5), np.inf)))

    def take(self, skill: int, *, right: bool) -> None:
        """Bayes' rule on one skill."""
        slip, guess, p = self._channel.slip[skill], self._channel.guess[skill], self._p[skill]
        yes, no = (1 - slip, guess) if right else (slip, 1 - guess)
        self._p[skill] = p * yes / (p * yes + (1 - p) * no)

    def known(self) -> Floats:
        """P(known)."""
        return np.asarray(self._p)


class Curves:
    """What item response theory learns from other learners: P(known | ability) for each skill, two parameters."""

    def __init__(self, others: States) -> None:
        share = np.clip(others.mean(axis=1), 0.01, 0.99)
        ability = np.log(share / (1 - share))
        ability = (ability - ability.mean()) / ability.std()
        design = np.column_stack([np.ones_like(ability), ability])
        theta = np.tile([0.0, 1.0], (others.shape[1], 1))
        for _ in range(25):
            p = 1 / (1 + np.exp(-theta @ design.T))
            slope = (others.T - p) @ design - 0.1 * (theta - [0.0, 1.5])
            weight = p * (1 - p)
            curve = np.einsum("jn,na,nb->jab", weight, design, design) + 0.1 * np.eye(2)
            theta += np.clip(np.linalg.solve(curve, slope[:, :, None])[:, :, 0], -1, 1)
        self.intercept, self.slope = theta.T
        self.slope = np.maximum(self.slope, 0.1)


class Ability:
    """Adaptive testing with calibrated response curves: ability on a grid, the item of most mutual information."""

    def __init__(self, channel: Channel, curves: Curves) -> None:
        self._grid = np.linspace(-4, 4, 81)
        self._rate = 1 / (1 + np.exp(-(curves.intercept[:, None] + curves.slope[:, None] * self._grid)))
        self._right = self._rate * (1 - channel.slip - channel.guess)[:, None] + channel.guess[:, None]
        self.reset()

    def reset(self) -> Ability:
        """Begin with a new learner."""
        self._posterior = np.exp(-0.5 * self._grid**2)
        self._posterior /= self._posterior.sum()
        return self

    def pick(self, open_: States) -> int:
        """The most informative item about ability."""
        information = _bits(self._right @ self._posterior) - _bits(self._right) @ self._posterior
        return int(np.argmax(np.where(open_, information, -np.inf)))

    def take(self, skill: int, *, right: bool) -> None:
        """Bayes' rule on the grid."""
        self._posterior *= self._right[skill] if right else 1 - self._right[skill]
        self._posterior /= self._posterior.sum()

    def known(self) -> Floats:
        """P(known), averaged over ability."""
        return np.asarray(self._rate @ self._posterior)


class Catsim:
    """The catsim package: maximum information, maximum likelihood by numerical search, calibrated 4PL items."""

    def __init__(self, channel: Channel, curves: Curves) -> None:
        from catsim.estimation import NumericalSearchEstimator  # noqa: PLC0415  (a peer that may be absent)
        from catsim.item_bank import ItemBank  # noqa: PLC0415
        from catsim.selection import MaxInfoSelector  # noqa: PLC0415

        self._difficulty = -curves.intercept / curves.slope
        self._curves = curves
        self._bank = ItemBank(
            np.column_stack([curves.slope, self._difficulty, channel.guess, 1 - channel.slip])
        )
        self._select, self._estimate = MaxInfoSelector(), NumericalSearchEstimator()
        self.reset()

    def reset(self) -> Catsim:
        """Begin with a new learner."""
        self._asked: list[int] = []
        self._answers: list[bool] = []
        self._theta = 0.0
        return self

    def pick(self, open_: States) -> int:
        """The selector's choice; catsim asks each item once."""
        chosen = self._select.select(
            item_bank=self._bank, administered_items=self._asked, est_theta=self._theta
        )
        return int(chosen) if chosen is not None else int(np.flatnonzero(open_)[0])

    def take(self, skill: int, *, right: bool) -> None:
        """Estimate ability anew."""
        self._asked.append(skill)
        self._answers.append(right)
        self._theta = float(
            self._estimate.estimate(
                item_bank=self._bank,
                administered_items=self._asked,
                response_vector=self._answers,
                est_theta=self._theta,
            )
        )

    def known(self) -> Floats:
        """P(known | estimated ability)."""
        return np.asarray(1 / (1 + np.exp(-(self._curves.intercept + self._curves.slope * self._theta))))


def _bits(p: Floats) -> Floats:
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return np.asarray(-(p * np.log2(p) + (1 - p) * np.log2(1 - p)))
