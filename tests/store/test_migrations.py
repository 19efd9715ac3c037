"""The migrations: they make exactly the declared tables, once, from any start, and can be taken back."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from cairn.store.database import _config, upgrade
from cairn.store.tables import metadata

SOME_DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)
UPGRADE = """
import sys
from cairn.store.database import connect, upgrade
print("ready", flush=True)
sys.stdin.readline()
upgrade(connect(sys.argv[1]))
"""


def revision(engine):
    """The revision that the database says it stands at."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine, to):
    """Go up or down to a revision, as an author of migrations would."""
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        (command.downgrade if to == "base" else command.upgrade)(config, to)


def shape(engine):
    """Everything about the tables that the database itself will tell."""
    found = inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(
                (k["name"] or "", k["referred_table"], str(k["options"]))
                for k in found.get_foreign_keys(table)
            ),
            sorted((i["name"] or "", tuple(i["column_names"])) for i in found.get_indexes(table)),
            sorted((u["name"] or "", tuple(u["column_names"])) for u in found.get_unique_constraints(table)),
        )
        for table in sorted(set(found.get_table_names()) - {"alembic_version"})
    }


def test_tables_and_migrations_agree(engine):
    """What the migrations make is what `tables.py` declares: Alembic finds nothing to change."""
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, metadata) == []


def test_migrating_is_the_same_as_creating(empty):
    """The migrated tables equal, to the last constraint, those made straight from the declaration."""
    upgrade(empty)
    migrated = shape(empty)
    metadata.drop_all(empty)
    metadata.create_all(empty)

    assert shape(empty) == migrated


def test_upgrading_twice_changes_nothing(engine):
    """A second upgrade finds nothing to do and keeps the rows."""
    with engine.begin() as connection:
        connection.execute(metadata.tables["people"].insert().values(id="a", name="A", created_at=SOME_DAY))
    before = shape(engine)

    upgrade(engine)

    assert shape(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM people")).scalars().all() == ["a"]


def test_the_upgrade_reaches_the_newest_revision(engine):
    """The database says that it stands at the head."""
    assert revision(engine) == ScriptDirectory.from_config(_config()).get_current_head()


def test_there_is_one_line_of_revisions():
    """Two heads would leave it to chance which tables there are."""
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


def test_every_revision_can_be_taken_back(engine):
    """The downgrade to nothing leaves no table, and the upgrade works again from there."""
    before = shape(engine)

    migrate(engine, "base")

    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert shape(engine) == before


def test_processes_that_start_at_once_upgrade_once(empty):
    """Of several processes that find an empty database together, all succeed and the tables are made once."""
    url = empty.url.render_as_string(hide_password=False)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()

    ends = [(*process.communicate(timeout=60), process.returncode) for process in running]

    assert ends == [("", "", 0)] * 3
    assert revision(empty) == ScriptDirectory.from_config(_config()).get_current_head()


def test_a_migration_that_fails_leaves_nothing_behind(empty):
    """A table in the way stops the upgrade, which then has made none of the others either."""
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE goals (mine INTEGER)"))

    with pytest.raises(Exception, match="goals"):
        upgrade(empty)

    assert set(inspect(empty).get_table_names()) <= {"goals", "alembic_version"}
    assert [c["name"] for c in inspect(empty).get_columns("goals")] == ["mine"]
