"""Where nothing can be forked: workers started ahead, each a process of its own (forced here, on Linux too)."""

from __future__ import annotations

import socket
import statistics
import time
from pathlib import Path

import numpy as np
import pytest

from cairn.judge import EndedError, Judge, JudgeError, LearnerError, Limits, Outcome, Tier, TierError, grade
from cairn.judge.subject import RemoteModule
from cairn.judge.waiting import READ, WRITE, Select

from .test_hostile import GOOD, LIMITS, PROGRAMS, header

OF_ALL_KINDS = (
    "endless_loop", "exit_zero", "forged_answer", "giant_frame", "kill_itself", "lying_array", "output_flood",
    "patched_allclose", "patched_protocol", "segfault", "text_as_answer", "memory_in_numpy", "hang_up",
)  # fmt: skip


@pytest.fixture(scope="module")
def judge():
    """A judge that forks nothing."""
    with Judge(fork=False, parallel=4) as judge:
        yield judge


def test_the_tier_is_plain_and_says_why_it_is_no_stronger(judge):
    """Without a fork nothing holds code but limits; a stronger tier by name is refused."""
    assert judge.tier is Tier.PLAIN
    assert "needs Linux" in " ".join(judge.refusals)
    with Judge(Tier.FULL, fork=False) as strict, pytest.raises(TierError, match="needs Linux"):
        _ = strict.tier


def test_nothing_is_forked(judge, softmax, monkeypatch):
    """A verdict comes without one call of fork in the driver, from a process that nothing forked."""
    monkeypatch.delattr("os.fork")
    verdict = grade(judge, softmax, softmax.solution)

    assert verdict.accepted, verdict.message
    assert verdict.tier == "plain"


def test_values_objects_output_and_errors_travel_as_ever(judge):
    """The same conversation, over the loopback interface."""
    source = (
        "import os\nprint('hello')\nos.write(1, b'raw ')\nclass A:\n    x = 3\ndef f(a):\n    return a * 2\n"
    )
    with judge.session() as session:
        session.load(source)
        learner = RemoteModule(session)
        assert np.array_equal(learner.f(np.ones(3)), [2, 2, 2])
        assert learner.A().x == 3
        with pytest.raises(LearnerError, match="TypeError"):
            learner.f(None)
        assert set(session.output.split()) == {"hello", "raw"}


def test_each_submission_has_a_process_of_its_own(judge):
    """What one submission leaves behind the next does not find."""
    with judge.session() as session:
        session.load("import numpy\nnumpy.left = 1\nopen('left', 'w').close()")
    with judge.session() as session:
        session.load("import numpy, os\nfound = hasattr(numpy, 'left'), os.listdir('.')")
        assert session.get((None, "found")) == (False, [])


@pytest.mark.parametrize("name", OF_ALL_KINDS)
def test_hostile_code_forges_nothing(judge, double, name):
    """Programs of every kind: the verdict that the plain tier promises, and the next submission judged right."""
    path = next(p for p in PROGRAMS if p.stem == name)
    allowed = header(path)["plain"]
    if allowed == "skip":
        pytest.skip("the plain tier does not promise to hold it")
    from cairn.judge import Options

    verdict = grade(judge, double, path.read_text(encoding="utf-8"), Options(limits=LIMITS, explain=False))

    assert verdict.outcome.value in allowed.split(), verdict.message
    assert grade(judge, double, GOOD, Options(explain=False)).outcome is Outcome.ACCEPTED


def test_the_clock_holds(judge):
    """An endless loop is ended by the driver."""
    with judge.session() as session, pytest.raises(EndedError) as error:
        session.load("while True: pass", limits=Limits(cpu_s=0.3, wall_s=2))
    assert error.value.outcome is Outcome.TIMEOUT


def test_a_caller_without_the_token_is_turned_away(judge):
    """Another program on the machine that knocks at the door gets no conversation."""
    workers = judge._warm["numpy"].parent
    with socket.create_connection(workers._door.getsockname()) as stranger:
        stranger.sendall(b'{"token": "guess", "for": "conversation"}\n')
        with judge.session() as one, judge.session() as two, judge.session() as three:
            for session in (one, two, three):
                session.load("x = 1")
                assert session.get((None, "x")) == 1


def test_packages_are_found_where_no_links_can_be_made(monkeypatch):
    """Without links NumPy is found where it lies."""

    def refuse(self, target):
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with Judge(fork=False) as judge, judge.session() as session:
        session.load("import numpy\nx = numpy.ones(2)")
        assert session.get((None, "x")).tolist() == [1, 1]


def test_a_worker_that_does_not_start_says_why(monkeypatch):
    """The last line of what it said is in the error."""
    monkeypatch.setattr("cairn.judge.staging.python", lambda: str(Path("/bin/false")))
    with Judge(fork=False) as judge, pytest.raises((JudgeError, TierError), match=r"did not|call back"):
        judge.session()


def test_a_ready_worker_answers_at_once(judge, softmax):
    """A worker that waits warm takes a fraction of the time of starting one."""
    grade(judge, softmax, softmax.solution)
    spans = []
    for _ in range(3):
        time.sleep(0.8)
        began = time.perf_counter()
        assert grade(judge, softmax, softmax.solution).accepted
        spans.append(time.perf_counter() - began)
    assert statistics.median(spans) < 0.5


def test_waiting_without_poll_sees_what_poll_sees():
    """The stand-in for `select.poll` tells what can be read and written, and waits no longer than asked."""
    one, other = socket.socketpair()
    with one, other:
        waiting = Select()
        waiting.register(one.fileno(), READ)
        assert waiting.poll(1) == []
        waiting.modify(one.fileno(), READ | WRITE)
        assert waiting.poll(1) == [(one.fileno(), WRITE)]
        other.send(b"x")
        assert waiting.poll(1) == [(one.fileno(), READ | WRITE)]
        waiting.unregister(one.fileno())
        assert waiting.poll(0) == []
