"""Sessions: calls, objects, limits, and what happens when any of the processes dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from cairn.judge import EndedError, Judge, JudgeError, LearnerError, Limits, Outcome, Tier, TierError, grade
from cairn.judge.outcome import Frame
from cairn.judge.probe import check
from cairn.judge.subject import RemoteModule

SOURCE = """
import numpy as np

RATE = 0.5

class Counter:
    def __init__(self, start=0):
        self.count = start

    def add(self, n):
        self.count += n
        return self

def double(x):
    print("doubling")
    return 2 * x

def apply(f, x):
    return f(x)

def draw(rng):
    return rng.normal(size=3)

def fail(n):
    return [1][n]
"""


@pytest.fixture
def learner(judge):
    """A loaded module with some functions and a class."""
    with judge.session() as session:
        session.load(SOURCE)
        yield RemoteModule(session)


def test_functions_take_and_give_plain_values(learner):
    """A call gives what the function gives."""
    assert learner.double(3) == 6
    assert learner.double(np.ones(2, dtype=np.float32)).dtype == np.float32
    assert learner.RATE == 0.5


def test_objects_stay_where_they_are(learner):
    """An object is a handle: its methods, attributes and setting them work there."""
    counter = learner.Counter(start=2)
    same = counter.add(3)

    assert (counter.count, same.count) == (5, 5)
    counter.count = 40
    assert same.count == 40
    assert learner.apply(counter.add, 2).count == 42


def test_functions_and_generators_can_be_passed(learner):
    """An expression arrives as a function, a seed as a generator."""
    from cairn.judge import checks as c

    square = c.function("lambda x: x ** 2")

    assert learner.apply(square, 3) == square(3) == 9
    assert np.array_equal(learner.draw(c.generator(1)), np.random.default_rng(1).normal(size=3))


def test_a_batch_ends_at_the_first_that_raises(learner):
    """The answers so far are given together with the error."""
    results, problem = learner.fail.map([((0,), {}), ((5,), {}), ((0,), {})])

    assert results == [1]
    assert problem is not None
    assert problem.type == "IndexError"


def test_an_error_names_the_lines_of_the_learner_alone(learner):
    """The traceback holds their own lines and nothing of the judge."""
    with pytest.raises(LearnerError) as error:
        learner.fail(9)

    assert [type(f) for f in error.value.frames] == [Frame]
    assert error.value.frames[0].text == "return [1][n]"
    assert error.value.outcome is Outcome.ERROR


def test_what_is_printed_is_kept_within_bounds(judge):
    """Output is captured, cut and marked as cut."""
    with judge.session() as session:
        session.load("def f():\n    print('x' * 100)\n", limits=Limits(output_bytes=150))
        for _ in range(2):
            session.call((None, "f"), ((), {}))

        assert session.output == "x" * 100 + "\n" + "x" * 49
        assert session.output_cut


def test_earlier_work_can_be_imported(judge):
    """Modules given as text are importable, packages too, and appear in tracebacks."""
    modules = {"mylib": "from mylib.core import one", "mylib.core": "def one():\n    return 1 / 0\n"}
    with judge.session() as session:
        session.load("import mylib\n\ndef f():\n    return mylib.one()\n", modules=modules)

        with pytest.raises(LearnerError, match="division") as error:
            session.call((None, "f"), ((), {}))

    assert [f.file for f in error.value.frames] == ["solution.py", "mylib/core.py"]


def test_calls_are_traced_by_public_name(judge):
    """Library functions the code calls are named as their documentation names them."""
    source = "import numpy as np\nfrom numpy.linalg import svd\n\n"
    source += "def f(x):\n    np.exp(x)\n    svd(x)\n    x.sum()\n"
    source += "    return np.einsum('ij,jk', x, x)\n"
    with judge.session() as session:
        session.load(source)
        _, seen = session.call((None, "f"), ((np.eye(2),), {}), ("calls",))

    assert {"numpy.exp", "numpy.linalg.svd", "numpy.ndarray.sum", "numpy.einsum"} == set(seen["calls"])


def test_costs_are_counted(judge):
    """A matrix product costs its multiplications, a loop its lines."""
    source = "def product(x):\n    return x @ x\n\ndef loop(n):\n    for i in range(n):\n        pass\n"
    with judge.session() as session:
        session.load(source)
        _, product = session.call((None, "product"), ((np.ones((10, 10)),), {}), ("cost",))
        _, loop = session.call((None, "loop"), ((1000,), {}), ("cost",))

    assert 1000 <= product["cost"][0] <= 1010
    assert 2000 <= loop["cost"][0] <= 2010


def test_the_runner_cannot_import_the_judge(judge):
    """Nothing of Cairn, nor what it depends on beside NumPy, can be imported inside."""
    with judge.session() as session:
        session.load("import importlib\n\ndef f(name):\n    importlib.import_module(name)\n")
        for name in ("cairn", "cairn.judge", "pydantic", "yaml", "hypothesis", "sqlalchemy"):
            with pytest.raises(LearnerError, match="No module named"):
                session.call((None, "f"), ((name,), {}))


def test_time_is_limited_by_the_drivers_clock(judge):
    """Waiting is cut off by the wall clock, working by the processor's."""
    cases = (("import time\ntime.sleep(60)", 0.5, "no answer"), ("while True: pass", 20, "processor time"))
    for code, wall, words in cases:
        limits = Limits(cpu_s=0.2, wall_s=wall)
        began = time.monotonic()
        with judge.session() as session, pytest.raises(EndedError, match=words) as error:
            session.load(code, limits=limits)
        assert error.value.outcome is Outcome.TIMEOUT
        assert time.monotonic() - began < 10


