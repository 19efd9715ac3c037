"""Plans, the study log with its timer, experiments, readings of papers, and checkpoints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _own(name: str, *columns: sa.Column[object]) -> None:
    """A table of things that belong to a person."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=f"fk_{name}_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _text(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _string(name: str, length: int) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    """Add the six tables."""
    _own(
        "study_log",
        sa.Column("day", sa.Date(), nullable=False),
        _string("activity", 200),
        _string("title", 300),
        _string("mode", 16),
        *_number("minutes", "planned"),
        sa.Column("finished", sa.Boolean(), nullable=False),
        *_text("note"),
    )
    op.create_index("ix_study_log_person_id_day", "study_log", ["person_id", "day"])
    op.create_table(
        "timers",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        _string("activity", 200),
        _string("title", 300),
        _string("mode", 16),
        *_number("planned"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_timers_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name="pk_timers"),
    )
    _own("experiments", _string("subject", 120), *_text("question", "setup", "result", "conclusion"))
    op.create_index("ix_experiments_person_id_subject", "experiments", ["person_id", "subject"])
    _own("readings", _string("paper", 120), *_number("stage", "minutes"), *_text("answers", "ideas"))
    op.create_index("ix_readings_person_id_paper", "readings", ["person_id", "paper"])
    _own(
        "checkpoints",
        _string("phase", 120),
        sa.Column("passed", sa.Boolean(), nullable=False),
        *_text("answers", "repair"),
    )
    op.create_index("ix_checkpoints_person_id_phase", "checkpoints", ["person_id", "phase"])
    _own("plans", *_text("terms", "days"))
    op.create_index("ix_plans_person_id_id", "plans", ["person_id", "id"])


def downgrade() -> None:
    """Drop them again."""
    for table, index in (
        ("plans", "ix_plans_person_id_id"),
        ("checkpoints", "ix_checkpoints_person_id_phase"),
        ("readings", "ix_readings_person_id_paper"),
        ("experiments", "ix_experiments_person_id_subject"),
        ("timers", None),
        ("study_log", "ix_study_log_person_id_day"),
    ):
        if index is not None:
            op.drop_index(index, table_name=table)
        op.drop_table(table)
