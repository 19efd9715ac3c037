"""Diagnosing: ask what settles most about a goal, until it is clear where the person stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cairn.curriculum import Skill
from cairn.curriculum.items.item import Kind
from cairn.curriculum.items.variant import Variant
from cairn.learner import Evidence, Outcome, Source
from cairn.learner.belief import SELF_REPORT, Belief
from cairn.learner.diagnosis import Candidate, Choice, Diagnosis, Rule, Stop, Summary
from cairn.planning import Gap
from cairn.study.answering import Answering, Occasion
from cairn.study.standing import Standings

SITTING = timedelta(hours=6)
"""Answers of a diagnosis that lie less than this apart belong to one sitting, and share its minutes."""

OFTEN = 2
"""One item is asked at most so often in a sitting."""

AWAY = 3.0
"""Of an answer's time at most so many times the item's own minutes count: then the person was away."""

OWN_WORD = 0.3
"""Minutes that a question about oneself takes."""

EVERYTHING = "everything"

ENDS = {
    Stop.SETTLED: "More questions would change little.",
    Stop.BUDGET: "The minutes are used up.",
    Stop.NOTHING_TO_ASK: "There is nothing left to ask.",
}
"""Why a diagnosis is over, in a sentence."""


def is_word(event: Evidence) -> bool:
    """Whether an event is a person's own word, given in a diagnosis."""
    return event.source is Source.SELF_REPORT and event.detail == Occasion.DIAGNOSIS.value


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask next.

    Attributes:
        skill: the skill it tests.
        variant: the question; None where there is no item, and the person is asked for their own word.
        can: what the person would be able to do, where there is no item.
        number: how often they gave their word on this skill before; it names this asking, so that it counts once.
        choice: why this one.
    """

    skill: Skill
    variant: Variant | None
    can: str
    choice: Choice
    number: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a diagnosis is.

    Attributes:
        asked: questions answered in this sitting.
        minutes: minutes they took.
        summary: where the person stands with respect to the goal.
        stop: why it is over; None while it goes on.
        ask: the next question; None when it is over.
    """

    asked: int
    minutes: float
    summary: Summary
    stop: Stop | None
    ask: Ask | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a person stands: the skills of a goal by what is believed, in learning order, and the gap that follows."""

    known: tuple[Skill, ...]
    unsure: tuple[Skill, ...]
    unknown: tuple[Skill, ...]
    p: dict[Skill, float]
    summary: Summary
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A sitting that can be gone on with: its goals, how deep, its minutes, and how many questions were answered."""

    targets: tuple[str, ...]
    level: str | None
    minutes: int
    asked: int


