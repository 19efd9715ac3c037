"""The tables. People and what happened to them are kept; the curriculum and anything computed is not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A time with a zone, kept as UTC. SQLite stores no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC. A time without a zone is refused, since it could mean anything."""
        if value is not None and value.tzinfo is None:
            msg = f"{value!r} has no time zone"
            raise ValueError(msg)
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002, ANN401
        """From the database, always in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


people = Table(
    "people",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("background", String(80), nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("preferences", Text, nullable=True),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("source", String(32), nullable=False),
    Column("skill", String(120), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("ref", String(200), nullable=True),
    Column("detail", String(200), nullable=True),
    Index("ix_evidence_person_id_id", "person_id", "id"),
    UniqueConstraint("person_id", "ref", "skill", name="uq_evidence_person_id_ref_skill"),
)

goals = Table(
    "goals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("target", String(200), nullable=False),
    Column("level", String(16), nullable=True),
    Column("chosen_at", Moment, nullable=False),
    UniqueConstraint("person_id", "target", name="uq_goals_person_id_target"),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("exercise", String(120), nullable=False),
    Column("code", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", String(64), nullable=True),
    Column("lease_until", Moment, nullable=True),
    Column("verdict", Text, nullable=True),
    Index("ix_submissions_state_id", "state", "id"),
    Index("ix_submissions_person_id_exercise", "person_id", "exercise"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("item", String(160), nullable=False),
    Column("version", String(32), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("skill", String(120), nullable=False),
    Column("parameters", Text, nullable=False),
    Column("answer", Text, nullable=True),
    Column("mark", String(16), nullable=False),
    Column("seconds", Float, nullable=True),
    Column("occasion", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("person_id", "item", "seed", name="uq_answers_person_id_item_seed"),
    Index("ix_answers_person_id_id", "person_id", "id"),
)

study_log = Table(
    "study_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("day", Date, nullable=False),
    Column("activity", String(200), nullable=False),
    Column("title", String(300), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("planned", Integer, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_study_log_person_id_day", "person_id", "day"),
)

timers = Table(
    "timers",
    metadata,
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("activity", String(200), nullable=False),
    Column("title", String(300), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("planned", Integer, nullable=False),
)

experiments = Table(
    "experiments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("subject", String(120), nullable=False),
    Column("question", Text, nullable=False),
    Column("setup", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("conclusion", Text, nullable=False),
    Index("ix_experiments_person_id_subject", "person_id", "subject"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("paper", String(120), nullable=False),
    Column("stage", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("answers", Text, nullable=False),
    Column("ideas", Text, nullable=False),
    Index("ix_readings_person_id_paper", "person_id", "paper"),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("phase", String(120), nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("answers", Text, nullable=False),
    Column("repair", Text, nullable=False),
    Index("ix_checkpoints_person_id_phase", "person_id", "phase"),
)

gate_answers = Table(
    "gate_answers",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("phase", String(120), nullable=False),
    Column("question", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("item", String(160), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("mark", String(16), nullable=False),
    UniqueConstraint("person_id", "phase", "question", name="uq_gate_answers_person_id_phase_question"),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String(64), ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("terms", Text, nullable=False),
    Column("days", Text, nullable=False),
    Index("ix_plans_person_id_id", "person_id", "id"),
)
