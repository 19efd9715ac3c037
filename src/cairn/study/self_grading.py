"""Questions that a person answers in their own words and grades by a rubric.

A grade becomes evidence like an answer to a free item: for each skill that the question asks for, by the criteria whose
page section belongs to that skill's topic; by all criteria where none does. What is neither mostly there nor mostly
missing says too little, and gives none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cairn.curriculum import Skill
from cairn.curriculum.model_answer import Criterion, ModelAnswer
from cairn.curriculum.question import Question
from cairn.learner import Evidence, Outcome, Source
from cairn.store.answers import Answered, Answers
from cairn.study.answering import LONGEST, Occasion
from cairn.study.desk import Desk
from cairn.study.errors import UnknownItemError

PREFIX = "question/"
"""What the ids of questions begin with where answers are kept."""

GOOD, POOR = 2 / 3, 1 / 3
"""From which share of its weight a skill counts as shown, and up to which as missing."""

MOST_TEXT = 20_000


class Credit(StrEnum):
    """What an answer earns of one criterion."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"

    @property
    def share(self) -> float:
        """The share of the criterion's weight."""
        return {Credit.FULL: 1.0, Credit.PARTIAL: 0.5, Credit.NONE: 0.0}[self]


Marks = tuple[Credit, ...]
"""One credit for each criterion, in their order."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer that was kept, with its grades.

    Attributes:
        question: id of the question.
        number: of this answer, from 0.
        at: when it was kept.
        said: what was written, if anything was.
        marks: one for each criterion as it was then; none for "I don't know".
        current: whether the model answer is still the one that it was graded by.
        occasion: what it was asked for.
        more: what else was kept with it.
    """

    question: str
    number: int
    at: datetime
    said: str
    marks: Marks
    current: bool
    occasion: str
    more: Mapping[str, Any]


def share(criteria: Sequence[Criterion], marks: Sequence[Credit]) -> float:
    """The share of the weight that was earned, between 0 and 1."""
    return sum(c.weight * m.share for c, m in zip(criteria, marks, strict=True)) / sum(
        c.weight for c in criteria
    )


def by_skill(question: Question, answer: ModelAnswer, marks: Sequence[Credit]) -> dict[Skill, float]:
    """For each skill that the question asks for the share earned on it."""
    found = {}
    for skill in question.targets:
        own = [i for i, c in enumerate(answer.rubric) if c.see.partition("#")[0] == skill.topic]
        chosen = own or range(len(answer.rubric))
        found[skill] = share([answer.rubric[i] for i in chosen], [marks[i] for i in chosen])
    return found


def version(answer: ModelAnswer) -> str:
    """Twelve hexadecimal digits that change when the rubric does."""
    text = repr([asdict(c) for c in answer.rubric])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class SelfGrading:
    """The verbs of such questions for one person."""

    desk: Desk
    answers: Answers

    def model(self, question: str) -> tuple[Question, ModelAnswer]:
        """A question with its model answer.

        Raises:
            UnknownItemError: there is no such question, or nobody has written an answer to it.
        """
        curriculum = self.desk.atlas.curriculum
        if question not in curriculum.questions or question not in curriculum.answers:
            raise UnknownItemError(question)
        return curriculum.questions[question], curriculum.answers[question]

    def number(self, question: str) -> int:
        """The number of the next answer to a question. Two tabs that ask at once get the same, and one is kept."""
        return self.answers.counts(self.desk.person_id).get(PREFIX + question, 0)

    def keep(
        self,
        question: str,
        number: int,
        marks: Sequence[Credit] | None,
        *,
        said: str = "",
        seconds: float | None = None,
        occasion: Occasion = Occasion.PRACTICE,
        more: Mapping[str, Any] | None = None,
    ) -> bool:
        """Keep an answer with its grades, and what they show.

        Args:
            question: its id.
            number: that of the answer; each is kept once.
            marks: one credit for each criterion; None for "I don't know".
            said: what was written.
            seconds: how long answering took.
            occasion: what it was asked for.
            more: what else is to be kept with it, as JSON can hold it.

        Returns:
            Whether it was kept; not where this number was kept before, from another tab say.

        Raises:
            UnknownItemError: there is no such question with an answer.
            ValueError: the marks do not fit the rubric.
        """
        asked, model = self.model(question)
        if marks is not None and len(marks) != len(model.rubric):
            msg = f"{question} has {len(model.rubric)} criteria, not {len(marks)}"
            raise ValueError(msg)
        now, person, name = self.desk.clock(), self.desk.person_id, PREFIX + question
        whole = share(model.rubric, marks) if marks is not None else 0.0
        kept = Answered(
            person=person,
            item=name,
            version=version(model),
            seed=number,
            skill=str(asked.targets[0]),
            parameters={"said": said[:MOST_TEXT], **(more or {})},
            answer=[m.value for m in marks] if marks is not None else None,
            mark="passed" if marks is None else "right" if whole >= GOOD else "wrong",
            seconds=seconds if seconds is not None and 0 < seconds <= LONGEST else None,
            occasion=occasion.value,
            at=now,
        )
        shows = [
            Evidence(person, now, Source.ITEM, str(skill), outcome, f"item:{name}:{number}", name)
            for skill, outcome in self._outcomes(asked, model, marks)
        ]
        self.desk.person()
        return self.answers.keep(kept, shows)

    def _outcomes(
        self, asked: Question, model: ModelAnswer, marks: Sequence[Credit] | None
    ) -> list[tuple[Skill, Outcome]]:
        have = self.desk.atlas.curriculum.graph.position
        if marks is None:
            return [(skill, Outcome.PASSED) for skill in asked.targets if skill in have]
        found = []
        for skill, earned in by_skill(asked, model, marks).items():
            if skill in have and (earned >= GOOD or earned <= POOR):
                found.append((skill, Outcome.RIGHT if earned >= GOOD else Outcome.WRONG))
        return found

    def kept(self, question: str) -> list[Graded]:
        """The answers to a question that were kept, the newest first."""
        return [self._graded(a) for a in self.answers.of(self.desk.person_id, item=PREFIX + question)]

    def of_occasion(self, occasion: Occasion, limit: int = 500) -> list[Graded]:
        """The latest answers to any question on one occasion, the newest first."""
        rows = self.answers.of(self.desk.person_id, limit=limit)
        return [self._graded(a) for a in rows if a.occasion == occasion.value and a.item.startswith(PREFIX)]

    def find(self, question: str, number: int) -> Graded | None:
        """One answer that was kept."""
        found = self.answers.find(self.desk.person_id, PREFIX + question, number)
        return self._graded(found) if found is not None else None

    def _graded(self, row: Answered) -> Graded:
        question = row.item.removeprefix(PREFIX)
        model = self.desk.atlas.curriculum.answers.get(question)
        marks = tuple(Credit(m) for m in row.answer or () if m in set(Credit))
        more = {k: v for k, v in row.parameters.items() if k != "said"}
        return Graded(
            question=question,
            number=row.seed,
            at=row.at,
            said=str(row.parameters.get("said", "")),
            marks=marks,
            current=model is not None and version(model) == row.version,
            occasion=row.occasion,
            more=more,
        )
