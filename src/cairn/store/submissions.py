"""Submissions: code that was handed in, the queue of what is still to be judged, and every verdict.

The table is the queue. A worker claims the oldest row that nobody works on and holds it for a lease, which it
renews; if the worker dies, another takes over as soon as its death is known or the lease has run out. A verdict
is kept only by the worker that still holds the row, in one transaction with the evidence it gives and the
submissions it makes to be judged again: so nothing that was acknowledged is lost, and nothing is shown twice.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, RowMapping, and_, exists, func, insert, or_, select, update

from cairn.learner import Evidence
from cairn.store.evidence import rows_of
from cairn.store.tables import evidence, people, submissions

MAX_ATTEMPTS = 10
"""Claims after which a submission is given up: more than bad luck explains, few enough for a poisonous one."""
SUSPICIOUS = 3
"""Claims after which others are served first."""


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
    def waits(self) -> bool:
        """Whether it is still to be judged."""
        return self.state in {State.QUEUED, State.RUNNING}

    @property
    def accepted(self) -> bool:
        """Whether it was judged right."""
        return _is_accepted(self.verdict)


class Submissions:
    """The repository and queue of submissions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, person: str, exercise: str, code: str, at: datetime, hints: int = 0) -> int:
        """Keep a submission and queue it. When this returns, it survives a crash; the result is its number."""
        values = {"person_id": person, "exercise": exercise, "code": code, "at": at, "hints": hints}
        with self._begin_writing() as connection:
            made = connection.execute(
                insert(submissions).values(**values, state=State.QUEUED.value, attempts=0)
            )
            key = made.inserted_primary_key
        if key is None:
            msg = "the database gave the submission no number"
            raise RuntimeError(msg)
        return int(key[0])

    def claim(
        self, worker: str, now: datetime, lease: timedelta, person: str | None = None
    ) -> Submission | None:
        """Take the oldest submission that nobody works on, or None. It is held until `now + lease`.

        One that was claimed three times in vain waits behind the rest, and after ten claims it is given up as
        failed, so that it cannot stop the queue. With `person`, only that person's are taken.
        """
        free = _free(now, person)
        with self._engine.connect() as connection:  # a look costs no write lock, and most looks find nothing
            if not connection.execute(select(exists().where(free))).scalar():
                return None
        with self._begin_writing() as connection:
            spent = and_(free, submissions.c.attempts >= MAX_ATTEMPTS)
            connection.execute(update(submissions).where(spent).values(state=State.FAILED.value, worker=None))
            order = (submissions.c.attempts >= SUSPICIOUS, submissions.c.id)
            oldest = select(submissions.c.id).where(free).order_by(*order).limit(1)
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
        with self._begin_writing() as connection:
            result = connection.execute(update(submissions).where(held).values(lease_until=now + lease))
        return bool(result.rowcount == 1)

    def release(self, claimed: Submission, worker: str, *, in_vain: bool) -> bool:
        """Give a claimed submission back to the queue; False if it is no longer held.

        `in_vain` says that the claim counts towards giving it up: it was tried, not merely taken.
        """
        attempts = submissions.c.attempts - (0 if in_vain else 1)
        back = update(submissions).where(self._held(claimed, worker))
        with self._begin_writing() as connection:
            result = connection.execute(
                back.values(state=State.QUEUED.value, worker=None, lease_until=None, attempts=attempts)
            )
        return bool(result.rowcount == 1)

    def release_those_of(self, gone: Callable[[str], bool]) -> int:
        """Give back what workers hold that are known to be gone, without waiting for their leases; how many."""
        running = submissions.c.state == State.RUNNING.value
        with self._engine.connect() as connection:
            names = connection.execute(select(submissions.c.worker).where(running).distinct()).scalars().all()
        dead = [name for name in names if name is not None and gone(name)]
        if not dead:
            return 0
        with self._begin_writing() as connection:
            back = update(submissions).where(running, submissions.c.worker.in_(dead))
            result = connection.execute(back.values(state=State.QUEUED.value, worker=None, lease_until=None))
        return int(result.rowcount)

    def finish(
        self,
        claimed: Submission,
        worker: str,
        verdict: Mapping[str, Any],
        shown: Sequence[Evidence] = (),
        again: Sequence[Submission] = (),
    ) -> bool:
        """Keep a verdict and what follows from it; False, and nothing kept, if it is no longer held.

        Args:
            claimed: what was judged.
            worker: who judged it.
            verdict: the verdict's document.
            shown: evidence, kept only if the person's same code was not accepted before.
            again: earlier submissions of the person to queue once more, on the same condition.
        """
        with self._begin_writing() as connection:
            if shown or again:
                _take_turns(connection, claimed.person)
            done = (
                update(submissions)
                .where(self._held(claimed, worker))
                .values(state=State.JUDGED.value, verdict=json.dumps(verdict), worker=None, lease_until=None)
            )
            if connection.execute(done).rowcount != 1:
                return False
            if (shown or again) and not _accepted_before(connection, claimed):
                if shown:
                    connection.execute(insert(evidence), rows_of(shown))
                if again:
                    connection.execute(insert(submissions), [_once_more(s, claimed.at) for s in again])
        return True

    def waiting(self, person: str | None = None) -> int:
        """How many submissions are still to be judged."""
        pending = submissions.c.state.in_((State.QUEUED.value, State.RUNNING.value))
        query = select(func.count()).select_from(submissions).where(pending)
        if person is not None:
            query = query.where(submissions.c.person_id == person)
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def settled(self, numbers: Collection[int]) -> set[int]:
        """Which of some submissions wait no longer: judged or given up."""
        over = submissions.c.state.in_((State.JUDGED.value, State.FAILED.value))
        query = select(submissions.c.id).where(over, submissions.c.id.in_(numbers))
        with self._engine.connect() as connection:
            return set(connection.execute(query).scalars())

    def others_than(self, person: str) -> bool:
        """Whether anybody but this person is kept here."""
        with self._engine.connect() as connection:
            return bool(connection.execute(select(exists().where(people.c.id != person))).scalar())

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


