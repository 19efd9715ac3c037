"""Kill -9 at any moment, two hundred times: whatever was acknowledged is judged once, rightly, and shown once."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections import Counter

import pytest
from sqlalchemy import text

from cairn.store.database import connect, upgrade
from cairn.store.evidence import EvidenceLog
from cairn.store.submissions import State, Submissions
from tests.conftest import MINI
from tests.crash.house import Client, House
from tests.store.conftest import postgres_server, postgres_url  # noqa: F401

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(sys.platform != "linux", reason="finds its victims in /proc"),
]

KINDS = {"runner": 80, "parent": 35, "keeper": 35, "worker": 30, "server": 20}
LIMIT_S = 300
WITNESS = {
    "sqlite": """
        CREATE TABLE witness (number INTEGER);
        CREATE TRIGGER seen AFTER UPDATE ON submissions WHEN NEW.state = 'judged'
        BEGIN INSERT INTO witness VALUES (NEW.id)@ END;
    """,
    "postgresql": """
        CREATE TABLE witness (number INTEGER);
        CREATE FUNCTION seen() RETURNS trigger AS $$
        BEGIN IF NEW.state = 'judged' THEN INSERT INTO witness VALUES (NEW.id)@ END IF@ RETURN NEW@ END
        $$ LANGUAGE plpgsql;
        CREATE TRIGGER seen AFTER UPDATE ON submissions FOR EACH ROW EXECUTE FUNCTION seen();
    """,
}
"""Statements that note each time a row is written as judged; within one of them `;` is written `@`."""


def kills(number, seed):
    """What is killed, in a random order with a fixed share of each kind."""
    total = sum(KINDS.values())
    order = [kind for kind, share in KINDS.items() for _ in range(round(share * number / total))]
    random.Random(seed).shuffle(order)
    return order


def storm(house, order, seed, waiting):
    """Kill what the order says at random moments; what has died is started again at once.

    Gives how many of each kind were killed, and how many kills found something still to be judged.
    """
    chance = random.Random(seed)
    done, busy = Counter(), 0
    until = time.monotonic() + LIMIT_S
    left = list(order)
    while left:
        assert time.monotonic() < until, f"{done} after {LIMIT_S} s\n{house.log()}"
        house.restart_dead()
        for kind in dict.fromkeys(left):  # the first of which there is one to be killed
            if house.kill(kind, chance.choice):
                busy += waiting() > 0
                left.remove(kind)
                done[kind] += 1
                break
        time.sleep(chance.uniform(0.05, 0.35))
    house.restart_dead()
    return done, busy


def rows(queue):
    """What still waits, for a person to read."""
    left = [s for s in queue.of("local", limit=1_000_000) if s.waits]
    return f"{len(left)} wait: {[(s.id, s.state.value, s.attempts) for s in left[:9]]}"


@pytest.mark.parametrize(
    ("kind", "number"), [("sqlite", 200), pytest.param("postgres", 40, marks=pytest.mark.postgres)]
)
def test_nothing_acknowledged_is_lost(kind, number, tmp_path, request):
    """After kills of runners, judges, workers and servers each acknowledged submission has one right verdict."""
    url = (
        f"sqlite:///{tmp_path / 'cairn.sqlite3'}"
        if kind == "sqlite"
        else request.getfixturevalue("postgres_url")
    )
    engine = connect(url)
    upgrade(engine)
    with engine.begin() as connection:
        for statement in filter(str.strip, WITNESS[engine.dialect.name].split(";")):
            connection.execute(text(statement.replace("@", ";")))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CAIRN_", "PYTHONDONT"))}
    environment = {
        **kept, "CAIRN_CURRICULUM": str(MINI), "CAIRN_DATA": str(tmp_path), "CAIRN_DATABASE_URL": url,
        "PYTHONUNBUFFERED": "1", "PYTHONPYCACHEPREFIX": str(tmp_path / "pycache"),
    }  # fmt: skip
    order = kills(number, seed=number)
    house = House(environment, tmp_path)
    queue = Submissions(engine)
    clients = [Client(house, f"client-{n}", queue.waiting) for n in range(3)]
    try:
        for client in clients:
            client.start()
        done, busy = storm(house, order, number + 1, queue.waiting)
        for client in clients:
            client.over.set()
            client.join()
        until = time.monotonic() + 120
        while queue.waiting():
            assert time.monotonic() < until, f"{rows(queue)}\n{house.log()}"
            house.restart_dead()
            time.sleep(0.05)
    finally:
        for client in clients:
            client.over.set()
        house.close()

    assert done == Counter(order)
    acknowledged = {n: code for client in clients for n, code in client.acknowledged.items()}
    everything = queue.of("local", limit=1_000_000)
    by_number = {s.id: s for s in everything}
    assert busy >= number / 4  # else it was a storm over an empty house
    assert len(acknowledged) >= 15
    for n, code in acknowledged.items():
        assert by_number[n].code == code
    for submission in everything:  # also those that were kept although the answer was cut off
        assert submission.state is State.JUDGED
        assert submission.verdict["outcome"] == ("accepted" if "a + b" in submission.code else "wrong"), (
            submission.verdict
        )
    with engine.connect() as connection:
        witnessed = Counter(connection.execute(text("SELECT number FROM witness")).scalars())
    assert witnessed == Counter(list(by_number))
    shown = [(e.skill, e.ref) for e in EvidenceLog(engine).of("local")]
    assert sorted(shown) == sorted(("addition@use", f"submission:{s.id}") for s in everything if s.accepted)
    engine.dispose()
    print(  # noqa: T201
        f"\n{dict(done)} killed, {busy} while something was to be judged; "
        f"{len(acknowledged)} acknowledged, {sum(c.unanswered for c in clients)} unanswered, "
        f"{max(s.attempts for s in everything)} attempts at most"
    )
    shutil.rmtree(tmp_path, ignore_errors=True)
