"""The evidence: appended, never changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, insert, select

from cairn.learner import Evidence, Outcome, Source
from cairn.store.tables import evidence


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

    def of(self, person_id: str) -> list[Evidence]:
        """All events of a person, in the order they were kept."""
        query = select(evidence).where(evidence.c.person_id == person_id).order_by(evidence.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            Evidence(r.person_id, r.at, Source(r.source), r.skill, Outcome(r.outcome), r.ref, r.detail)
            for r in rows
        ]


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