@dataclass(frozen=True)
class Diagnosing:
    """The verbs of diagnosis for one person. All state is the evidence: stop at any time, go on at any time."""

    answering: Answering
    standings: Standings

    def goal(self, targets: Sequence[str], level: str | None = None) -> list[int]:
        """The positions that some goals need, with everything below; the whole map for `everything` or none.

        Raises:
            UnknownTargetError: a name is no goal's.
        """
        atlas = self.answering.desk.atlas
        graph = atlas.curriculum.graph
        named = [t for t in targets if t != EVERYTHING]
        if not named:
            return list(range(len(graph.nodes)))
        wanted = [s for t in named for s in atlas.target(t, level).skills]
        return sorted(graph.below(graph.position[s] for s in wanted))

    def progress(
        self, targets: Sequence[str], *, minutes: float | None = 15.0, level: str | None = None
    ) -> Progress:
        """Where the diagnosis is, and what to ask next.

        Args:
            targets: the goals; none for the whole map.
            minutes: how long the sitting may take in all; None without limit.
            level: how deep a topic is wanted where a goal does not say.

        Raises:
            UnknownTargetError: a name is no goal's.
        """
        belief, asked, spent = self.belief(), *self._sitting()
        goal = self.goal(targets, level)
        found = Diagnosis(belief, goal, self._candidates(goal, asked), spent, Rule(minutes=minutes))
        stop = found.done()
        choice = found.next() if stop is None else None
        ask = self._ask(choice) if choice is not None else None
        return Progress(sum(asked.values()), spent, found.summary(), stop, ask)

    def begin(self, targets: Sequence[str], level: str | None, minutes: int | None) -> None:
        """Keep what the diagnosis is about, so that it can be gone on with from anywhere."""
        desk = self.answering.desk
        kept = {"targets": list(targets), "level": level, "minutes": minutes}
        if desk.person().preferences.get("diagnosis") != kept:
            desk.people.prefer(desk.person_id, diagnosis=kept)

    def under_way(self) -> UnderWay | None:
        """The sitting that was broken off, if it is not long ago and its goals are still there."""
        kept = self.answering.desk.person().preferences.get("diagnosis")
        asked = sum(self._sitting()[0].values())
        if not isinstance(kept, dict) or not asked:
            return None
        try:
            self.goal(kept["targets"], kept["level"])
        except (KeyError, LookupError, ValueError):
            return None
        return UnderWay(tuple(kept["targets"]), kept["level"], int(kept["minutes"] or 0), asked)

    def say(self, skill: Skill, *, can: bool | None, number: int | None = None) -> bool:
        """Keep a person's own word on a skill that no item tests.

        Args:
            skill: the skill.
            can: None for "not sure", which says little.
            number: that of the asking; the next one where None.

        Returns:
            Whether it was kept; not where this asking was answered before, in another tab say.
        """
        desk = self.answering.desk
        desk.person()
        outcome = Outcome.PASSED if can is None else Outcome.KNOWN if can else Outcome.UNKNOWN
        asking = self._words(skill) if number is None else number
        word = Evidence(
            desk.person_id,
            desk.clock(),
            Source.SELF_REPORT,
            str(skill),
            outcome,
            f"word:{asking}",
            Occasion.DIAGNOSIS.value,
        )
        return desk.log.append_new([word]) == 1

    def _words(self, skill: Skill) -> int:
        events = self.answering.desk.log.of(self.answering.desk.person_id)
        return sum(is_word(event) and event.skill == str(skill) for event in events)

    def doubtful(self, skill: Skill) -> Skill | None:
        """Of the skills that one requires directly the least likely to be known, if it is more likely missing."""
        graph = self.answering.desk.atlas.curriculum.graph
        below = [i for i in graph.needs[graph.position[skill]] if graph.nodes[i].topic != skill.topic]
        p = self.belief().p
        least = min(below, key=lambda i: float(p[i]), default=None)
        return graph.nodes[least] if least is not None and p[least] < 0.5 else None

    def picture(self, targets: Sequence[str], level: str | None = None) -> Picture:
        """Where the person stands with respect to some goals.

        Raises:
            UnknownTargetError: a name is no goal's.
        """
        desk = self.answering.desk
        nodes = desk.atlas.curriculum.graph.nodes
        goal = self.goal(targets, level)
        belief = self.belief()
        p = {nodes[i]: float(belief.p[i]) for i in goal}
        known = tuple(s for s, chance in p.items() if chance >= self.standings.known)
        unknown = tuple(s for s, chance in p.items() if chance <= self.standings.unknown)
        sure = {*known, *unknown}
        named = [t for t in targets if t != EVERYTHING]
        return Picture(
            known=known,
            unsure=tuple(s for s in p if s not in sure),
            unknown=unknown,
            p=p,
            summary=Diagnosis(belief, goal, ()).summary(),
            gap=desk.gap(*named, level=level) if named else None,
        )

    def belief(self) -> Belief:
        """What is believed about the person now."""
        desk = self.answering.desk
        kind = desk.atlas.background(desk.background())
        return self.standings.of(desk.person_id, desk.log.of(desk.person_id), kind)

    def _sitting(self) -> tuple[dict[str, int], float]:
        """How often each thing was asked in the present sitting, and the minutes it has taken so far."""
        desk, bank = self.answering.desk, self.answering.desk.atlas.curriculum.items
        asked: dict[str, int] = {}
        spent, later = 0.0, desk.clock()
        events: list[tuple[datetime, str, float]] = []
        for answer in self.answering.answers.of(desk.person_id, limit=500):
            if answer.occasion == Occasion.DIAGNOSIS.value:
                item = bank.get(answer.item)
                nominal = item.sheet.minutes if item else 1.0
                took = nominal if answer.seconds is None else min(answer.seconds / 60, AWAY * nominal)
                events.append((answer.at, answer.item, took))
        events += [
            (event.at, event.skill, OWN_WORD) for event in desk.log.of(desk.person_id) if is_word(event)
        ]
        for at, name, took in sorted(events, key=lambda e: e[0], reverse=True):
            if later - at > SITTING:
                break
            later = at
            asked[name] = asked.get(name, 0) + 1
            spent += took
        return asked, spent

    def _candidates(self, goal: Sequence[int], asked: dict[str, int]) -> list[Candidate]:
        """What may be asked: the items on what the goal needs, and the person's own word where there are none."""
        curriculum = self.answering.desk.atlas.curriculum
        found = []
        for i in goal:
            skill = curriculum.graph.nodes[i]
            items = [item for item in curriculum.items.of(skill) if item.kind is not Kind.FREE]
            for item in items:
                if asked.get(item.id, 0) < OFTEN:
                    strength = self.standings.strength(item.id, item.kind)
                    found.append(Candidate(i, strength.slip, strength.guess, item.sheet.minutes, item.id))
            if not items and str(skill) not in asked:
                found.append(Candidate(i, SELF_REPORT.slip, SELF_REPORT.guess, OWN_WORD, str(skill)))
        return found

    def _ask(self, choice: Choice) -> Ask:
        curriculum = self.answering.desk.atlas.curriculum
        ref = choice.candidate.ref
        skill = curriculum.graph.nodes[choice.candidate.position]
        if "@" in ref:  # a skill, not an item
            can = curriculum.topics[skill.topic].levels[skill.level].can
            return Ask(skill, None, can, choice, self._words(skill))
        return Ask(skill, self.answering.ask(ref), "", choice)
