"""Answering: ask a variant of an item, grade what comes back, keep it, and let it count once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cairn.curriculum.items.evaluation import WorkOut, at_points
from cairn.curriculum.items.grading import Answer, Graded, Mark, grade
from cairn.curriculum.items.item import Item
from cairn.curriculum.items.variant import ItemError, Variant, variant
from cairn.curriculum.skill import Skill
from cairn.learner import Evidence, Outcome, Source
from cairn.store.answers import Answered, Answers
from cairn.study.desk import Desk
from cairn.study.errors import UnknownItemError

LONGEST = 3600.0
"""Seconds after which an answer's time says that the person was away, not how long it took."""

_OUTCOMES = {Mark.RIGHT: Outcome.RIGHT, Mark.WRONG: Outcome.WRONG, Mark.PASSED: Outcome.PASSED}


class Occasion(StrEnum):
    """What a question is asked for."""

    DIAGNOSIS = "diagnosis"
    REVIEW = "review"
    PRACTICE = "practice"
    INTERVIEW = "interview"
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes back on an answer.

    Attributes:
        variant: the question.
        graded: the mark and its reasons.
        counted: whether it was kept now. An unreadable answer is not, nor one to a variant that was answered before.
        earlier: the answer that counts, where the variant was answered before.
    """

    variant: Variant
    graded: Graded
    counted: bool
    earlier: Answered | None = None


@dataclass(frozen=True)
class Answering:
    """The verbs of questions for one person. Learners' formulas are worked out by `work_out`."""

    desk: Desk
    answers: Answers
    work_out: WorkOut = at_points

    def item(self, name: str) -> Item:
        """The item of this id.

        Raises:
            UnknownItemError: there is none, or it is broken.
        """
        found = self.desk.atlas.curriculum.items.get(name)
        if found is None:
            raise UnknownItemError(name)
        return found

    def items(self, skill: Skill) -> Sequence[Item]:
        """The items that test a skill."""
        return self.desk.atlas.curriculum.items.of(skill)

    def ask(self, name: str, seed: int | None = None) -> Variant:
        """A variant of an item: the first that this person has not answered, or the one of the given seed.

        Until it is answered the same variant is asked again, in every tab and after a restart.

        Raises:
            UnknownItemError: there is no such item, or no variant can be made of it.
        """
        item = self.item(name)
        number = self.next_seed(item.id) if seed is None else seed
        try:
            return variant(item, number)
        except ItemError as error:
            raise UnknownItemError(name, str(error)) from error

    def next_seed(self, item: str, answered: int | None = None) -> int:
        """The seed of the next variant: it goes on from a start of the person's own."""
        count = self.answers.counts(self.desk.person_id).get(item, 0) if answered is None else answered
        start = int.from_bytes(hashlib.sha256(f"{self.desk.person_id}:{item}".encode()).digest()[:3])
        return start + count

    def answer(
        self,
        name: str,
        seed: int,
        given: Answer,
        *,
        occasion: Occasion = Occasion.PRACTICE,
        seconds: float | None = None,
    ) -> Reply:
        """Grade an answer and keep it. The first readable answer to a variant counts, and only that.

        Args:
            name: id of the item.
            seed: that of the variant that was asked.
            given: a text, keys of options, or None for "I don't know".
            occasion: what it was asked for.
            seconds: how long the answer took.

        Raises:
            UnknownItemError: there is no such item.
        """
        asked = self.ask(name, seed)
        graded = grade(asked, given, self.work_out)
        if not graded.counts:
            return Reply(asked, graded, counted=False)
        person, now = self.desk.person_id, self.desk.clock()
        kept = Answered(
            person=person,
            item=asked.item.id,
            version=asked.item.version,
            seed=seed,
            skill=str(asked.item.skill),
            parameters=asked.parameters,
            answer=given,
            mark=graded.mark.value,
            seconds=seconds if seconds is not None and 0 < seconds <= LONGEST else None,
            occasion=occasion.value,
            at=now,
        )
        shows = Evidence(
            person,
            now,
            Source.ITEM,
            kept.skill,
            _OUTCOMES[graded.mark],
            f"item:{kept.item}:{seed}",
            kept.item,
        )
        self.desk.person()
        if self.answers.keep(kept, [shows]):
            return Reply(asked, graded, counted=True)
        return Reply(asked, graded, counted=False, earlier=self.answers.find(person, kept.item, seed))

    def again(self, kept: Answered) -> Graded:
        """Grade a kept answer again, with the item as it is now and the parameters as they were.

        Raises:
            UnknownItemError: the item is gone, or its parameters no longer fit it.
        """
        try:
            return grade(
                variant(self.item(kept.item), kept.seed, kept.parameters), kept.answer, self.work_out
            )
        except ItemError as error:
            raise UnknownItemError(kept.item, str(error)) from error
