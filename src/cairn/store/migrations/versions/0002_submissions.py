"""Submissions, and where a piece of evidence comes from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of submissions, and to evidence the thing it refers to."""
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("exercise", sa.String(120), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_submissions_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
    )
    op.create_index("ix_submissions_state_id", "submissions", ["state", "id"])
    op.create_index("ix_submissions_person_id_exercise", "submissions", ["person_id", "exercise"])
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("ref", sa.String(64), nullable=True))
        batch.create_unique_constraint("uq_evidence_person_id_ref_skill", ["person_id", "ref", "skill"])


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint("uq_evidence_person_id_ref_skill", type_="unique")
        batch.drop_column("ref")
    op.drop_index("ix_submissions_person_id_exercise", table_name="submissions")
    op.drop_index("ix_submissions_state_id", table_name="submissions")
    op.drop_table("submissions")
