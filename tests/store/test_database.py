"""Opening a database: which URLs are taken, what is made, and what is said when it cannot be."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from cairn.store.database import connect, upgrade
from cairn.store.errors import DatabaseUrlError, StoreError
from cairn.store.tables import metadata


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "",
        "sqlite:",
        "postgresql://host:port/name",
        "mysql://host/name",
        "postgresql+nothing://host/name",
    ],
)
def test_a_bad_url_is_refused_with_the_right_form(url):
    """Whatever is wrong with a URL, the error shows what to write."""
    with pytest.raises(DatabaseUrlError) as caught:
        connect(url)

    assert "sqlite:////" in caught.value.hint
    assert "postgresql://" in caught.value.hint


def test_a_bad_url_does_not_print_its_password():
    """A URL that cannot be parsed may hold a password, so it is not repeated."""
    with pytest.raises(DatabaseUrlError) as caught:
        connect("postgresql://me:hunter2@host:port/name")

    assert "hunter2" not in str(caught.value) + caught.value.hint


def test_connecting_makes_no_tables(empty):
    """Until the upgrade there is nothing in the database."""
    assert inspect(empty).get_table_names() == []


def test_the_folder_of_a_database_is_made(tmp_path):
    """A data folder that is not there yet is made, parents and all."""
    upgrade(connect(f"sqlite:///{tmp_path / 'a' / 'b' / 'c.sqlite3'}"))

    assert (tmp_path / "a" / "b" / "c.sqlite3").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    """The error names the folder and the variable that moves it."""
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=str(tmp_path / "file")) as caught:
        connect(f"sqlite:///{tmp_path / 'file' / 'c.sqlite3'}")

    assert "CAIRN_DATA" in caught.value.hint


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20_000)],
)
def test_sqlite_is_set_to_keep_what_it_acknowledges(tmp_path, pragma, value):
    """Every connection writes ahead, flushes each commit, checks references, and waits for another writer."""
    engine = connect(f"sqlite:///{tmp_path / 'c.sqlite3'}")

    with engine.connect() as one, engine.connect() as two:
        found = [c.execute(text(f"PRAGMA {pragma}")).scalar_one() for c in (one, two)]
    engine.dispose()

    assert found == [value, value]


def test_a_plain_postgres_url_finds_its_driver():
    """`postgresql://` means the driver that Cairn installs."""
    assert connect("postgresql://host/name").dialect.driver == "psycopg"


def test_the_upgrade_makes_every_table(engine):
    """After the upgrade the database has the declared tables, and Alembic's own."""
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    """Something else of that name is reported, with its path, and keeps its content."""
    file = tmp_path / "cairn.sqlite3"
    file.write_text("a diary, not a database; long enough to be one" * 20)
    before = file.read_bytes()

    with pytest.raises(StoreError, match=r"cairn\.sqlite3"):
        upgrade(connect(f"sqlite:///{file}"))

    assert file.read_bytes() == before


def test_a_server_that_is_away_is_named_without_its_password():
    """The error says which server, and keeps the password to itself."""
    with pytest.raises(StoreError, match=r"127\.0\.0\.1") as caught:
        upgrade(connect("postgresql://me:hunter2@127.0.0.1:1/name"))

    assert "hunter2" not in str(caught.value)


def test_a_database_from_the_future_is_left_alone(engine):
    """A revision that this version does not know is not touched; the error says to update."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match="newer"):
        upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"
