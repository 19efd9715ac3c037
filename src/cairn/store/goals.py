"""The goals people chose, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from cairn.store.tables import goals

TRIES = 5


@dataclass(frozen=True, slots=True)
class ChosenGoal:
    """A goal a person chose: an id of the curriculum, how deep, and when."""

    target: str
    level: str | None
    chosen_at: datetime


class Goals:
    """The repository of goals."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def choose(self, person_id: str, goal: ChosenGoal) -> None:
        """Keep a goal; choosing one again moves it to the front. Safe when two do it at once."""
        for _ in range(TRIES - 1):
            try:
                return self._choose(person_id, goal)
            except IntegrityError:
                pass  # on Postgres another transaction may have put it there between our two statements
        return self._choose(person_id, goal)

    def _choose(self, person_id: str, goal: ChosenGoal) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(goals).where(goals.c.person_id == person_id, goals.c.target == goal.target))
            connection.execute(
                insert(goals).values(
                    person_id=person_id, target=goal.target, level=goal.level, chosen_at=goal.chosen_at
                )
            )

    def drop(self, person_id: str, target: str) -> None:
        """Forget a goal."""
        with self._engine.begin() as connection:
            connection.execute(delete(goals).where(goals.c.person_id == person_id, goals.c.target == target))

    def of(self, person_id: str, limit: int = 20) -> list[ChosenGoal]:
        """The goals of a person, the last chosen first."""
        query = select(goals).where(goals.c.person_id == person_id).order_by(goals.c.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [ChosenGoal(r.target, r.level, r.chosen_at) for r in rows]
