"""Answers to items: what was asked, what was said, how it was marked. Kept with the evidence they give.

A question is a variant: an item and a seed. A person answers each variant once. The first answer counts, whichever
tab or retry it comes from; the others change nothing and are told so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from cairn.learner import Evidence
from cairn.store.evidence import rows_of
from cairn.store.tables import answers, evidence


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that was kept, with all that is needed to grade it again.

    Attributes:
        person: who answered.
        item: id of the item.
        version: the version of the item at that time.
        seed: the seed of the variant.
        skill: the skill it tests, in its written form.
        parameters: what the seed had drawn.
        answer: what was said; None for "I don't know".
        mark: how it was marked: right, wrong or passed.
        seconds: how long it took, where that is known.
        occasion: what it was asked for: diagnosis, review or practice.
        at: when it was given.
    """

    person: str
    item: str
    version: str
    seed: int
    skill: str
    parameters: Mapping[str, Any]
    answer: str | Sequence[str] | None
    mark: str
    seconds: float | None
    occasion: str
    at: datetime


class Answers:
    """The repository of answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, answer: Answered, shows: Sequence[Evidence]) -> bool:
        """Keep an answer and what it shows, in one transaction. False if the variant was answered before."""
        row = {
            "person_id": answer.person,
            "item": answer.item,
            "version": answer.version,
            "seed": answer.seed,
            "skill": answer.skill,
            "parameters": json.dumps(answer.parameters),
            "answer": json.dumps(answer.answer),
            "mark": answer.mark,
            "seconds": answer.seconds,
            "occasion": answer.occasion,
            "at": answer.at,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(answers).values(**row))
                if shows:
                    connection.execute(insert(evidence), rows_of(shows))
        except IntegrityError:
            if self.find(answer.person, answer.item, answer.seed) is None:
                raise
            return False
        return True

    def find(self, person: str, item: str, seed: int) -> Answered | None:
        """The answer to a variant, if there is one."""
        query = select(answers).where(
            answers.c.person_id == person, answers.c.item == item, answers.c.seed == seed
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return _answered(row) if row is not None else None

    def counts(self, person: str) -> dict[str, int]:
        """How many variants of each item a person has answered."""
        query = (
            select(answers.c.item, func.count()).where(answers.c.person_id == person).group_by(answers.c.item)
        )
        with self._engine.connect() as connection:
            return {item: int(n) for item, n in connection.execute(query)}

    def of(self, person: str, *, item: str | None = None, limit: int | None = None) -> list[Answered]:
        """A person's answers, the newest first."""
        query = select(answers).where(answers.c.person_id == person).order_by(answers.c.id.desc())
        if item is not None:
            query = query.where(answers.c.item == item)
        if limit is not None:
            query = query.limit(limit)
        with self._engine.connect() as connection:
            return [_answered(row) for row in connection.execute(query)]

    def all(self, batch: int = 10_000) -> Iterator[Answered]:
        """Everybody's answers in the order they were kept, read in batches."""
        with self._engine.connect().execution_options(stream_results=True, yield_per=batch) as connection:
            for row in connection.execute(select(answers).order_by(answers.c.id)):
                yield _answered(row)


def _answered(row: Row[Any]) -> Answered:
    return Answered(
        person=row.person_id,
        item=row.item,
        version=row.version,
        seed=row.seed,
        skill=row.skill,
        parameters=json.loads(row.parameters),
        answer=json.loads(row.answer) if row.answer is not None else None,
        mark=row.mark,
        seconds=row.seconds,
        occasion=row.occasion,
        at=row.at,
    )