def test_a_session_that_has_ended_answers_no_more(judge):
    """After the process is gone every request says so."""
    with judge.session() as session:
        with pytest.raises(EndedError):
            session.load("import os\nos._exit(3)")
        with pytest.raises(EndedError, match="has ended"):
            session.get((None, "x"))


@pytest.mark.parametrize("tier", list(Tier), ids=str)
def test_a_dead_parent_is_replaced(tier, judge_in):
    """Killing a warm parent costs at most the submission it held; the next is judged."""
    judge = judge_in(tier)
    with judge.session() as session:
        session.load("x = 1")
        judge._warm["numpy"].parent._process.send_signal(signal.SIGKILL)
        with pytest.raises((JudgeError, EndedError)):  # noqa: PT012
            for _ in range(200):
                session.get((None, "x"))
                time.sleep(0.01)

    for _ in range(3):
        with judge.session() as session:
            session.load("x = 2")
            assert session.get((None, "x")) == 2


def test_killed_children_are_noticed_at_once(judge):
    """A child that is killed from outside ends its session and no other."""
    with judge.session() as other, judge.session() as session:
        other.load("x = 1")
        session.load("x = 1")
        os.kill(session._conversation.pid, signal.SIGKILL)

        with pytest.raises(EndedError):
            session.get((None, "x"))
        assert other.get((None, "x")) == 1


def test_many_at_once_are_all_answered(judge):
    """Forty threads with a submission each all get their own answer."""
    found = {}

    def one(n):
        with judge.session() as session:
            session.load(f"x = {n}")
            found[n] = session.get((None, "x"))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {n: n for n in range(40)}


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.CHILD_ONLY], ids=str)
def test_the_probe_finds_no_hole(tier, judge_in):
    """Everything that a sandboxed tier must refuse is refused."""
    with judge_in(tier).session() as session:
        check(session)


def test_the_probe_sees_a_tier_without_walls(judge_in):
    """Where nothing is refused, the probe says what worked: it is no empty ritual."""
    with judge_in(Tier.PLAIN).session() as session, pytest.raises(TierError) as error:
        check(session)

    assert "read a secret file" in str(error.value)
    assert "fork" in str(error.value)


def test_a_reference_that_was_made_up_is_an_error_there(learner):
    """Speaking of an object that is not there raises in the learner's process, not here."""
    with pytest.raises(LearnerError, match="KeyError"):
        learner._session.get((999, "x"))


@pytest.mark.parametrize("tier", list(Tier), ids=str)
def test_nothing_outlives_a_driver_that_is_killed(tier, judge_in):
    """When the driver is killed, its warm parent and a child that loops for ever end too."""
    judge_in(tier)
    program = (
        "import time, threading\n"
        "from cairn.judge import Judge, Tier, Limits\n"
        f"judge = Judge(Tier({tier.value!r}))\n"
        "session = judge.session()\n"
        "parent = judge._warm['numpy'].parent._process.pid\n"
        "print(parent, session._conversation.pid, flush=True)\n"
        "session.load('while True: pass', limits=Limits(cpu_s=60, wall_s=60))\n"
    )
    driver = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    with driver:
        pids = [int(word) for word in driver.stdout.readline().split()]
        assert len(pids) == 2
        driver.kill()

    until = time.monotonic() + 10
    while time.monotonic() < until and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.02)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_a_stopped_parent_is_replaced(monkeypatch, softmax):
    """A parent that was stopped, not killed, would never answer again; it is ended, and another one started."""
    monkeypatch.setattr("cairn.judge.conversation.HELLO_SECONDS", 1.0)
    with Judge(Tier.PLAIN, spares=0) as judge:
        judge.warm()
        stopped = judge._warm["numpy"].parent
        os.kill(stopped._process.pid, signal.SIGSTOP)

        verdict = grade(judge, softmax, softmax.solution)

        assert verdict.accepted
        assert judge._warm["numpy"].parent is not stopped


@pytest.mark.parametrize("error", [JudgeError("gone"), OSError("no more descriptors"), ValueError("strange")])
def test_a_spare_that_cannot_be_made_holds_nobody_up(monkeypatch, error):
    """If making one ahead fails, for whatever reason, a session makes its own and no thread waits for ever."""
    import cairn.judge.driver as home

    whole = home.Conversation

    def greeted(parent, child):
        if threading.current_thread().name.startswith("judge-spares"):
            raise error
        return whole(parent, child)

    monkeypatch.setattr(home, "Conversation", greeted)
    with Judge(Tier.PLAIN) as judge:
        for n in range(3):
            with judge.session() as session:
                session.load(f"x = {n}")
                assert session.get((None, "x")) == n


def test_a_spare_that_died_while_it_waited_is_passed_over():
    """A child killed while it was idle costs no submission."""
    with Judge(Tier.PLAIN) as judge:
        judge.warm()
        warm = judge._warm["numpy"]
        until = time.monotonic() + 20
        while not warm.spares and time.monotonic() < until:
            time.sleep(0.01)
        spare = warm.spares[0]
        os.kill(spare.pid, signal.SIGKILL)
        spare.child.ended.wait(5)

        with judge.session() as session:
            session.load("x = 1")
            assert session.get((None, "x")) == 1
            assert session._conversation is not spare
