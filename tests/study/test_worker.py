"""Workers: they judge what waits, put back what a fault interrupted, and fail closed in a weak sandbox."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from cairn.judge import Judge, JudgeError, Tier
from cairn.store.submissions import State
from cairn.study import practice as practice_module
from cairn.study.alive import is_gone, worker_name
from cairn.study.worker import NotSafeError, Worker

GOOD = "def add(a, b):\n    return a + b  # {}\n"
DIES = "import signal\n\n\ndef add(a, b):\n    signal.raise_signal(signal.SIGKILL)\n"


@pytest.fixture
def practice(app):
    """The verbs over the miniature curriculum."""
    yield app.practice()
    app.close()


def eventually(holds, seconds=30):
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_worker_judges_all_that_waits(practice):
    """What was handed in before and while it serves is judged, and it ends when told to."""
    others = set(threading.enumerate())
    numbers = [practice.submit("write-add", GOOD.format(i)) for i in range(6)]
    worker = Worker(practice, jobs=2)
    worker.open()
    worker.start()
    numbers.append(practice.submit("write-add", GOOD.format("late")))
    worker.wake()
    eventually(lambda: worker.tally.judged == len(numbers))
    worker.stop()

    assert all(practice.submissions.get(n).accepted for n in numbers)
    assert len(practice.desk.log.of(practice.desk.person_id)) == len(numbers)
    assert not any(t.name.startswith("worker-") for t in set(threading.enumerate()) - others)


def test_stopping_gives_back_what_is_in_hand(practice, monkeypatch):
    """A submission that takes longer than the patience is queued again and not counted as tried in vain."""
    number = practice.submit("write-add", GOOD)
    begun, go_on = threading.Event(), threading.Event()

    def slow(*_):
        begun.set()
        assert go_on.wait(30)
        raise JudgeError("stopped")

    monkeypatch.setattr(practice_module, "grade", slow)
    worker = Worker(practice, complain=lambda _: None)
    worker.open()
    worker.start()
    assert begun.wait(30)
    worker.stop(patience=0.05)
    found = practice.submissions.get(number)
    go_on.set()
    worker.stop()

    assert (found.state, found.attempts) == (State.QUEUED, 0)
    assert practice.submissions.get(number).state is State.QUEUED


def test_a_fault_of_the_judge_loses_nothing(practice, monkeypatch):
    """What the judge fails on is put back and counted, and others are judged meanwhile."""
    real = practice_module.grade

    def sometimes(judge, exercise, code, options):
        if "broken" in code:
            raise JudgeError("no")
        return real(judge, exercise, code, options)

    monkeypatch.setattr(practice_module, "grade", sometimes)
    monkeypatch.setattr("cairn.study.worker.REST_S", 0.0)
    poison = practice.submit("write-add", GOOD.format("broken"))
    good = practice.submit("write-add", GOOD)
    said = []
    worker = Worker(practice, complain=said.append)
    worker.open()
    worker.drain()

    assert practice.submissions.get(poison).state is State.FAILED
    assert practice.submissions.get(good).accepted
    assert {type(e) for e in said} == {JudgeError}


def test_a_killed_process_is_judged_again(practice, monkeypatch):
    """A process that was killed is run afresh, since its code may not be to blame; its own doing stays an error."""
    runs = []
    real = practice_module.grade
    monkeypatch.setattr(practice_module, "grade", lambda *a: runs.append(1) or real(*a))
    monkeypatch.setattr(practice_module.time, "sleep", lambda _: None)

    submission = practice.check("write-add", DIES)

    assert submission.verdict["outcome"] == "error"
    assert len(runs) == 3 * (1 + len(practice_module.PAUSES_S))


def test_the_judges_parent_may_be_killed_at_any_moment(practice):
    """The verdict is right although the warm parent is killed over and over."""
    practice.judge.warm()
    over = threading.Event()

    def kill():
        while not over.wait(0.06):
            practice.judge._warm["numpy"].parent._process.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        worker = Worker(practice, complain=lambda _: None)
        numbers = [practice.submit("write-add", GOOD.format(i)) for i in range(8)]
        eventually(lambda: worker.drain() or practice.submissions.settled(numbers) == set(numbers))
    finally:
        over.set()
        killer.join()

    assert all(practice.submissions.get(n).accepted for n in numbers)


def test_a_weak_sandbox_serves_one_person_only(app, practice):
    """Below the full tier a worker refuses to start where others are kept, and never takes what others hand in."""
    app.use_judge(Judge(Tier.PLAIN))
    weak = app.practice()
    worker = Worker(weak)
    worker.open()
    app.desk("eve").person()
    app.practice("eve").submit("write-add", GOOD)
    worker.drain()

    assert weak.submissions.waiting("eve") == 1
    with pytest.raises(NotSafeError, match="other people's code needs the full sandbox"):
        Worker(weak).open()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process began")
def test_a_name_tells_when_its_process_is_gone(practice):
    """A live process is not gone; an ended one is; a name from elsewhere is never taken for dead."""
    code = "from cairn.study.alive import worker_name; print(worker_name())"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    here = worker_name()

    assert len(here) <= 64
    assert worker_name() != here
    assert not is_gone(here)
    assert is_gone(ended)
    machine, process, start, rest = here.split(".")
    assert is_gone(f"{machine}.{process}.{int(start) + 1}.{rest}")  # the number was given to another process
    assert not is_gone(f"elsewhere.{process}.1.{rest}")
    assert not any(is_gone(name) for name in ("", "a", "abc123", f"{machine}.", f"{machine}.x.1.y"))


def test_one_persons_check_takes_over_from_a_dead_worker(practice):
    """The person behind a terminal need not wait for the lease of a worker that was killed."""
    code = "from cairn.study.alive import worker_name; print(worker_name())"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    number = practice.submit("write-add", GOOD)
    practice.submissions.claim(ended, practice.desk.clock(), practice_module.LEASE)
    began = time.monotonic()

    Worker(practice).open()
    assert practice.work().id == number
    assert time.monotonic() - began < practice_module.LEASE.total_seconds() / 2
