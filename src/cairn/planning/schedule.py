"""Lay activities into days: no day over its budget, nothing before what it needs, long work in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cairn.planning.activity import Act, Activity
from cairn.planning.availability import Availability
from cairn.planning.errors import PlanError
from cairn.planning.plan import Day, Slot

LEAST = 3
"""No piece of work is shorter, unless it is all that is left or a day has less."""


@dataclass(frozen=True, slots=True)
class Block:
    """Activities that are done one after another.

    Attributes:
        key: names the block.
        activities: in order, with the minutes that are left of each.
        after: keys of the blocks that must be finished before.
        not_before: the first day it may begin on.
    """

    key: str
    activities: tuple[Activity, ...]
    after: frozenset[str] = frozenset()
    not_before: date | None = None


@dataclass(frozen=True)
class Rooms:
    """How much of each day is left for the plan's own work.

    Attributes:
        time: the budgets.
        review: minutes of review wanted on a day.
        tracks: minutes of tracks wanted on a day, with their activities.
        used: minutes already used on a day.
    """

    time: Availability
    review: Callable[[date], int]
    tracks: Callable[[date], tuple[tuple[Activity, int], ...]] = field(default=lambda _day: ())
    used: Callable[[date], int] = field(default=lambda _day: 0)

    def split(self, day: date, budget: int) -> tuple[int, int, tuple[tuple[Activity, int], ...]]:
        """Minutes of a day for review (at most half), for the plan's work, and what the tracks take."""
        left = max(0, budget - self.used(day))
        review = min(self.review(day), left // 2)
        rest = left - review
        taken: list[tuple[Activity, int]] = []
        for activity, minutes in self.tracks(day):
            fits = min(minutes, max(0, left // 2 - sum(m for _, m in taken)), rest)
            if fits:
                taken.append((activity, fits))
                rest -= fits
        return review, rest, tuple(taken)

    def until(self, last: date) -> int:
        """All minutes for the plan's work from the start to a day."""
        whole = 0
        for day, budget in self.time.days():
            if day > last:
                break
            whole += self.split(day, budget)[1]
        return whole

    def day_after(self, minutes: float) -> date | None:
        """The day by whose end so many minutes have passed; None if that lies beyond the horizon."""
        whole = 0.0
        for day, budget in self.time.days():
            if budget:
                whole += self.split(day, budget)[1]
                if whole >= minutes:
                    return day
        return None


def lay(blocks: Sequence[Block], rooms: Rooms) -> tuple[Day, ...]:
    """The days on which the blocks are done, with reviews and tracks beside them.

    Blocks are taken in their order; one that must wait is passed over until it need not. A block that was begun
    is finished before another begins, but for one that was held until a day: it has that day, and what was begun
    goes on after it.

    Raises:
        PlanError: the work does not end within a hundred years, or a block waits for one that is not there.
    """
    queue = _Queue(blocks)
    days: list[Day] = []
    for day, budget in rooms.time.days():
        if queue.empty:
            break
        review, room, tracks = rooms.split(day, budget)
        if not room and not review:
            continue
        slots = [Slot(a, m) for a, m in queue.fill(day, room)]
        if queue.empty and not slots:
            break
        extra = [Slot(activity, minutes) for activity, minutes in tracks]
        if review:
            slots.insert(0, Slot(_review(review), review))
        if slots or extra:
            days.append(Day(day, budget, (*slots, *extra)))
    if not queue.empty:
        message = f"{round(queue.minutes / 60)} hours of work do not fit into a hundred years of such weeks"
        raise PlanError(message, "give more hours a week")
    return numbered(days)


class _Queue:
    """The blocks that are not finished."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._waiting = list(blocks)
        self._held = [block for block in blocks if block.not_before is not None]
        self._current: Block | None = None
        self._step, self._left = 0, 0
        self._finished: set[str] = set()
        self._resumed: dict[str, tuple[int, int]] = {}
        self._last: date | None = None
        there = {block.key for block in blocks}
        self._after = {block.key: block.after & there for block in blocks}
        self._skip_empty()

    def _skip_empty(self) -> None:
        for block in [b for b in self._waiting if not any(a.minutes for a in b.activities)]:
            self._waiting.remove(block)
            self._finished.add(block.key)

    @property
    def empty(self) -> bool:
        """Whether everything is done."""
        return self._current is None and not self._waiting

    @property
    def minutes(self) -> int:
        """Minutes of work that are left."""
        now = self._current.activities[self._step + 1 :] if self._current else ()
        return (
            self._left
            + sum(a.minutes for b in self._waiting for a in b.activities)
            + sum(a.minutes for a in now)
        )

    def fill(self, day: date, room: int) -> Iterable[tuple[Activity, int]]:
        """Take work for a day, at most `room` minutes of it."""
        least = min(LEAST, room)
        if room and self._current is not None and self._dated(day) is not None:
            self._resumed[self._current.key] = (self._step, self._left)
            self._waiting.insert(0, self._current)
            self._current = None
        yield from self._fill(day, room, least)
        if room:
            self._last = day

    def _fill(self, day: date, room: int, least: int) -> Iterable[tuple[Activity, int]]:
        while room >= max(least, 1):
            if self._current is None and not self._begin(day):
                return
            piece = self._piece(room, least)
            if piece <= 0:
                return
            assert self._current is not None  # noqa: S101  # `_begin` saw to it
            yield self._current.activities[self._step], piece
            room -= piece
            self._take(piece)

    def _piece(self, room: int, least: int) -> int:
        """How much of the activity at hand to do now, without leaving a crumb for another day."""
        if self._left <= room:
            return self._left
        crumb = self._left - room
        return room if crumb >= least else max(self._left - least, 0) or room

    def _begin(self, day: date) -> bool:
        n = self._dated(day)
        if n is None:
            n = next((n for n, block in enumerate(self._waiting) if self._ready(block, day)), None)
        if n is None:
            return False
        self._current = self._waiting.pop(n)
        if self._current.key in self._resumed:
            self._step, self._left = self._resumed.pop(self._current.key)
        else:
            self._step = -1
            self._next()
        return True

    def _ready(self, block: Block, day: date) -> bool:
        held = block.not_before is not None and day < block.not_before
        return not held and self._after[block.key] <= self._finished

    def _dated(self, day: date) -> int | None:
        """The first block that was held until a day since the last one with work, and can begin now."""
        last = self._last
        if last is None:
            return None
        due = (b for b in self._held if b.not_before is not None and last < b.not_before <= day)
        found = next((b for b in due if b in self._waiting and self._ready(b, day)), None)
        return None if found is None else self._waiting.index(found)

    def _take(self, minutes: int) -> None:
        self._left -= minutes
        if not self._left:
            self._next()

    def _next(self) -> None:
        block = self._current
        assert block is not None  # noqa: S101  # called only while one is at hand
        self._step += 1
        while self._step < len(block.activities) and not block.activities[self._step].minutes:
            self._step += 1
        if self._step < len(block.activities):
            self._left = block.activities[self._step].minutes
        else:
            self._finished.add(block.key)
            self._current, self._left = None, 0


def _review(minutes: int) -> Activity:
    reason = "What you learned fades; a few minutes a day keep it."
    return Activity("review", Act.REVIEW, "Review what is due", minutes, reason, "review")


def numbered(days: Sequence[Day]) -> tuple[Day, ...]:
    """The same days with the pieces of each activity counted. Reviews and tracks are whole each day."""
    pieces: dict[str, int] = {}
    for day in days:
        for slot in day.slots:
            pieces[slot.activity.id] = pieces.get(slot.activity.id, 0) + 1
    at: dict[str, int] = {}
    made = []
    for day in days:
        slots = []
        for slot in day.slots:
            name = slot.activity.id
            at[name] = at.get(name, 0) + 1
            whole = slot.activity.act in {Act.REVIEW, Act.TRACK}
            part, parts = (1, 1) if whole else (at[name], pieces[name])
            slots.append(Slot(slot.activity, slot.minutes, part, parts, slot.done))
        made.append(Day(day.date, day.budget, tuple(slots)))
    return tuple(made)


def week_number(start: date, day: date) -> int:
    """The week of a plan a day lies in, from 1."""
    return (day - start).days // 7 + 1


def week_start(start: date, number: int) -> date:
    """The first day of a week of a plan."""
    return start + timedelta(days=7 * (number - 1))
