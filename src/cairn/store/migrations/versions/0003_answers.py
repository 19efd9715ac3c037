"""Answers to items, what a piece of evidence is about, and what a person prefers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of answers, people's preferences, and evidence's detail; a variant's name needs more room."""
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("item", sa.String(160), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(120), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("occasion", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_answers_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("person_id", "item", "seed", name="uq_answers_person_id_item_seed"),
    )
    op.create_index("ix_answers_person_id_id", "answers", ["person_id", "id"])
    op.add_column("people", sa.Column("preferences", sa.Text(), nullable=True))
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("detail", sa.String(200), nullable=True))
        batch.alter_column("ref", existing_type=sa.String(64), type_=sa.String(200), existing_nullable=True)


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("evidence") as batch:
        batch.alter_column("ref", existing_type=sa.String(200), type_=sa.String(64), existing_nullable=True)
        batch.drop_column("detail")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("preferences")
    op.drop_index("ix_answers_person_id_id", table_name="answers")
    op.drop_table("answers")
