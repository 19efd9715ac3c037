"""Reviewing: what a person remembers, what is due today, and what the coming weeks hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from cairn.curriculum import Skill
from cairn.curriculum.items.item import Item, Kind
from cairn.learner import Evidence, Outcome, Source
from cairn.learner.review import (
    Activity,
    Containment,
    DayLoad,
    Grade,
    Memories,
    Practised,
    containment_of,
    forecast,
    review_queue,
)
from cairn.learner.review.curve import Floats
from cairn.learner.review.memories import days
from cairn.study.answering import Answering, Occasion

RETENTION = 0.9
LOWEST, HIGHEST = 0.7, 0.97


@dataclass(frozen=True, slots=True)
class Review:
    """One thing to review.

    Attributes:
        skill: what to practise.
        item: the question to ask: of the skill's items the one asked least.
        minutes: how long it takes.
        covers: the due skills it takes care of, in learning order.
        recall: the probability that the skill is still there.
        days: days since the skill was last practised on its own account.
    """

    skill: Skill
    item: Item
    minutes: float
    covers: tuple[Skill, ...]
    recall: float
    days: float


@dataclass(frozen=True, slots=True)
class Today:
    """The reviews of a day, in order, and how many due skills wait for a later one."""

    reviews: tuple[Review, ...]
    later: tuple[Skill, ...]
    minutes: float


class Reviewing:
    """The verbs of review for one person."""

    def __init__(self, answering: Answering, containment: Containment | None = None) -> None:
        """Take the verbs of questions, and what contains what, if that was worked out before."""
        self.answering = answering
        self._containment = containment

    @cached_property
    def containment(self) -> Containment:
        """Which skills are practised along with which."""
        if self._containment is not None:
            return self._containment
        return containment_of(self.answering.desk.atlas.curriculum)

    @property
    def retention(self) -> float:
        """The recall at which a skill is due: the person's own setting, else 0.9."""
        found = self.answering.desk.person().preferences.get("retention", RETENTION)
        return min(HIGHEST, max(LOWEST, float(found)))

    @property
    def budget(self) -> float | None:
        """Minutes of review a day: the person's own setting, else no limit."""
        found = self.answering.desk.person().preferences.get("review_minutes")
        return float(found) if found is not None else None

    def prefer(self, *, retention: float | None = None, minutes: float | None = None) -> None:
        """Keep the person's settings. None leaves one as it is; 0 minutes take the limit away.

        Raises:
            ValueError: the retention is not between 0.7 and 0.97, or the minutes are not between 0 and 600.
        """
        desk = self.answering.desk
        desk.person()
        if retention is not None:
            if not LOWEST <= retention <= HIGHEST:
                msg = f"a retention between {LOWEST} and {HIGHEST} is needed, not {retention}"
                raise ValueError(msg)
            desk.people.prefer(desk.person_id, retention=retention)
        if minutes is not None:
            if not 0 <= minutes <= 600:
                msg = f"between 0 and 600 minutes a day are needed, not {minutes}"
                raise ValueError(msg)
            desk.people.prefer(desk.person_id, review_minutes=minutes or None)

    def memories(self) -> Memories:
        """What the person remembers."""
        desk = self.answering.desk
        position = desk.atlas.curriculum.graph.position
        events = practised(desk.log.of(desk.person_id), position.get, self._diagnosed())
        return Memories.of(events, self.containment, personal=True)

    def today(self) -> Today:
        """What to review now: the cheapest set of questions that takes care of all that is due."""
        desk = self.answering.desk
        nodes = desk.atlas.curriculum.graph.nodes
        memories, now = self.memories(), desk.clock()
        queue = review_queue(
            memories,
            now,
            self.minutes(memories.known.tolist()),
            retention=self.retention,
            budget=self.budget,
            kind=[skill.topic for skill in nodes],
        )
        recall, counts = memories.recall(now), self.answering.answers.counts(desk.person_id)
        reviews = [self._review(a, memories, recall, counts) for a in queue.activities]
        return Today(tuple(reviews), tuple(nodes[i] for i in sorted(queue.later)), queue.minutes)

    def forecast(self, days: int = 28) -> tuple[DayLoad, ...]:
        """The minutes of the coming days if nothing new is learned."""
        memories = self.memories()
        return forecast(
            memories,
            self.answering.desk.clock(),
            self.minutes(memories.known.tolist()),
            days=days,
            retention=self.retention,
            budget=self.budget,
        )

    def minutes(self, positions: Iterable[int]) -> dict[int, float]:
        """How long a review of each of some skills takes. Skills that no item tests are left out."""
        nodes = self.answering.desk.atlas.curriculum.graph.nodes
        found = {}
        for i in positions:
            items = self._items(nodes[i])
            if items:
                found[i] = float(median(item.sheet.minutes for item in items))
        return found

    def _items(self, skill: Skill) -> list[Item]:
        items = self.answering.items(skill)
        return [item for item in items if item.kind is not Kind.FREE] or list(items)

    def _review(
        self, activity: Activity, memories: Memories, recall: Floats, counts: dict[str, int]
    ) -> Review:
        nodes = self.answering.desk.atlas.curriculum.graph.nodes
        skill = nodes[activity.skill]
        item = min(self._items(skill), key=lambda item: counts.get(item.id, 0))
        since = days(self.answering.desk.clock()) - float(memories.practised[activity.skill])
        return Review(
            skill,
            item,
            activity.minutes,
            tuple(nodes[i] for i in activity.covers),
            float(recall[activity.skill]),
            since,
        )

    def _diagnosed(self) -> frozenset[str]:
        desk = self.answering.desk
        return frozenset(
            f"item:{a.item}:{a.seed}"
            for a in self.answering.answers.of(desk.person_id)
            if a.occasion == Occasion.DIAGNOSIS.value
        )


def practised(
    events: Iterable[Evidence],
    position: Callable[[Skill], int | None],
    diagnosed: frozenset[str] = frozenset(),
) -> list[Practised]:
    """Evidence as practice. What was never shown cannot be forgotten: failures before the first pass are left out.

    What a diagnosis finds was learned long ago, so its first pass counts as an easy one.
    """
    shown: set[int] = set()
    found = []
    for event in events:
        if event.source is Source.SELF_REPORT:
            continue
        try:
            at = position(Skill.parse(event.skill))
        except ValueError:
            continue
        if at is None or (at not in shown and not event.outcome.good):
            continue
        easy = at not in shown and event.ref in diagnosed
        shown.add(at)
        good = event.outcome in {Outcome.KNOWN, Outcome.RIGHT}
        found.append(Practised(event.at, at, Grade.EASY if easy else Grade.GOOD if good else Grade.AGAIN))
    return found


def because(review: Review) -> str:
    """Why something is reviewed, in a sentence."""
    since = round(review.days)
    last = "today" if since == 0 else "yesterday" if since == 1 else f"{since} days ago"
    others = len([s for s in review.covers if s != review.skill])
    also = (
        f"; it takes care of {others} {'other skill' if others == 1 else 'other skills'} too"
        if others
        else ""
    )
    return f"Last practised {last}; recall is down to {100 * review.recall:.0f} %{also}."
