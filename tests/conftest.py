"""What many tests need: the miniature curriculum, the real one, and a person's empty data folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from cairn.app import App, load
from cairn.settings import Settings
from cairn.study.atlas import Atlas

MINI = Path(__file__).parent / "mini"
KINDS = Path(__file__).parent / "kinds"
REAL = Path(__file__).parent.parent / "curriculum"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

hypothesis.settings.register_profile("cairn", deadline=None)  # a busy machine may pause any example
hypothesis.settings.load_profile("cairn")


def needed(name: str, *, found: bool) -> None:
    """Skip where a tool is missing; fail where everything must be there, as in CI."""
    if found:
        return
    if os.environ.get("CAIRN_REQUIRE_ALL"):
        pytest.fail(f"{name} is missing, and CAIRN_REQUIRE_ALL is set")
    pytest.skip(f"{name} is not on this machine")


@pytest.fixture(scope="session")
def mini() -> Atlas:
    """The miniature curriculum."""
    return load(MINI)


@pytest.fixture(scope="session")
def real() -> Atlas:
    """The curriculum that Cairn ships."""
    return load(REAL)


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature curriculum with an exercise of every kind."""
    folder = tmp_path_factory.mktemp("kinds") / "curriculum"
    shutil.copytree(MINI, folder)
    shutil.copytree(KINDS, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def mini_files() -> dict[str, bytes]:
    """The files of the miniature curriculum, to be broken."""
    return {p.relative_to(MINI).as_posix(): p.read_bytes() for p in MINI.rglob("*") if p.is_file()}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """An app over the miniature curriculum with an empty SQLite database."""
    made = App(
        Settings(curriculum=MINI, data=tmp_path, database_url=f"sqlite:///{tmp_path / 'cairn.sqlite3'}")
    )
    yield made
    if "engine" in made.__dict__:
        made.engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests share out two cores, those that start and kill runners take turns on one of them."""
    for item in items:
        if {"judge", "crash"} & set(item.path.relative_to(Path(__file__).parent).parts[:1]):
            item.add_marker(pytest.mark.xdist_group("judge"))