def _free(now: datetime, person: str | None) -> Any:  # noqa: ANN401
    """Nobody works on it: it is queued, or its lease has run out."""
    run_out = and_(submissions.c.state == State.RUNNING.value, submissions.c.lease_until < now)
    free = or_(submissions.c.state == State.QUEUED.value, run_out)
    return free if person is None else and_(free, submissions.c.person_id == person)


def _take_turns(connection: Connection, person: str) -> None:
    """Let one transaction at a time decide what a person has shown. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(people.c.id).where(people.c.id == person).with_for_update())


def _accepted_before(connection: Connection, claimed: Submission) -> bool:
    """Whether the same code of the same person was accepted in another submission."""
    same = select(submissions.c.verdict).where(
        submissions.c.person_id == claimed.person,
        submissions.c.exercise == claimed.exercise,
        submissions.c.state == State.JUDGED.value,
        submissions.c.id != claimed.id,
        submissions.c.code == claimed.code,
    )
    return any(_is_accepted(json.loads(text)) for text in connection.execute(same).scalars())


def _once_more(submission: Submission, at: datetime) -> dict[str, object]:
    return {
        "person_id": submission.person,
        "exercise": submission.exercise,
        "code": submission.code,
        "at": at,
        "hints": submission.hints,
        "state": State.QUEUED.value,
        "attempts": 0,
    }


def _is_accepted(verdict: Mapping[str, Any] | None) -> bool:
    return verdict is not None and verdict.get("outcome") == "accepted"


_TURNS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
_NEW = threading.Lock()


class _Writing:
    """A transaction that takes SQLite's write lock at once, so that a later write cannot find it taken.

    Threads of one process take turns before they ask for it: SQLite itself serves who asks by chance, and with
    many who ask some would wait for ever.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with _NEW:
            self._turn = _TURNS.setdefault(engine, threading.Lock())

    def __enter__(self) -> Connection:
        if self._engine.dialect.name != "sqlite":
            self._connection = self._engine.connect()
            self._connection.begin()
            return self._connection
        self._turn.acquire()
        try:
            self._connection = self._engine.connect()
            try:
                self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            except BaseException:
                self._connection.close()
                raise
        except BaseException:
            self._turn.release()
            raise
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None:
                self._connection.commit()
            else:
                self._connection.rollback()
        finally:
            self._connection.close()
            if self._engine.dialect.name == "sqlite":
                self._turn.release()


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
