"""What a person remembers: one memory for each skill, with the credit that practice of others gives it.

Practising a skill also practises what it `contains`. How much is an author's guess, and for one person it may be
nothing. So the memories are kept under several hypotheses of how much of the stated credit is real (`TRANSFER`),
side by side. Each review of a skill then says which hypothesis foresaw it, and the hypotheses are weighed by that:
for each skill, and, since they are few, through a distribution shared by all skills. Credit that is an illusion loses
its weight after some failed reviews, and what it had carried falls due.

People also differ in how fast they forget altogether. With `personal` set, one factor on all stabilities, the pace, is
learned from the reviews in the same way, from a prior centred on 1, which is FSRS as it is.

Implicit credit of weight k is a fraction of a successful FSRS review: stability moves by k towards what a review
would make it, recall by k towards 1. FSRS discounts early repetitions by itself. A failed review moves the
skills that contain the failed one the other way, by half of that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cairn.learner.review.containment import Containment
from cairn.learner.review.curve import LONGEST, Curve, Floats, Grade

TRANSFER = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
"""How much of the stated credit is real, by hypothesis."""

PRIOR = np.array([4.0, 0.5, 0.5, 0.5, 0.5])
"""Pseudo-counts of skills behind each hypothesis, before any is seen: credit must first earn its trust."""

PACES = np.exp(np.linspace(-1.5, 0.37, 13))
"""Factors on stability that one person's memory may have; above 1 it is capped, since errors there cost recall."""

PACE_PRIOR = -0.5 * (np.log(PACES) / 0.35) ** 2
"""Their log-prior, a normal distribution of the logarithm."""

BLAME = 0.5
"""How much of the credit's weight a failure takes from what contains the failed skill."""

