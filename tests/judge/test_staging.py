"""The folder runners start from: what killed drivers left is removed, whatever it holds."""

from __future__ import annotations

import os
import subprocess
import sys

from cairn.judge import staging

DEPTH = 3_000


def nested(folder, depth):
    """Folders in one another, deeper than any path may be long."""
    at = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d" * 20, dir_fd=at)
        below = os.open("d" * 20, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)


def test_what_a_killed_driver_left_is_removed_however_deep(tmp_path, monkeypatch):
    """A tree too deep for recursion does not keep the next judge from starting."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"cairn-judge-{gone.pid}-left"
    left.mkdir()
    nested(left, DEPTH)
    mine = tmp_path / f"cairn-judge-{os.getpid()}-mine"
    mine.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    stage = staging.lay("numpy")
    stage.close()

    assert sorted(p.name for p in tmp_path.iterdir()) == [mine.name]
