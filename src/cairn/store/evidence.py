"""The evidence: appended, never changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from cairn.learner import Evidence, Outcome, Source
from cairn.store.tables import evidence

_TRIES = 5


class EvidenceLog:
    """The repository of evidence."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, events: Sequence[Evidence]) -> None:
        """Add events in one transaction: all are kept, or none."""
        if not events:
            return
        with self._engine.begin() as connection:
            connection.execute(insert(evidence), rows_of(events))

    def append_new(self, events: Sequence[Evidence]) -> int:
        """Add those events that are not there yet, in one transaction; how many they are.

        An event is there if one of the same person on the same skill has its `ref`, or where it has none is equal.
        """
        people = {e.person for e in events}
        for _ in range(_TRIES):
            there = {_mark(e) for person in people for e in self.of(person)}
            fresh = list({_mark(e): e for e in events if _mark(e) not in there}.values())
            try:
                self.append(fresh)
            except IntegrityError:
                continue  # another process was quicker with one of them: look again
            return len(fresh)
        self.append(fresh)
        return len(fresh)

    def of(self, person_id: str) -> list[Evidence]:
        """All events of a person, in the order they were kept."""
        query = select(evidence).where(evidence.c.person_id == person_id).order_by(evidence.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            Evidence(r.person_id, r.at, Source(r.source), r.skill, Outcome(r.outcome), r.ref, r.detail)
            for r in rows
        ]


def _mark(event: Evidence) -> tuple[object, ...]:
    """What tells an event from others."""
    if event.ref is not None:
        return event.person, event.ref, event.skill
    return event.person, event.at, event.source, event.skill, event.outcome, event.detail


def rows_of(events: Sequence[Evidence]) -> list[dict[str, object]]:
    """Events as rows of the table."""
    return [
        {
            "person_id": e.person,
            "at": e.at,
            "source": e.source.value,
            "skill": e.skill,
            "outcome": e.outcome.value,
            "ref": e.ref,
            "detail": e.detail,
        }
        for e in events
    ]
