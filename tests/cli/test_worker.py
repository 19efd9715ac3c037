"""`cairn worker`: it judges what waits, ends cleanly when told to, and refuses what it cannot do safely."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from cairn.app import App
from cairn.settings import Settings

GOOD = "def add(a, b):\n    return a + b  # {}\n"


@pytest.fixture
def queue(real_environment):
    """The same database as the commands', from this process."""
    app = App(Settings.from_environment(real_environment))
    yield app.practice()
    app.close()


def test_once_judges_what_waits_and_ends(queue, shell):
    """What was handed in while nothing served is judged, and the last line says how many."""
    numbers = [queue.submit("write-add", GOOD.format(i)) for i in range(3)]

    result = shell("worker", "--once")

    assert (result.returncode, result.stdout) == (0, "3 judged, 0 waiting\n")
    assert all(queue.submissions.get(n).accepted for n in numbers)


@pytest.mark.skipif(os.name != "posix", reason="a process is told to end by a signal")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_it_ends_cleanly_when_told_to(queue, real_environment, name):
    """A worker that serves takes what comes, and on a signal ends with code 0 and nothing held."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "cairn", "worker", "--jobs", "1"],
        env=real_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert "judging 1 submission at once" in worker.stdout.readline()
    number = queue.submit("write-add", GOOD)
    until = time.monotonic() + 30
    while not queue.submissions.settled([number]):
        assert time.monotonic() < until
        time.sleep(0.02)
    worker.send_signal(getattr(signal, name))
    said, complaints = worker.communicate(timeout=30)

    assert worker.returncode == 0
    assert said.endswith("1 judged, 0 waiting\n")
    assert complaints == ""


def test_a_weak_sandbox_refuses_to_serve_others(queue, shell):
    """With others in the database and a weaker tier it ends with one clear error and judges nothing."""
    queue.desk.people.ensure("eve", "Eve", queue.desk.clock())
    queue.submit("write-add", GOOD)

    result = shell("worker", "--once", "--tier", "plain")

    assert result.returncode == 1
    assert result.stderr.startswith("cairn: other people's code needs the full sandbox")
    assert queue.submissions.waiting() == 1
