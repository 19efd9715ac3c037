"""Two ways to run a command: inside this process for breadth, and as a real one for what only that shows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cairn.cli import main
from cairn.web.server import create
from tests.conftest import MINI

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str | None]:
    """The miniature curriculum, an empty data folder, and nothing else of Cairn's."""
    return {"CAIRN_CURRICULUM": str(MINI), "CAIRN_DATA": str(tmp_path / "data"), "CAIRN_DATABASE_URL": None}


@pytest.fixture
def run(environment: dict[str, str | None]) -> Run:
    """Run a command in this process; what it raises goes through."""

    def go(*arguments: str, **more: str) -> Result:
        return CliRunner(catch_exceptions=False).invoke(
            main, arguments, env=environment | more, prog_name="cairn", obj=create
        )

    return go


@pytest.fixture
def real_environment(environment: dict[str, str | None]) -> dict[str, str]:
    """The same as the whole environment of a process."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith("CAIRN_") and k not in {"NO_COLOR", "COLUMNS"}
    }
    return kept | {k: v for k, v in environment.items() if v is not None}


@pytest.fixture
def shell(real_environment: dict[str, str]) -> Shell:
    """Run a command as a process of its own."""

    def go(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cairn", *arguments],
            env=real_environment | more,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )

    return go
