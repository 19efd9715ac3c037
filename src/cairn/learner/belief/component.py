"""One way in which knowledge comes about, as a distribution over orderly states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cairn.learner.belief.arrays import Floats


class Kind(StrEnum):
    """Which way knowledge grew.

    CLIMBED: from the foundations up. A skill is known with a rate of its own where all it requires is known,
        and hardly ever elsewhere.
    SOUGHT: from goals down. A skill is known where something above it is known, and elsewhere with a rate of
        its own: that of being a goal.
    """

    CLIMBED = "climbed"
    SOUGHT = "sought"


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """A directed model of an orderly state s with latent factors z ~ N(0, I), and of departures from it.

    CLIMBED: P(s_j = 1 | rest below, z) = logistic(bias_j + loadings_j . z) * product of leak_e over the edges e
    from j to skills with s = 0. SOUGHT is the same for 1 - s on the reversed graph: P(s_j = 0 | rest above, z) =
    logistic(bias_j + loadings_j . z) * product of leak_e over the edges from skills with s = 1 to j.
    Each skill then departs from the state by itself: one that should be known is not, with probability `hole`;
    one that should not be known is, with probability `stray`.

    Attributes:
        kind: which of the two.
        weight: share of the population, above 0; the weights of all components add up to 1.
        bias: per skill, by position in the graph, shape (n,).
        loadings: per skill and factor, shape (n, k).
        leak: per edge, in (0, 1], shape (m,); edges ordered by upper skill, then lower. 1 says that the edge
            means nothing, 0.01 that one in a hundred knows the upper skill without the lower.
        hole: P(not known | s = 1), below one half.
        stray: P(known | s = 0), below one half.
    """

    kind: Kind
    weight: float
    bias: Floats
    loadings: Floats
    leak: Floats
    hole: float = 0.01
    stray: float = 0.01

    def __post_init__(self) -> None:
        if not (0 <= self.hole < 0.5 and 0 <= self.stray < 0.5):
            msg = "hole and stray are probabilities below one half"
            raise ValueError(msg)
        if self.weight <= 0:
            msg = "the weight of a component is above 0"
            raise ValueError(msg)
