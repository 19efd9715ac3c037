"""Submissions are a queue that loses nothing and judges each thing once, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from cairn.learner import Evidence, Outcome, Source
from cairn.store.evidence import EvidenceLog
from cairn.store.people import People
from cairn.store.submissions import MAX_ATTEMPTS, SUSPICIOUS, State, Submissions

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
    """After three claims in vain others come first, and after ten the submission is failed."""
    poison = queue.add("ada", "softmax", "poison", NOON)
    good = queue.add("ada", "softmax", "good", NOON)
    now, order = NOON, []
    for _ in range(SUSPICIOUS):
        order.append(queue.claim("w", now, LEASE).id)
        now += LEASE + timedelta(seconds=1)
    served = queue.claim("w", now, LEASE)
    assert queue.finish(served, "w", GOOD)
    for _ in range(MAX_ATTEMPTS - SUSPICIOUS):
        order.append(queue.claim("w", now, LEASE).id)
        now += LEASE + timedelta(seconds=1)

    assert served.id == good
    assert order == [poison] * MAX_ATTEMPTS
    assert queue.claim("w", now, LEASE) is None
    assert queue.get(poison).state is State.FAILED


@pytest.mark.parametrize(("in_vain", "attempts"), [(True, 2), (False, 1)])
def test_what_is_given_back_is_taken_at_once(queue, in_vain, attempts):
    """Another worker gets it without waiting for the lease; only a claim in vain counts."""
    queue.add("ada", "softmax", "x", NOON)
    claimed = queue.claim("w", NOON, LEASE)

    assert queue.release(claimed, "w", in_vain=in_vain)
    assert not queue.release(claimed, "w", in_vain=in_vain)

    taken = queue.claim("other", NOON, LEASE)
    assert taken.attempts == attempts
    if in_vain:
        assert not queue.finish(claimed, "w", GOOD)


def test_what_dead_workers_hold_is_freed_at_once(queue):
    """Those that are known to be gone lose their claims; the others keep theirs."""
    lost, held = (queue.add("ada", "softmax", code, NOON) for code in ("one", "two"))
    queue.claim("dead", NOON, LEASE)
    queue.claim("alive", NOON, LEASE)

    assert queue.release_those_of(lambda name: name == "dead") == 1
    assert queue.release_those_of(lambda name: name == "dead") == 0

    assert queue.claim("other", NOON, LEASE).id == lost
    assert queue.claim("other", NOON, LEASE) is None
    assert queue.get(held).state is State.RUNNING


def test_one_persons_worker_leaves_the_others_alone(queue, engine):
    """A claim for one person never takes what another handed in."""
    People(engine).ensure("eve", "Eve", NOON)
    queue.add("eve", "softmax", "hers", NOON)

    assert queue.others_than("ada")
    assert queue.claim("w", NOON, LEASE, "ada") is None
    assert (queue.waiting(), queue.waiting("ada")) == (1, 0)
    assert queue.claim("w", NOON, LEASE, "eve").code == "hers"


def test_equal_code_judged_at_once_shows_its_skill_once(queue, engine):
    """Two workers that accept the same code side by side keep one piece of evidence, whichever is first."""
    numbers = [queue.add("ada", "softmax", "same", NOON) for _ in range(8)]
    claims = [(queue.claim(str(n), NOON, LEASE), str(n)) for n in numbers]

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda pair: queue.finish(*pair, GOOD, shown(pair[0].id)), claims))

    assert kept == [True] * 8
    assert len(EvidenceLog(engine).of("ada")) == 1


def test_what_stands_on_new_code_is_queued_with_its_verdict(queue):
    """The dependants are queued in the verdict's own transaction, and only for code that is new."""
    queue.add("ada", "attention", "uses softmax", NOON)
    attention = queue.claim("w", NOON, LEASE)
    queue.finish(attention, "w", GOOD)
    for _ in range(2):
        queue.add("ada", "softmax", "same", NOON)
    for claimed in [queue.claim("w", NOON, LEASE) for _ in range(2)]:
        queue.finish(claimed, "w", GOOD, (), [attention])

    again = queue.claim("w", NOON, LEASE)

    assert (again.exercise, again.code, again.attempts) == ("attention", "uses softmax", 1)
    assert queue.claim("w", NOON, LEASE) is None


def test_who_waits_is_told_what_is_settled(queue):
    """Only what was judged or given up counts as settled."""
    judged, waiting = (queue.add("ada", "softmax", code, NOON) for code in ("one", "two"))
    queue.finish(queue.claim("w", NOON, LEASE), "w", GOOD)

    assert queue.settled([judged, waiting, 999]) == {judged}
    assert queue.waiting() == 1


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
