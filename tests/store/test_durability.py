"""What was acknowledged survives: a killed process, a second process, a crash in the middle of writing."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from cairn.learner import Evidence, Outcome, Source
from cairn.store.database import connect, upgrade
from cairn.store.evidence import EvidenceLog
from cairn.store.people import People

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from cairn.learner import Evidence, Outcome, Source
from cairn.store.database import connect, upgrade
from cairn.store.evidence import EvidenceLog
from cairn.store.people import People

engine = connect(sys.argv[1])
upgrade(engine)
now = datetime(2024, 2, 29, 12, tzinfo=UTC)
People(engine).ensure("ada", "Ada", now)
for i in range(10**9):
    skills = [f"topic-{i}@use", f"topic-{i}@derive"]
    EvidenceLog(engine).append([Evidence("ada", now, Source.SELF_REPORT, s, Outcome.KNOWN) for s in skills])
    print(i, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 30])
def test_an_acknowledged_answer_survives_a_kill(tmp_path, acknowledged):
    """A process killed right after it said that events are kept has lost none, and left no half batch."""
    url = f"sqlite:///{tmp_path / 'cairn.sqlite3'}"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True)
    last = [int(writer.stdout.readline()) for _ in range(acknowledged)][-1]
    writer.send_signal(signal.SIGKILL)
    rest = writer.stdout.read().split()
    assert writer.wait(timeout=30) == -signal.SIGKILL
    writer.stdout.close()
    last = max(last, *map(int, rest)) if rest else last

    engine = connect(url)
    upgrade(engine)
    found = [e.skill for e in EvidenceLog(engine).of("ada")]
    engine.dispose()

    whole = [f"topic-{i}@{level}" for i in range(len(found) // 2) for level in ("use", "derive")]
    assert found == whole
    assert len(found) >= 2 * (last + 1)


def test_a_killed_writer_does_not_lock_the_next_one_out(tmp_path):
    """After the kill another process writes at once."""
    url = f"sqlite:///{tmp_path / 'cairn.sqlite3'}"
    with subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True) as writer:
        writer.stdout.readline()
        writer.kill()

    engine = connect(url)
    log = EvidenceLog(engine)
    before = len(log.of("ada"))
    log.append([Evidence("ada", NOON, Source.SELF_REPORT, "after@use", Outcome.KNOWN)])

    assert len(log.of("ada")) == before + 1
    engine.dispose()


def test_two_processes_that_write_at_once_lose_nothing(tmp_path):
    """A terminal and a server on one file take turns instead of failing."""
    url = f"sqlite:///{tmp_path / 'cairn.sqlite3'}"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for writer in writers:
        for i in range(25):
            assert writer.stdout.readline() == f"{i}\n"
    for writer in writers:
        writer.kill()
    said = [len(writer.communicate(timeout=30)[0].split()) + 25 for writer in writers]

    engine = connect(url)
    assert len(EvidenceLog(engine).of("ada")) >= 2 * sum(said)
    engine.dispose()


def test_readers_do_not_wait_for_a_writer(tmp_path):
    """While one connection holds an open write, another reads what was committed before."""
    engine = connect(f"sqlite:///{tmp_path / 'cairn.sqlite3'}")
    upgrade(engine)
    People(engine).ensure("ada", "Ada", NOON)

    with engine.connect() as writing:
        writing.exec_driver_sql("BEGIN IMMEDIATE")
        writing.exec_driver_sql("UPDATE people SET name = 'Eve'")
        read = People(engine).get("ada").name
        writing.rollback()

    assert read == "Ada"
    engine.dispose()
