"""A person who forgets, for the benchmark of reviews. It knows nothing of the scheduler's model.

Memory follows ACT-R's declarative memory with the spacing effect of Pavlik & Anderson (Cognitive Science 29, 2005,
559-586): each practice leaves a trace whose strength decays as a power of its age, and a trace decays the faster the
more active the memory was when it was laid down,

    m(t) = ln sum_k b_k (t - t_k)^(-d_k),   d_k = c exp(m(t_k)) + a,   P(recall) = 1 / (1 + exp((tau - m) / s)).

Time is in days. The parameters c, s
and tau are near those of that paper; `a` varies between skills, with a mean at which FSRS with its default parameters
is about right: 94 % of the reviews that it sets at a recall of .9 are passed. Practice of a skill lays a weaker trace
in those it contains if transfer is real.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

C, S, TAU = 0.217, 0.24, -0.70
TRACES = 160


class Person:
    """One person's memories of n skills, with traces in fixed arrays; the oldest make way when these are full."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self.rng = rng
        self.a = np.clip(rng.lognormal(np.log(0.18), 0.15, size), 0.1, 0.45)
        self.laid = np.zeros((size, TRACES))
        self.strength = np.zeros((size, TRACES))
        self.decay = np.ones((size, TRACES))
        self.count = np.zeros(size, dtype=np.int64)

    def activation(self, day: float, skills: NDArray[np.intp]) -> Floats:
        """m(t) of some skills, shape (p,); minus infinity where there is no trace."""
        used = int(self.count[skills].max(initial=0))
        age = np.maximum(day - self.laid[skills, :used], 1e-3)
        with np.errstate(divide="ignore"):
            active: Floats = np.log(
                (self.strength[skills, :used] * age ** -self.decay[skills, :used]).sum(axis=1)
            )
        return active

    def recall(self, day: float, skills: NDArray[np.intp]) -> Floats:
        """P(recall) of some skills, shape (p,)."""
        chance: Floats = 1 / (1 + np.exp((TAU - self.activation(day, skills)) / S))
        return chance

    def asked(self, day: float, skill: int) -> bool:
        """Whether the person recalls the skill when asked."""
        return bool(self.rng.random() < self.recall(day, np.array([skill]))[0])

    def practise(self, day: float, skills: NDArray[np.intp], strength: Floats) -> None:
        """Lay a trace in each of some skills."""
        decay = C * np.exp(np.minimum(self.activation(day, skills), 2.0)) + self.a[skills]
        at = self.count[skills]
        full = at >= TRACES
        if full.any():
            rows = skills[full]
            for array in (self.laid, self.strength, self.decay):
                array[rows, :-1] = array[rows, 1:]
            at = np.where(full, TRACES - 1, at)
        self.laid[skills, at], self.strength[skills, at], self.decay[skills, at] = day, strength, decay
        self.count[skills] = at + 1
