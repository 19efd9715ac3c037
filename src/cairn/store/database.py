"""Open a database and bring its tables up to date. SQLite by default, Postgres by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

BUSY_MS = 5_000


class DatabaseUrlError(ValueError):
    """Raised when a database URL cannot be used. The message says what to write instead."""


def connect(url: str) -> Engine:
    """An engine for the database at `url`; nothing is created yet.

    SQLite runs in write-ahead mode with every commit flushed to disk, so what was acknowledged survives a
    killed process, and waits up to five seconds for another writer.

    Raises:
        DatabaseUrlError: the URL is malformed or names an unknown kind of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        msg = f"{url!r} is not a database URL; write sqlite:////path/to/file or postgresql://user@host/name"
        raise DatabaseUrlError(msg) from None
    if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = create_engine(parsed)
    except NoSuchModuleError:
        msg = f"no database of the kind {parsed.drivername!r}; Cairn keeps its data in SQLite or PostgreSQL"
        raise DatabaseUrlError(msg) from None
    except ModuleNotFoundError as error:
        msg = f"the driver {error.name!r} is not installed; install Cairn with the extra 'postgres'"
        raise DatabaseUrlError(msg) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision. Quick when there is nothing to do.

    Two processes that start at once do not run the same migration twice: on Postgres an advisory lock is
    held, on SQLite the write lock.
    """
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(723141)"))
        elif engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_unlock(723141)"))
            connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