COUNTS = 0.25
"""Credit of at least this weight counts as having carried a skill."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Practised:
    """One skill was practised on its own account.

    Attributes:
        at: when, with a time zone.
        skill: its position.
        grade: how it went.
    """

    at: datetime
    skill: int
    grade: Grade


@dataclass(frozen=True, eq=False)
class Memories:
    """The memories of one person, a value: `after` gives a new one.

    Arrays over skills have shape (n,), those over hypotheses and skills (h, n). Times are days since 2000.

    Attributes:
        curve: how memory fades.
        containment: which skills are practised along with which.
        stability: (h, n) days; NaN where a skill was never practised.
        difficulty: (n,) 1-10.
        last: (h, n) the moment from which recall is counted; implicit credit moves it forward.
        practised: (n,) when the skill was last practised on its own account.
        carried: (n,) how often it was credited since, with a weight that counts.
        lapsed: (n,) whether its last own practice failed; such a skill takes no credit until it is passed.
        foresight: (h, n) log-likelihood of the reviews under each hypothesis.
        shares: (h,) pseudo-counts of the hypotheses over all reviews so far.
        paces: (p,) log-likelihood of the reviews at each pace.
        personal: whether the pace is learned.
    """

    curve: Curve
    containment: Containment
    stability: Floats
    difficulty: Floats
    last: Floats
    practised: Floats
    carried: NDArray[np.int64]
    lapsed: NDArray[np.bool_]
    foresight: Floats
    shares: Floats
    paces: Floats
    personal: bool = False

    @classmethod
    def blank(
        cls, containment: Containment, curve: Curve | None = None, *, personal: bool = False
    ) -> Memories:
        """Nothing practised yet."""
        n, h = len(containment), len(TRANSFER)
        return cls(
            curve=curve or Curve(),
            containment=containment,
            stability=np.full((h, n), np.nan),
            difficulty=np.full(n, np.nan),
            last=np.full((h, n), np.nan),
            practised=np.full(n, np.nan),
            carried=np.zeros(n, dtype=np.int64),
            lapsed=np.zeros(n, dtype=bool),
            foresight=np.zeros((h, n)),
            shares=PRIOR.copy(),
            paces=np.zeros(len(PACES)),
            personal=personal,
        )

    @classmethod
    def of(
        cls,
        events: Iterable[Practised],
        containment: Containment,
        curve: Curve | None = None,
        *,
        personal: bool = False,
    ) -> Memories:
        """The memories that a history leaves, in the order of time. Replaying a history gives the same again."""
        blank = cls.blank(containment, curve, personal=personal)
        return blank.after(*sorted(events, key=lambda e: e.at))

    def after(self, *events: Practised) -> Memories:
        """The memories after some more practice, in the order given.

        Raises:
            ValueError: a time without a zone, a skill outside the graph.
        """
        new = replace(
            self,
            stability=self.stability.copy(),
            difficulty=self.difficulty.copy(),
            last=self.last.copy(),
            practised=self.practised.copy(),
            carried=self.carried.copy(),
            lapsed=self.lapsed.copy(),
            foresight=self.foresight.copy(),
            shares=self.shares.copy(),
            paces=self.paces.copy(),
        )
        for event in events:
            _practise(new, event)
        return new

    @property
    def known(self) -> NDArray[np.intp]:
        """Positions of the skills that were ever practised, ascending."""
        return np.flatnonzero(~np.isnan(self.practised))

    @property
    def pace(self) -> float:
        """The factor on all stabilities that this person's reviews speak for; 1 unless `personal`."""
        if not self.personal:
            return 1.0
        weight = np.exp(self.paces + PACE_PRIOR - (self.paces + PACE_PRIOR).max())
        return float(np.exp(weight @ np.log(PACES) / weight.sum()))

    @cached_property
    def trust(self) -> Floats:
        """(h, n) for each skill the probability of each hypothesis: how much of the credit it gets is real."""
        likely = np.exp(self.foresight - self.foresight.max(axis=0))
        told = np.ptp(self.foresight, axis=0) > 0
        share = PRIOR / PRIOR.sum()
        for _ in range(20):
            mine = share[:, None] * likely[:, told]
            mine /= mine.sum(axis=0)
            share = PRIOR + mine.sum(axis=1)
            share /= share.sum()
        weights = share[:, None] * likely
        weighed: Floats = weights / weights.sum(axis=0)
        return weighed

    @property
    def transfer(self) -> Floats:
        """(n,) for each skill the expected share of the stated credit that is real."""
        expected: Floats = TRANSFER @ self.trust
        return expected

    def recall(self, at: datetime) -> Floats:
        """(n,) the probability that each skill is recalled now; NaN where it was never practised."""
        now = days(at)
        expected: Floats = (self.trust * self.curve.recall(self.pace * self.stability, now - self.last)).sum(
            axis=0
        )
        return expected

    def due(self, retention: float) -> Floats:
        """(n,) the day on which each skill's recall falls to `retention`, days since 2000; NaN where never practised.

        As in FSRS it is a whole number of days after the last own practice, at least one.
        """
        return self.due_of(np.arange(len(self.containment)), self.stability, self.last, retention)

    def due_of(self, skills: NDArray[np.intp], stability: Floats, last: Floats, retention: float) -> Floats:
        """(p,) the day on which the given skills fall due, from their (h, p) stabilities and moments."""
        own, stability = self.practised[skills], self.pace * stability
        meets = last + self.curve.days_until(stability, retention)
        low, high = meets.min(axis=0), meets.max(axis=0)
        trust = self.trust[:, skills]
        if np.any(high - low > 1e-9):  # the hypotheses differ: find where their mean crosses
            for _ in range(30):
                middle = (low + high) / 2
                mean = (trust * self.curve.recall(stability, middle - last)).sum(axis=0)
                above = mean > retention
                low, high = np.where(above, middle, low), np.where(above, high, middle)
        interval = np.clip(np.round((low + high) / 2 - own), 1.0, LONGEST)
        whole: Floats = own + interval
        return whole

    def credited(self, skill: int, at: datetime) -> tuple[NDArray[np.intp], Floats, Floats]:
        """What a passed practice of one skill would leave in those it contains.

        Returns:
            The positions (p,) of the contained skills that can take credit, and their stability and moment (h, p).
        """
        inner, weights = self.containment.below[skill]
        takes = ~np.isnan(self.practised[inner]) & ~self.lapsed[inner]
        inner, weights = inner[takes], weights[takes]
        stability, last = self.stability[:, inner], self.last[:, inner]
        k = TRANSFER[:, None] * weights
        now = days(at)
        recall = self.curve.recall(stability, now - last)
        full = self.curve.reviewed(stability, self.difficulty[inner], recall, Grade.GOOD)
        grown = stability + k * (np.maximum(full, stability) - stability)
        refreshed = now - self.curve.days_until(grown, recall + k * (1 - recall))
        return inner, grown, np.where(k > 0, refreshed, last)


