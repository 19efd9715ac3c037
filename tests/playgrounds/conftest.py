"""A topic's folder to be filled, its stage, and the playgrounds that Cairn ships."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pytest

from cairn.playgrounds import running
from cairn.playgrounds.stage import Stage
from tests.conftest import REAL

FOLDER = "topics/area/topic"
HEADER = """
from typing import Annotated
from cairn.playgrounds import *

def table(text="x"):
    return [Table("seen", ("name", "value"), [(text, "1")])]
"""
SIMPLE = """
@playground("simple", "Simple", "Say how large the number is here.")
def simple(n: Annotated[int, Slider(1, 5)] = 2, loud: Annotated[bool, Tick("loud")] = True) -> Scene:
    return Scene(f"The number is {n}{'!' if loud else '.'}", table())
"""


@pytest.fixture
def write(tmp_path):
    """Write the topic's `playground.py`."""
    (tmp_path / "curriculum.yaml").write_text("")
    (tmp_path / FOLDER).mkdir(parents=True)

    def put(text: str) -> None:
        (tmp_path / FOLDER / "playground.py").write_text(HEADER + textwrap.dedent(text), encoding="utf-8")

    return put


@pytest.fixture
def stage(tmp_path) -> Iterator[Stage]:
    """The stage of that folder."""
    made = Stage(tmp_path, tmp_path / "cache")
    yield made
    made.close()


@pytest.fixture(scope="session")
def shipped():
    """The module of a shipped `playground.py`, by its topic."""
    found = {}
    for file in REAL.glob("topics/*/*/playground.py"):
        loaded = running.load(file)
        first = next(iter(loaded.playgrounds.values()))
        found[file.parent.name] = (first.run.__globals__, loaded.playgrounds)
    return found
