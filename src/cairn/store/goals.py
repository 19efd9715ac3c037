"""The goals people chose, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from cairn.store.tables import goals, people


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
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":  # one at a time; SQLite has one writer anyway
                mine = select(people.c.id).where(people.c.id == person_id).with_for_update()
                connection.execute(mine)
            connection.execute(
                delete(goals).where(goals.c.person_id == person_id, goals.c.target == goal.target)
            )
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