def _practise(memories: Memories, event: Practised) -> None:
    i, now = event.skill, days(event.at)
    if not 0 <= i < len(memories.containment):
        msg = f"there is no skill at position {i}"
        raise ValueError(msg)
    if event.grade.passed:
        _credit(memories, i, event.at)
    else:
        _blame(memories, i, now)
    if np.isnan(memories.practised[i]):
        memories.stability[:, i], memories.difficulty[i] = memories.curve.first(event.grade)
    else:
        _review(memories, i, now, event.grade)
    memories.last[:, i] = memories.practised[i] = now
    memories.carried[i] = 0
    memories.lapsed[i] = not event.grade.passed


def _review(memories: Memories, i: int, now: float, grade: Grade) -> None:
    stability, elapsed = memories.stability[:, i], now - memories.last[:, i]
    if now - memories.practised[i] >= 1:
        _learn(memories, i, elapsed, grade)
    whole = np.floor(elapsed + 1e-9)  # FSRS counts whole days
    recall = memories.curve.recall(stability, whole)
    difficulty = memories.difficulty[i]
    memories.stability[:, i] = memories.curve.reviewed(
        stability, difficulty, recall, grade, same_day=whole < 1
    )
    memories.difficulty[i] = memories.curve.harder(difficulty, grade)


def _learn(memories: Memories, i: int, elapsed: Floats, grade: Grade) -> None:
    """What a review says of the credit's worth and of the person's pace."""
    stability, pace = memories.stability[:, i], memories.pace

    def likelihood(at: ArrayLike) -> Floats:
        chance = np.clip(memories.curve.recall(np.multiply(at, stability), elapsed), 0.01, 0.99)
        return chance if grade.passed else 1 - chance

    likely = likelihood(pace)
    share = memories.shares / memories.shares.sum()
    if memories.personal:
        memories.paces[:] += np.log(likelihood(PACES[:, None]) @ share)
    if np.ptp(likely) > 0:  # the hypotheses foresaw different things
        memories.foresight[:, i] += np.log(likely)
        memories.shares[:] += share * likely / (share @ likely)


def _credit(memories: Memories, i: int, at: datetime) -> None:
    inner, stability, last = memories.credited(i, at)
    memories.stability[:, inner] = stability
    memories.last[:, inner] = last
    weight = dict(zip(*(a.tolist() for a in memories.containment.below[i]), strict=True))
    memories.carried[inner] += np.array([weight[j] >= COUNTS for j in inner.tolist()], dtype=np.int64)


def _blame(memories: Memories, i: int, now: float) -> None:
    outer, weights = memories.containment.above[i]
    known = ~np.isnan(memories.practised[outer])
    outer, weights = outer[known], weights[known]
    k = BLAME * TRANSFER[:, None] * weights
    stability, last = memories.stability[:, outer], memories.last[:, outer]
    recall = memories.curve.recall(stability, now - last)
    lapse = memories.curve.reviewed(stability, memories.difficulty[outer], recall, Grade.AGAIN)
    fallen = stability + k * (np.minimum(lapse, stability) - stability)
    moment = now - memories.curve.days_until(fallen, recall * (1 - k))
    memories.stability[:, outer] = fallen
    memories.last[:, outer] = np.where(k > 0, moment, last)


def days(at: datetime) -> float:
    """A moment as days since 2000.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None:
        msg = "a review needs a time with a time zone"
        raise ValueError(msg)
    return (at - EPOCH) / _DAY


def moment(day: float) -> datetime:
    """The moment so many days after 2000, in UTC."""
    return EPOCH + day * _DAY
