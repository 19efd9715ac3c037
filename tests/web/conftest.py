"""The web application without a network: over the miniature curriculum, and over the real one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cairn.app import App
from cairn.settings import Settings
from cairn.web.server import create
from tests.conftest import MINI, REAL

HOME = "http://127.0.0.1:8137"
ADDRESSES = [
    "/",
    "/gap?target=fitting",
    "/map",
    "/topics/slope",
    "/api/gap?target=fitting",
    "/static/style.css",
]
ENDINGS = ["/nowhere", "/api/nowhere", "/static/nowhere.js", "/gap", "/topics/carrying", "/map?target=qqqzzz"]


def let_in(asgi, **options) -> TestClient:
    """A browser that was let in and says where its requests come from, as browsers do."""
    name = asgi.door.cookie_name("127.0.0.1:8137")
    made = TestClient(asgi, base_url=HOME, headers={"origin": HOME}, **options)
    made.cookies.set(name, asgi.door.cookie)
    return made


def client(app: App) -> TestClient:
    """A browser that follows no redirect by itself."""
    return let_in(create(app), follow_redirects=False)


@pytest.fixture
def site(app: App) -> TestClient:
    """The miniature curriculum's site, with nothing known yet."""
    return client(app)


@pytest.fixture
def stranger(app: App) -> TestClient:
    """A browser that was not let in, over the same data."""
    return TestClient(create(app), base_url=HOME, follow_redirects=False)


def kept_open(curriculum: Path, folder: Path) -> Iterator[TestClient]:
    """A site for many tests."""
    app = App(
        Settings(curriculum=curriculum, data=folder, database_url=f"sqlite:///{folder / 'cairn.sqlite3'}")
    )
    yield client(app)
    app.close()


@pytest.fixture(scope="session")
def quiet_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The miniature curriculum's site for all tests that keep nothing."""
    yield from kept_open(MINI, tmp_path_factory.mktemp("quiet-site"))


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The real curriculum's site; only to be read."""
    yield from kept_open(REAL, tmp_path_factory.mktemp("real-site"))


class Frozen(datetime):
    """A clock that stands where a test sets it: Monday 4 January 2027, noon in Greenwich, at first."""

    moment = datetime(2027, 1, 4, 12, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        """The time."""
        return cls.moment.astimezone(tz)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Frozen]:
    """The app's clock, to be set by its `moment`."""
    frozen = type("Clock", (Frozen,), {})
    monkeypatch.setattr("cairn.app.datetime", frozen)
    return frozen
