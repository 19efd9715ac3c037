"""Bayesian knowledge tracing (Corbett and Anderson 1995), one model a skill, fitted by EM over all at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def sequences(person: Ints, skill: Ints) -> tuple[Ints, Ints, Ints]:
    """Rows sorted into one sequence for each person and skill: order, starts, lengths; the longest first."""
    key = person * (skill.max() + 1) + skill
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    longest = np.argsort(-lengths, kind="stable")
    return order, starts[longest], lengths[longest]


class Bkt:
    """Start, learn, guess and slip of each skill."""

    def __init__(self, skills: int) -> None:
        self.start = np.full(skills, 0.4)
        self.learn = np.full(skills, 0.15)
        self.guess = np.full(skills, 0.25)
        self.slip = np.full(skills, 0.12)

    def predict(self, person: Ints, skill: Ints, correct: Floats) -> Floats:
        """The probability of each answer being right, from those before it."""
        order, starts, lengths = sequences(person, skill)
        out = np.empty(len(person))
        self._forward(order, starts, lengths, skill, correct, out)
        return out

    def fit(self, person: Ints, skill: Ints, correct: Floats, rounds: int = 25) -> None:
        """Rounds of EM from the same start for every skill."""
        order, starts, lengths = sequences(person, skill)
        for _ in range(rounds):
            self._round(order, starts, lengths, skill, correct)

    def _emission(self, s: Ints, y: Floats) -> tuple[Floats, Floats]:
        known = np.where(y > 0.5, 1 - self.slip[s], self.slip[s])
        unknown = np.where(y > 0.5, self.guess[s], 1 - self.guess[s])
        return known, unknown

    def _forward(
        self, order: Ints, starts: Ints, lengths: Ints, skill: Ints, correct: Floats, out: Floats
    ) -> list[tuple[Floats, Floats]]:
        s_all = skill[order[starts]]
        prior = self.start[s_all].copy()
        trail = []
        for t in range(int(lengths[0])):
            m = int(np.searchsorted(-lengths, -t, side="left"))
            rows, s = order[starts[:m] + t], s_all[:m]
            p = prior[:m]
            out[rows] = p * (1 - self.slip[s]) + (1 - p) * self.guess[s]
            known, unknown = self._emission(s, correct[rows])
            after = p * known / (p * known + (1 - p) * unknown)
            trail.append((p.copy(), after))
            prior[:m] = after + (1 - after) * self.learn[s]
        return trail

    def _round(self, order: Ints, starts: Ints, lengths: Ints, skill: Ints, correct: Floats) -> None:
        """One round of EM with weak beta priors."""
        out = np.empty(len(order))
        trail = self._forward(order, starts, lengths, skill, correct, out)
        s_all = skill[order[starts]]
        k = len(self.start)
        smooth = np.zeros(len(starts))
        sums = {name: np.zeros(k) for name in ("known", "slip", "unknown", "guess", "could", "learned")}
        following = np.zeros(len(starts))
        for t in range(int(lengths[0]) - 1, -1, -1):
            m = int(np.searchsorted(-lengths, -t, side="left"))
            more = int(np.searchsorted(-lengths, -(t + 1), side="left")) if t + 1 < lengths[0] else 0
            rows, s = order[starts[:m] + t], s_all[:m]
            _, after = trail[t]
            smooth[more:m] = after[more:]
            if more:
                a, following[:more] = after[:more], smooth[:more]
                coming = trail[t + 1][0][:more]
                stays = following[:more] * a / np.maximum(coming, 1e-12)
                learns = following[:more] * (1 - a) * self.learn[s[:more]] / np.maximum(coming, 1e-12)
                smooth[:more] = stays
                sums["learned"] += np.bincount(s[:more], learns, k)
                sums["could"] += np.bincount(s[:more], 1 - stays, k)
            known, y = smooth[:m], correct[rows]
            sums["known"] += np.bincount(s, known, k)
            sums["slip"] += np.bincount(s, known * (1 - y), k)
            sums["unknown"] += np.bincount(s, 1 - known, k)
            sums["guess"] += np.bincount(s, (1 - known) * y, k)
        count = np.bincount(s_all, minlength=k)
        self.start = (np.bincount(s_all, smooth, k) + 2) / (count + 4)
        self.learn = (sums["learned"] + 1) / (sums["could"] + 6)
        self.slip = np.minimum((sums["slip"] + 1) / (sums["known"] + 8), 0.5)
        self.guess = np.minimum((sums["guess"] + 1) / (sums["unknown"] + 4), 0.5)
