"""Submissions: code that was handed in, the queue of what is still to be judged, and every verdict.

The table is the queue. A worker claims the oldest row that nobody works on and holds it for a lease; if the
worker dies, the lease runs out and another takes over. A verdict is kept only by the worker that still holds the
row, in one transaction with the evidence it gives: so nothing that was acknowledged is lost, and no evidence
is given twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, and_, insert, or_, select, update

from cairn.learner import Evidence
from cairn.store.evidence import rows_of
from cairn.store.tables import evidence, submissions

MAX_ATTEMPTS = 3


class State(StrEnum):
    """Where a submission is."""

    QUEUED = "queued"
    RUNNING = "running"
    JUDGED = "judged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Submission:
    """One piece of code that was handed in.

    Attributes:
        id: its number, from 1.
        person: who handed it in.
        exercise: the id of the exercise.
        code: the source text.
        at: when it was handed in.
        state: where it is.
        attempts: how often a worker has claimed it.
        verdict: the verdict's document once it is judged.
        hints: how many hints had been asked for.
    """

    id: int
    person: str
    exercise: str
    code: str
    at: datetime
    state: State
    attempts: int
    verdict: Mapping[str, Any] | None
    hints: int

    @property
    def accepted(self) -> bool:
        """Whether it was judged right."""
        return self.verdict is not None and self.verdict.get("outcome") == "accepted"


class Submissions:
    """The repository and queue of submissions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, person: str, exercise: str, code: str, at: datetime, hints: int = 0) -> int:
        """Keep a submission and queue it. When this returns, it survives a crash; the result is its number."""
        values = {"person_id": person, "exercise": exercise, "code": code, "at": at, "hints": hints}
        with self._engine.begin() as connection:
            made = connection.execute(
                insert(submissions).values(**values, state=State.QUEUED.value, attempts=0)
            )
            key = made.inserted_primary_key
        if key is None:
            msg = "the database gave the submission no number"
            raise RuntimeError(msg)
        return int(key[0])

    def claim(self, worker: str, now: datetime, lease: timedelta) -> Submission | None:
        """Take the oldest submission that nobody works on, or None. It is held until `now + lease`.

        One whose lease has run out three times is given up as failed, so that it cannot stop the queue.
        """
        free = or_(
            submissions.c.state == State.QUEUED.value,
            and_(submissions.c.state == State.RUNNING.value, submissions.c.lease_until < now),
        )
        with self._begin_writing() as connection:
            spent = and_(free, submissions.c.attempts >= MAX_ATTEMPTS)
            connection.execute(update(submissions).where(spent).values(state=State.FAILED.value, worker=None))
            oldest = select(submissions.c.id).where(free).order_by(submissions.c.id).limit(1)
            if connection.dialect.name == "postgresql":
                oldest = oldest.with_for_update(skip_locked=True)
            taken = (
                update(submissions)
                .where(submissions.c.id == oldest.scalar_subquery())
                .values(
                    state=State.RUNNING.value,
                    worker=worker,
                    lease_until=now + lease,
                    attempts=submissions.c.attempts + 1,
                )
                .returning(*submissions.c)
            )
            row = connection.execute(taken).mappings().first()
        return _submission(row) if row else None

    def renew(self, claimed: Submission, worker: str, now: datetime, lease: timedelta) -> bool:
        """Hold a claimed submission for longer; False if it is no longer held."""
        held = self._held(claimed, worker)
        with self._engine.begin() as connection:
            result = connection.execute(update(submissions).where(held).values(lease_until=now + lease))
        return result.rowcount == 1

    def finish(
        self, claimed: Submission, worker: str, verdict: Mapping[str, Any], shown: Sequence[Evidence] = ()
    ) -> bool:
        """Keep a verdict and the evidence it gives; False, and nothing kept, if it is no longer held."""
        with self._begin_writing() as connection:
            done = (
                update(submissions)
                .where(self._held(claimed, worker))
                .values(state=State.JUDGED.value, verdict=json.dumps(verdict), worker=None, lease_until=None)
            )
            if connection.execute(done).rowcount != 1:
                return False
            if shown:
                connection.execute(insert(evidence), rows_of(shown))
        return True

    def get(self, number: int) -> Submission | None:
        """The submission with this number."""
        with self._engine.connect() as connection:
            row = connection.execute(select(submissions).where(submissions.c.id == number)).mappings().first()
        return _submission(row) if row else None

    def of(self, person: str, exercise: str | None = None, limit: int = 50) -> list[Submission]:
        """A person's submissions, to one exercise or to all, the newest first."""
        query = select(submissions).where(submissions.c.person_id == person)
        if exercise is not None:
            query = query.where(submissions.c.exercise == exercise)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(submissions.c.id.desc()).limit(limit)).mappings().all()
        return [_submission(row) for row in rows]

    def accepted(self, person: str) -> dict[str, Submission]:
        """The newest accepted submission of a person to each exercise."""
        query = (
            select(submissions)
            .where(submissions.c.person_id == person, submissions.c.state == State.JUDGED.value)
            .order_by(submissions.c.id)
        )
        with self._engine.connect() as connection:
            found = [_submission(row) for row in connection.execute(query).mappings()]
        return {s.exercise: s for s in found if s.accepted}

    def _held(self, claimed: Submission, worker: str) -> Any:  # noqa: ANN401
        """Whether a row is still this worker's. `attempts` fences off a worker whose name came back."""
        return and_(
            submissions.c.id == claimed.id,
            submissions.c.worker == worker,
            submissions.c.attempts == claimed.attempts,
            submissions.c.state == State.RUNNING.value,
        )

    def _begin_writing(self) -> Any:  # noqa: ANN401
        return _Writing(self._engine)


class _Writing:
    """A transaction that takes SQLite's write lock at once, so that a later write cannot find it taken."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()

    def __enter__(self) -> Connection:
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            self._connection.begin()
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None:
                self._connection.commit()
            else:
                self._connection.rollback()
        finally:
            self._connection.close()


def _submission(row: RowMapping) -> Submission:
    verdict = json.loads(row["verdict"]) if row["verdict"] else None
    return Submission(
        id=row["id"],
        person=row["person_id"],
        exercise=row["exercise"],
        code=row["code"],
        at=row["at"],
        state=State(row["state"]),
        attempts=row["attempts"],
        verdict=verdict,
        hints=row["hints"],
    )
