"""What a person did: minutes of study, a running timer, experiments, readings of papers.

Entries and notes can be put right or removed by their number; readings are appended only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from cairn.store.tables import experiments, readings, study_log, timers


@dataclass(frozen=True, slots=True)
class Entry:
    """Minutes spent on something.

    Attributes:
        at: when it was written down.
        day: the day it was done on, in the person's own calendar.
        activity: id of the plan's activity, or any word for what stands in no plan.
        title: for people.
        mode: `doing`, `reading` or `watching`.
        minutes: how long.
        planned: minutes the plan gave the whole activity; 0 if none.
        finished: whether the activity is finished with it.
        note: what the person adds.
        number: its number in the book; 0 before it is kept.
    """

    at: datetime
    day: date
    activity: str
    title: str
    mode: str
    minutes: int
    planned: int = 0
    finished: bool = False
    note: str = ""
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that runs."""

    started_at: datetime
    activity: str
    title: str
    mode: str
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Experiment:
    """A note on one experiment: what was asked, how it was set up, what came out, what it means."""

    at: datetime
    subject: str
    question: str
    setup: str = ""
    result: str = ""
    conclusion: str = ""
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One pass over a paper, 1 to 3, with answers to the pass's questions and ideas to implement."""

    at: datetime
    paper: str
    stage: int
    minutes: int
    answers: Mapping[str, str] = field(default_factory=dict)
    ideas: tuple[str, ...] = ()


class Logbook:
    """The repository of all that."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, person_id: str, entry: Entry) -> None:
        """Keep an entry."""
        with self._engine.begin() as connection:
            connection.execute(insert(study_log).values(person_id=person_id, **_values(entry)))

    def entries(self, person_id: str, since: date | None = None, until: date | None = None) -> list[Entry]:
        """The entries of a person from one day to another, both included, by day and then as they were kept."""
        query = select(study_log).where(study_log.c.person_id == person_id)
        if since is not None:
            query = query.where(study_log.c.day >= since)
        if until is not None:
            query = query.where(study_log.c.day <= until)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(study_log.c.day, study_log.c.id)).all()
        return [
            Entry(r.at, r.day, r.activity, r.title, r.mode, r.minutes, r.planned, r.finished, r.note, r.id)
            for r in rows
        ]

    def correct(self, person_id: str, entry: Entry) -> bool:
        """Put the entry of this number right; False if the person has none. When it was written down stays."""
        values = {name: value for name, value in _values(entry).items() if name != "at"}
        return self._change(study_log, person_id, entry.number, values)

    def remove(self, person_id: str, number: int) -> bool:
        """Remove an entry; False if the person has none of this number."""
        return self._change(study_log, person_id, number, None)

    def start(self, person_id: str, timer: Timer) -> bool:
        """Start a timer; False if one runs already, which then runs on."""
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(timers).values(person_id=person_id, **asdict(timer)))
        except IntegrityError:
            return False
        return True

    def running(self, person_id: str) -> Timer | None:
        """The timer that runs."""
        with self._engine.connect() as connection:
            r = connection.execute(select(timers).where(timers.c.person_id == person_id)).first()
        return Timer(r.started_at, r.activity, r.title, r.mode, r.planned) if r else None

    def stop(self, person_id: str, entry: Entry | None) -> bool:
        """Stop the timer and keep its entry in one transaction, or only stop it; False if none ran.

        Of two that stop at once, one does.
        """
        with self._engine.begin() as connection:
            gone = connection.execute(delete(timers).where(timers.c.person_id == person_id)).rowcount
            if gone and entry is not None:
                connection.execute(insert(study_log).values(person_id=person_id, **_values(entry)))
        return bool(gone)

    def note(self, person_id: str, experiment: Experiment) -> None:
        """Keep a note on an experiment."""
        with self._engine.begin() as connection:
            connection.execute(insert(experiments).values(person_id=person_id, **_values(experiment)))

    def experiments(self, person_id: str, subject: str | None = None) -> list[Experiment]:
        """The notes of a person, perhaps on one subject, in the order they were kept."""
        query = select(experiments).where(experiments.c.person_id == person_id)
        if subject is not None:
            query = query.where(experiments.c.subject == subject)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(experiments.c.id)).all()
        return [Experiment(r.at, r.subject, r.question, r.setup, r.result, r.conclusion, r.id) for r in rows]

    def rewrite(self, person_id: str, experiment: Experiment) -> bool:
        """Rewrite the note of this number; False if the person has none. When it was begun stays."""
        values = {name: value for name, value in _values(experiment).items() if name != "at"}
        return self._change(experiments, person_id, experiment.number, values)

    def discard(self, person_id: str, number: int) -> bool:
        """Remove a note; False if the person has none of this number."""
        return self._change(experiments, person_id, number, None)

    def _change(self, table: Table, person_id: str, number: int, values: dict[str, Any] | None) -> bool:
        """Set the values of one row of a person's, or delete it; whether there was one."""
        mine = (table.c.person_id == person_id) & (table.c.id == number)
        with self._engine.begin() as connection:
            act = delete(table).where(mine) if values is None else update(table).where(mine).values(**values)
            return bool(connection.execute(act).rowcount)

    def read(self, person_id: str, reading: Reading) -> None:
        """Keep a pass over a paper."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(readings).values(
                    person_id=person_id,
                    at=reading.at,
                    paper=reading.paper,
                    stage=reading.stage,
                    minutes=reading.minutes,
                    answers=json.dumps(dict(reading.answers), ensure_ascii=False),
                    ideas=json.dumps(list(reading.ideas), ensure_ascii=False),
                )
            )

    def readings(self, person_id: str, paper: str | None = None) -> list[Reading]:
        """The passes of a person, perhaps over one paper, in the order they were kept."""
        query = select(readings).where(readings.c.person_id == person_id)
        if paper is not None:
            query = query.where(readings.c.paper == paper)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(readings.c.id)).all()
        return [
            Reading(r.at, r.paper, r.stage, r.minutes, json.loads(r.answers), tuple(json.loads(r.ideas)))
            for r in rows
        ]


def _values(thing: Entry | Experiment) -> dict[str, Any]:
    """The columns of a row; its number is the database's."""
    return {name: value for name, value in asdict(thing).items() if name != "number"}
