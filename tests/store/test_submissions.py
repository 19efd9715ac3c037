"""Submissions are a queue that loses nothing and judges each thing once, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from cairn.learner import Evidence, Outcome, Source
from cairn.store.evidence import EvidenceLog
from cairn.store.people import People
from cairn.store.submissions import MAX_ATTEMPTS, State, Submissions

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
LEASE = timedelta(seconds=60)
GOOD = {"outcome": "accepted"}


@pytest.fixture
def queue(engine):
    """An empty queue with one person."""
    People(engine).ensure("ada", "Ada", NOON)
    return Submissions(engine)


def shown(number):
    """What an accepted submission shows."""
    return [Evidence("ada", NOON, Source.EXERCISE, "softmax@use", Outcome.KNOWN, f"submission:{number}")]


def test_what_was_handed_in_is_claimed_in_order(queue):
    """The oldest comes first, each is claimed once, and then nothing waits."""
    first, second = (queue.add("ada", "softmax", code, NOON) for code in ("one", "two"))

    claimed = [queue.claim("w", NOON, LEASE) for _ in range(3)]

    assert [c and (c.id, c.code, c.state) for c in claimed] == [
        (first, "one", State.RUNNING),
        (second, "two", State.RUNNING),
        None,
    ]


def test_a_dead_workers_submission_is_taken_over(queue):
    """Once the lease has run out another worker gets it, and the first one's verdict no longer counts."""
    number = queue.add("ada", "softmax", "x", NOON)
    lost = queue.claim("dead", NOON, LEASE)
    assert queue.claim("other", NOON + LEASE, LEASE) is None

    taken = queue.claim("other", NOON + LEASE + timedelta(seconds=1), LEASE)

    assert (taken.id, taken.attempts) == (number, 2)
    assert not queue.finish(lost, "dead", GOOD, shown(number))
    assert queue.finish(taken, "other", {"outcome": "wrong"})
    assert queue.get(number).verdict == {"outcome": "wrong"}


def test_a_worker_that_renews_keeps_its_claim(queue):
    """Renewing moves the end of the lease."""
    queue.add("ada", "softmax", "x", NOON)
    claimed = queue.claim("slow", NOON, LEASE)

    assert queue.renew(claimed, "slow", NOON + LEASE, LEASE)
    assert queue.claim("other", NOON + LEASE + timedelta(seconds=1), LEASE) is None


def test_a_verdict_and_its_evidence_are_kept_together_and_once(queue, engine):
    """Finishing twice keeps one verdict and one piece of evidence."""
    number = queue.add("ada", "softmax", "x", NOON)
    claimed = queue.claim("w", NOON, LEASE)

    assert queue.finish(claimed, "w", GOOD, shown(number))
    assert not queue.finish(claimed, "w", GOOD, shown(number))

    assert [e.ref for e in EvidenceLog(engine).of("ada")] == [f"submission:{number}"]
    assert queue.get(number).accepted
    assert list(queue.accepted("ada")) == ["softmax"]


def test_what_fails_again_and_again_is_given_up(queue):
    """After three leases have run out the submission is failed, and the next one is served."""
    poison = queue.add("ada", "softmax", "poison", NOON)
    good = queue.add("ada", "softmax", "good", NOON)
    now = NOON
    for _ in range(MAX_ATTEMPTS):
        assert queue.claim("w", now, LEASE).id == poison
        now += LEASE + timedelta(seconds=1)

    assert queue.claim("w", now, LEASE).id == good
    assert queue.get(poison).state is State.FAILED


def test_many_workers_never_share_a_submission(queue):
    """Workers that claim at once get different submissions, and all are served."""
    numbers = [queue.add("ada", "softmax", str(i), NOON) for i in range(20)]

    def work(name):
        found = []
        while (claimed := queue.claim(name, NOON, LEASE)) is not None:
            found.append(claimed.id)
            assert queue.finish(claimed, name, GOOD)
        return found

    with ThreadPoolExecutor(4) as pool:
        served = [n for part in pool.map(work, "abcd") for n in part]

    assert sorted(served) == numbers
