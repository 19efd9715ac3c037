"""Alembic's entry point. The connection is handed in by `cairn.store.database`, never read from a file."""

from __future__ import annotations

from alembic import context

from cairn.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
