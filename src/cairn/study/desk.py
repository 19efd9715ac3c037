"""One person at work: what they know, their background and their goals, kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cairn.curriculum import LEVELS, Skill
from cairn.learner import Evidence, Outcome, Source, said_known
from cairn.planning import Gap, UnknownTargetError
from cairn.store.evidence import EvidenceLog
from cairn.store.goals import ChosenGoal, Goals
from cairn.store.people import People, Person
from cairn.study.atlas import Atlas

if TYPE_CHECKING:
    from cairn.learner.belief import Belief
    from cairn.study.standing import Standings


@dataclass(frozen=True, slots=True)
class Stands:
    """What a person has and lacks, in learning order, and the belief behind it, if any was needed."""

    knows: tuple[Skill, ...]
    lacks: tuple[Skill, ...]
    belief: Belief | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The verbs of one person. Nothing is cached: two tabs and a terminal see the same at once."""

    atlas: Atlas
    people: People
    log: EvidenceLog
    chosen: Goals
    clock: Callable[[], datetime]
    person_id: str
    standings: Standings | None = None

    def person(self) -> Person:
        """Who this is; made at first sight."""
        return self.people.ensure(self.person_id, "You", self.clock())

    def knows(self) -> tuple[Skill, ...]:
        """The skills the person has, as far as can be told."""
        return self.stands().knows

    def stands(self) -> Stands:
        """What the person has and lacks.

        Until they have answered a question that is what they say and what they have built. From then on belief decides,
        and what they say unasked counts where belief does not speak against it.
        """
        have = self.atlas.curriculum.graph.position
        events = self.log.of(self.person_id)
        said = tuple(s for s in said_known(events) if s in have)
        if self.standings is None or not any(_asked(e) for e in events):
            return Stands(said, (), None)
        said = tuple(s for s in said_known(e for e in events if not _asked(e)) if s in have)
        kind = self.atlas.background(self.background())
        belief = self.standings.of(self.person_id, events, kind)
        nodes = self.atlas.curriculum.graph.nodes
        believed = {nodes[i] for i in (belief.p >= self.standings.known).nonzero()[0].tolist()}
        lacking = {nodes[i] for i in (belief.p <= self.standings.unknown).nonzero()[0].tolist()}
        word = {s for s in said if s not in lacking}
        return Stands(
            tuple(sorted(believed | word, key=have.__getitem__)),
            tuple(sorted(lacking, key=have.__getitem__)),
            belief,
        )

    def say(self, skills: Iterable[Skill], outcome: Outcome) -> None:
        """Keep what the person says of some skills."""
        self.person()
        now = self.clock()
        events = [Evidence(self.person_id, now, Source.SELF_REPORT, str(s), outcome) for s in skills]
        self.log.append(events)

    def set_background(self, background: str | None) -> None:
        """Keep the person's background.

        Raises:
            UnknownBackgroundError: the curriculum has no such background.
        """
        self.atlas.background(background)
        self.person()
        self.people.set_background(self.person_id, background)

    def background(self) -> str | None:
        """The person's background, if they said one and the curriculum still has it."""
        found = self.people.get(self.person_id)
        known = self.atlas.curriculum.backgrounds
        return found.background if found and found.background in known else None

    def choose(self, target: str, level: str | None = None) -> None:
        """Keep a goal.

        Raises:
            UnknownTargetError: the curriculum has no such goal, or there is no such level.
        """
        if level is not None and level not in {lv.value for lv in LEVELS}:
            raise UnknownTargetError(target, f"there is no level {level!r}")
        goal = self.atlas.target(target, level)
        self.person()
        self.chosen.choose(self.person_id, ChosenGoal(goal.entry.id, level, self.clock()))

    def drop(self, target: str) -> None:
        """Forget a goal."""
        self.chosen.drop(self.person_id, target)

    def goals(self) -> list[ChosenGoal]:
        """The chosen goals that the curriculum still has, the last chosen first."""
        return [g for g in self.chosen.of(self.person_id) if self.atlas.curriculum.resolve(g.target)]

    def gap(self, *targets: str, level: str | None = None) -> Gap:
        """The gap to some goals, given what the person says they know and their background."""
        stands = self.stands()
        return self.atlas.gap(
            *targets, level=level, knows=stands.knows, background=self.background(), lacks=stands.lacks
        )


def _asked(event: Evidence) -> bool:
    """Whether an event answers a question: an item, or one about oneself in a diagnosis."""
    return event.source is Source.ITEM or (event.source is Source.SELF_REPORT and event.detail is not None)
