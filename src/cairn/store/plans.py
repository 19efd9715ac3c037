"""Plans as they were made, newest last, and the checkpoints that were tried."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from cairn.store.tables import checkpoints, plans

KEPT = 20
"""How many plans of a person are kept; only the last is needed, the others to look back."""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan: what was asked, and its days, as documents; `number` names it once it is kept."""

    at: datetime
    terms: Mapping[str, Any]
    days: Sequence[Any]
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A checkpoint that was tried.

    Attributes:
        at: when.
        phase: id of its phase.
        passed: how it ended.
        answers: by question, whether it was right.
        repair: skills to go over again, in their written form.
    """

    at: datetime
    phase: str
    passed: bool
    answers: Mapping[str, bool]
    repair: tuple[str, ...]


class Plans:
    """The repository of plans and attempts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, person_id: str, plan: KeptPlan) -> None:
        """Keep a plan as the last, and let go of those long past."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(plans).values(
                    person_id=person_id,
                    at=plan.at,
                    terms=json.dumps(plan.terms, ensure_ascii=False),
                    days=json.dumps(plan.days, ensure_ascii=False, separators=(",", ":")),
                )
            )
            mine = plans.c.person_id == person_id
            newest = select(plans.c.id).where(mine).order_by(plans.c.id.desc()).limit(KEPT)
            ids = connection.execute(newest).scalars().all()
            connection.execute(delete(plans).where(mine, plans.c.id < min(ids)))

    def last(self, person_id: str) -> KeptPlan | None:
        """The plan that holds now."""
        return next(iter(self.recent(person_id, 1)), None)

    def recent(self, person_id: str, most: int = 2) -> list[KeptPlan]:
        """The last plans, the newest first."""
        query = select(plans).where(plans.c.person_id == person_id).order_by(plans.c.id.desc()).limit(most)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [KeptPlan(r.at, json.loads(r.terms), json.loads(r.days), r.id) for r in rows]

    def back(self, person_id: str, number: int) -> bool:
        """Let go of the last plan, so that the one before holds again. False, and nothing is done, where the last
        is another by now or there is none before it.
        """
        mine = plans.c.person_id == person_id
        with self._engine.begin() as connection:
            query = select(plans.c.id).where(mine).order_by(plans.c.id.desc()).limit(2)
            ids = connection.execute(query).scalars().all()
            if len(ids) < 2 or ids[0] != number:
                return False
            return connection.execute(delete(plans).where(mine, plans.c.id == number)).rowcount == 1

    def attempt(self, person_id: str, attempt: Attempt) -> None:
        """Keep how a checkpoint went."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(checkpoints).values(
                    person_id=person_id,
                    at=attempt.at,
                    phase=attempt.phase,
                    passed=attempt.passed,
                    answers=json.dumps(dict(attempt.answers)),
                    repair=json.dumps(list(attempt.repair)),
                )
            )

    def attempts(self, person_id: str) -> list[Attempt]:
        """All attempts of a person in the order they were kept."""
        query = select(checkpoints).where(checkpoints.c.person_id == person_id).order_by(checkpoints.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            Attempt(r.at, r.phase, r.passed, json.loads(r.answers), tuple(json.loads(r.repair))) for r in rows
        ]
