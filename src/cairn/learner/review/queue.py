"""What to review today: the cheapest set of activities that covers what is due.

Each due skill can be reviewed itself, or by practising another that contains it and keeps it alive for long enough.
Picking activities is a facility location problem: each costs its minutes, and each due skill that it carries for only a
part f of the time a review of its own would buy still costs (1 - f) of that review's minutes later. It is solved
greedily, by the best saving for each minute, and then every pick is tried for removal. Greedy cover is within a
logarithmic factor of the best (Chvátal, 1979); on real days it is nearly always the best.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cairn.learner.review.curve import Grade
from cairn.learner.review.memories import Memories, days

CARRIES = 0.1
"""An activity carries a due skill if it buys at least this part of the time that a review of its own would."""

IN_A_ROW = 3
"""A skill is carried by others at most so often in a row; then it is asked itself, so that the credit stays honest."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing to do today.

    Attributes:
        skill: the position of the skill it practises.
        minutes: how long it takes.
        covers: the positions of the due skills it takes care of, ascending; with the skill itself if that is due.
    """

    skill: int
    minutes: float
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A day's reviews.

    Attributes:
        activities: in the order to do them; neighbours are of different kinds where that can be had.
        later: due skills that do not fit into today's minutes, the least urgent last.
        minutes: how long today's activities take.
    """

    activities: tuple[Activity, ...]
    later: tuple[int, ...]
    minutes: float


def review_queue(
    memories: Memories,
    at: datetime,
    minutes: Mapping[int, float],
    *,
    retention: float = 0.9,
    budget: float | None = None,
    kind: Sequence[object] | None = None,
) -> Queue:
    """The reviews of one day.

    Args:
        memories: what the person remembers.
        at: now; what falls due before the end of the coming day counts.
        minutes: for each skill that something can be asked of, how long that takes. Other skills are never due.
        retention: the recall below which a skill is due.
        budget: minutes for today. What is most urgent comes first: the lowest recall, what others stand on.
        kind: for each skill what it is like (its topic, say); neighbours in the queue differ in it.

    Raises:
        ValueError: the retention is not between 0.5 and 0.99, or the budget is negative.
    """
    if not 0.5 <= retention <= 0.99:
        msg = f"a retention between 0.5 and 0.99 is needed, not {retention}"
        raise ValueError(msg)
    if budget is not None and budget < 0:
        msg = "a day has no negative minutes"
        raise ValueError(msg)
    day = _Day(memories, at, minutes, retention)
    today, later = day.fit(day.due(), budget)
    picks = day.cover(today)
    picks.sort(key=lambda a: (min((day.recall[j] for j in a.covers), default=1.0), a.skill))
    ordered = _interleaved(picks, kind)
    return Queue(tuple(ordered), tuple(later), sum(a.minutes for a in ordered))


