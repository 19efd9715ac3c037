"""A curriculum of one topic, whose checks a test writes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cairn.claims.workbench import Workbench
from tests.conftest import REAL

HEAD = """
from typing import Annotated, Literal
import numpy as np
from cairn.claims import *
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a `claims.py` into the topic `area/topic`; returns its path."""

    def go(body: str) -> Path:
        folder = tmp_path / "topics" / "area" / "topic"
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / "curriculum.yaml").write_text("title: One\n")
        file = folder / "claims.py"
        file.write_text(HEAD + textwrap.dedent(body), encoding="utf-8")
        return file

    return go


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    """A workbench over that curriculum, with a cache of its own."""
    made = Workbench(tmp_path, tmp_path / "cache")
    yield made
    made.close()


@pytest.fixture(scope="session")
def real_workbench(tmp_path_factory) -> Iterator[Workbench]:
    """A workbench over the curriculum that Cairn ships, with nothing kept from before."""
    made = Workbench(REAL, tmp_path_factory.mktemp("records"))
    yield made
    made.close()
