"""Open a database and bring its tables up to date. SQLite by default, Postgres by URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from cairn.store.errors import DatabaseUrlError, StoreError

BUSY_MS = 20_000
UPGRADE_MS = 60_000
_FORMS = "write sqlite:////path/to/file or postgresql://user@host/name"


def connect(url: str) -> Engine:
    """An engine for the database at `url`; nothing is created yet.

    SQLite runs in write-ahead mode with every commit flushed to disk, so what was acknowledged survives a
    killed process, and waits up to twenty seconds for another writer.

    Raises:
        DatabaseUrlError: the URL is malformed or names a kind of database that Cairn does not keep data in.
        StoreError: the folder for an SQLite file cannot be made.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError("the database URL is malformed", _FORMS) from None  # it may hold a password
    backend = parsed.drivername.partition("+")[0]
    if backend not in {"sqlite", "postgresql"}:
        raise DatabaseUrlError(f"no data can be kept in a database of the kind {backend!r}", _FORMS)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database:
        _make_folder(Path(parsed.database).parent)
    try:
        engine = create_engine(parsed)
    except NoSuchModuleError:
        raise DatabaseUrlError(f"there is no driver {parsed.drivername!r}", _FORMS) from None
    except ModuleNotFoundError as error:
        message = f"the database driver {error.name!r} is not installed"
        raise DatabaseUrlError(message, "install Cairn with the extra 'postgres'") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the data folder {folder} cannot be made: {error.strerror}"
        raise StoreError(message, "set CAIRN_DATA to a folder you may write to") from None


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision. Quick when there is nothing to do.

    Two processes that start at once do not run the same migration twice: on Postgres an advisory lock is
    held, on SQLite the write lock.

    Raises:
        StoreError: the database cannot be reached, is no database, or was made by a newer Cairn.
    """
    try:
        _upgrade(engine)
    except DBAPIError as error:
        place = engine.url.render_as_string(hide_password=True)
        reason = str(error.orig).strip().splitlines()[0]
        raise StoreError(
            f"the database {place} cannot be used: {reason}", "nothing in it was changed"
        ) from None
    except CommandError as error:
        message = f"the database was made by a newer Cairn ({error})"
        raise StoreError(message, "install the newest Cairn; nothing in it was changed") from None


def _upgrade(engine: Engine) -> None:
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(723141)"))
        else:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={UPGRADE_MS}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
