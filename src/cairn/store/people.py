"""The people who learn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from cairn.store.tables import people


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who learns.

    Attributes:
        id: their id.
        name: their name.
        background: id of a kind of background, or None if not said.
        created_at: when they were first seen.
        preferences: settings of their own, by name.
    """

    id: str
    name: str
    background: str | None
    created_at: datetime
    preferences: Mapping[str, Any] = field(default_factory=dict)


class People:
    """The repository of people."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, person_id: str) -> Person | None:
        """The person with this id."""
        with self._engine.connect() as connection:
            row = connection.execute(select(people).where(people.c.id == person_id)).mappings().first()
        if row is None:
            return None
        kept = json.loads(row["preferences"]) if row["preferences"] else {}
        return Person(row["id"], row["name"], row["background"], row["created_at"], kept)

    def ensure(self, person_id: str, name: str, at: datetime) -> Person:
        """The person with this id, made if there is none. Safe when two do it at once."""
        found = self.get(person_id)
        if found is not None:
            return found
        try:
            with self._engine.begin() as connection:
                connection.execute(
                    insert(people).values(id=person_id, name=name, background=None, created_at=at)
                )
        except IntegrityError:
            pass  # another process was quicker; its row is as good
        made = self.get(person_id)
        if made is None:
            msg = f"the person {person_id!r} could not be made"
            raise RuntimeError(msg)
        return made

    def set_background(self, person_id: str, background: str | None) -> None:
        """Keep what kind of background a person has."""
        with self._engine.begin() as connection:
            connection.execute(update(people).where(people.c.id == person_id).values(background=background))

    def prefer(self, person_id: str, **settings: Any) -> None:  # noqa: ANN401
        """Keep settings of a person's own; None forgets one. Others stay as they are."""
        with self._engine.begin() as connection:
            query = select(people.c.preferences).where(people.c.id == person_id).with_for_update()
            text = connection.execute(query).scalar_one_or_none()
            kept = {**(json.loads(text) if text else {}), **settings}
            kept = {name: value for name, value in kept.items() if value is not None}
            connection.execute(
                update(people).where(people.c.id == person_id).values(preferences=json.dumps(kept))
            )
