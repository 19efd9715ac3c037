"""The answers of many people as compact columns: about 26 bytes an answer, whatever their names are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cairn.learner.tracing import Answers, Grouped

Index = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Table:
    """Answers sorted by person, then skill, then time, then item. Names are positions in sorted lists.

    Attributes:
        person, item, skill: (n,) positions.
        at: (n,) when, in seconds since 1970, UTC.
        correct: (n,) whether right.
        seconds: (n,) time taken; NaN where not known.
        people: how many there are.
        items, skills: names.
        dropped: rows left out because something was missing in them.
    """

    person: Index
    item: Index
    skill: Index
    at: NDArray[np.int64]
    correct: NDArray[np.bool_]
    seconds: NDArray[np.float32]
    people: int
    items: tuple[str, ...]
    skills: tuple[str, ...]
    dropped: int = 0

    def grouped(self, pause_days: float) -> Grouped:
        """Groups of one person and skill, cut where the person paused in it for longer than `pause_days`."""
        person = np.diff(self.person, prepend=-1) != 0
        fresh = person | (np.diff(self.skill, prepend=-1) != 0)
        fresh |= np.diff(self.at, prepend=self.at[:1]) > int(pause_days * 86400)
        starts = np.flatnonzero(fresh)
        return Grouped(self.item, self.correct, starts, self.skill[starts], np.flatnonzero(person[starts]))

    def time(self) -> NDArray[np.float32]:
        """(n,) when, between 0 for the first answer of all and 1 for the last."""
        low, high = int(self.at.min()), int(self.at.max())
        return ((self.at - low) / max(1, high - low)).astype(np.float32)

    def answers(self, begin: int, end: int) -> Answers:
        """The answers of people `begin` to `end`, each one's in the order of time."""
        rows = slice(*np.searchsorted(self.person, [begin, end]))
        order = np.lexsort((self.item[rows], self.at[rows], self.person[rows]))
        person, item, skill = (c[rows][order].astype(np.int64) for c in (self.person, self.item, self.skill))
        correct = self.correct[rows][order].astype(np.float64)
        return Answers(person, item, skill, correct, len(self.items), len(self.skills))