@dataclass(frozen=True)
class _Day:
    """The memories at one moment, and what can be asked."""

    memories: Memories
    at: datetime
    minutes: Mapping[int, float]
    retention: float

    @cached_property
    def recall(self) -> NDArray[np.float64]:
        return self.memories.recall(self.at)

    def due(self) -> list[int]:
        when = self.memories.due(self.retention)
        end = days(self.at) + 1 - 1e-9
        return [i for i in self.memories.known.tolist() if when[i] <= end and i in self.minutes]

    def fit(self, due: list[int], budget: float | None) -> tuple[list[int], list[int]]:
        """The largest head of the due skills, by urgency, whose cover fits into the budget; and the rest."""
        if budget is None:
            return due, []
        outer = self.memories.containment.above
        urgent = sorted(due, key=lambda i: (self.recall[i] / (1 + 0.02 * len(outer[i][0])), i))
        low, high = 0, len(urgent)
        while low < high:
            middle = (low + high + 1) // 2
            cost = sum(a.minutes for a in self.cover(urgent[:middle]))
            low, high = (middle, high) if cost <= budget else (low, middle - 1)
        return sorted(urgent[:low]), urgent[low:]

    def cover(self, due: Sequence[int]) -> list[Activity]:
        """Activities that take care of every due skill, cheap in the long run."""
        if not due:
            return []
        carries = self.carriers(due)
        costs = self.costs(carries, set(due))
        chosen = _greedy(carries, due, self.minutes, costs)
        _prune(chosen, carries, due, self.minutes, costs)
        covers: dict[int, list[int]] = {i: [] for i in chosen}
        for j in due:
            covers[max(chosen, key=lambda i: (carries[i].get(j, 0.0), -i))].append(j)
        return [Activity(i, float(self.minutes[i]), tuple(sorted(js))) for i, js in covers.items()]

    def carriers(self, due: Sequence[int]) -> dict[int, dict[int, float]]:
        """For each possible activity the due skills it carries, each with the part of an own review it buys."""
        memories, wanted, own = self.memories, set(due), self.own(due)
        carries: dict[int, dict[int, float]] = {j: {j: 1.0} for j in due}
        outer = {i for j in due for i in memories.containment.above[j][0].tolist()}
        for i in sorted(outer):
            if i not in self.minutes or np.isnan(memories.practised[i]):
                continue
            inner, stability, last = memories.credited(i, self.at)
            until = memories.due_of(inner, stability, last, self.retention)
            for j, when in zip(inner.tolist(), until.tolist(), strict=True):
                if j in wanted and memories.carried[j] < IN_A_ROW:
                    part = float(self.recall[i]) * min(1.0, max(0.0, (when - days(self.at)) / own[j]))
                    if part >= CARRIES:
                        carries.setdefault(i, {})[j] = part
        return carries

    def costs(self, carries: Iterable[int], due: set[int]) -> dict[int, float]:
        """The minutes each activity costs in the long run: practice before its day makes its own next review later."""
        early = [i for i in carries if i not in due]
        costs = {i: self.minutes[i] for i in carries}
        if early:
            skills = np.array(early, dtype=np.intp)
            left = self.memories.due(self.retention)[skills] - days(self.at)
            buys = np.array(list(self.own(early).values()))
            spared = np.clip((buys - left) / buys, 0.0, 0.9)
            costs.update(
                {i: self.minutes[i] * (1 - part) for i, part in zip(early, spared.tolist(), strict=True)}
            )
        return costs

    def own(self, due: Sequence[int]) -> dict[int, float]:
        """For each due skill how many days a passed review of its own would buy."""
        memories, skills = self.memories, np.array(due, dtype=np.intp)
        stability = memories.stability[:, skills]
        recall = memories.curve.recall(stability, days(self.at) - memories.last[:, skills])
        grown = memories.curve.reviewed(stability, memories.difficulty[skills], recall, Grade.GOOD)
        mean = (
            memories.trust[:, skills] * memories.curve.days_until(memories.pace * grown, self.retention)
        ).sum(axis=0)
        return dict(zip(due, np.maximum(1.0, mean).tolist(), strict=True))


def _greedy(
    carries: dict[int, dict[int, float]],
    due: Sequence[int],
    minutes: Mapping[int, float],
    costs: Mapping[int, float],
) -> list[int]:
    """Pick by the best saving for each minute until every due skill is carried."""
    held: dict[int, float] = dict.fromkeys(due, 0.0)
    chosen: list[int] = []

    def saving(i: int) -> float:
        return sum(minutes[j] * max(0.0, part - held[j]) for j, part in carries[i].items()) / costs[i]

    while any(part < CARRIES for part in held.values()):
        rest = [i for i in carries if i not in chosen and any(held[j] < CARRIES for j in carries[i])]
        best = max(rest, key=lambda i: (saving(i), -i))
        chosen.append(best)
        for j, part in carries[best].items():
            held[j] = max(held[j], part)
    return chosen


def _prune(
    chosen: list[int],
    carries: dict[int, dict[int, float]],
    due: Sequence[int],
    minutes: Mapping[int, float],
    costs: Mapping[int, float],
) -> None:
    """Drop each pick whose minutes the others make unnecessary, the dearest first."""
    for i in sorted(chosen, key=lambda i: (-costs[i], i)):
        others = [k for k in chosen if k != i]
        loss = 0.0
        for j in due:
            without = max((carries[k].get(j, 0.0) for k in others), default=0.0)
            if without < CARRIES:
                break
            loss += minutes[j] * max(0.0, carries[i].get(j, 0.0) - without)
        else:
            if loss < costs[i]:
                chosen.remove(i)


def _interleaved(picks: list[Activity], kind: Sequence[object] | None) -> list[Activity]:
    """The same activities, each followed by one of another kind where there is one; else in the order given."""
    if kind is None:
        return picks
    waiting = list(picks)
    ordered: list[Activity] = []
    while waiting:
        before = kind[ordered[-1].skill] if ordered else None
        pick = next((a for a in waiting if kind[a.skill] != before), waiting[0])
        waiting.remove(pick)
        ordered.append(pick)
    return ordered
