"""Tests that learners write: what they catch counts, and nothing that merely looks like catching."""

from __future__ import annotations

import ast
import random

import pytest

from cairn.judge import Outcome, audit, grade, load
from cairn.judge.programs import disguised, programs
from cairn.judge.suite import PROGRAM

SOURCE = "import sys\nTEXT = next(f.sources for f in sys.meta_path if hasattr(f, 'sources'))['program']\n"
RIGHT = "def add(a, b):\n    return a + b"
WRONG = "def add(a, b):\n    return a * b"

CHEATS = {
    "always fails": "def test_x(add):\n    assert False\n",
    "never fails": "def test_x(add):\n    add(1, 2)\n",
    "fails unless it knows the source": f"{SOURCE}def test_x(add):\n    assert TEXT == {RIGHT!r}\n",
    "fails if it knows the source": f"{SOURCE}def test_x(add):\n    assert TEXT != {WRONG!r}\n",
    "fails unless it knows the byte code": (
        f"def test_x(add):\n    space = {{}}\n    exec({RIGHT!r}, space)\n"
        "    assert add.__code__.co_code == space['add'].__code__.co_code\n"
    ),
    "fails if it knows the byte code": (
        f"def test_x(add):\n    space = {{}}\n    exec({WRONG!r}, space)\n"
        "    assert add.__code__.co_code != space['add'].__code__.co_code\n"
    ),
    "looks for words of the author": f"{SOURCE}def test_x(add):\n    assert 'misconception' not in TEXT\n",
    "counts programs in a file": (
        "import os\n\ndef test_x(add):\n    seen = 0\n    for place in ('.', '/tmp', '/dev/shm', '/work'):\n"
        "        try:\n            seen += len([n for n in os.listdir(place) if n.startswith('seen')])\n"
        "            open(place + '/seen%d' % os.getpid(), 'w').write('x')\n        except OSError:\n"
        "            pass\n    assert seen == 0\n"
    ),
    "leaves its process": "import os\n\ndef test_x(add):\n    os._exit(0)\n",
    "raises SystemExit": "def test_x(add):\n    raise SystemExit(0)\n",
    "answers for the harness with failures": (
        "import sys\n\ndef test_x(add):\n    pass\n\nclass Lie:\n    def __set_name__(self, *a):\n        pass\n\n"
        "def lie(wanted):\n    return [('test_x', 'AssertionError', '', 1)]\n\n"
        "import atexit, threading\nsys.modules['solution'].__dict__['inspect'] = None\n"
        "import builtins\nbuiltins.getattr = lambda *a: (lambda *b: 1 / 0)\n"
    ),
    "is a generator": "def test_x(add):\n    assert add(1, 2) == 4\n    yield\n",
    "takes a default": "def test_x(add=lambda a, b: 0):\n    assert add(1, 2) == 3\n",
}


@pytest.fixture(scope="module")
def suite(kinds):
    """The exercise of testing an addition."""
    return load(kinds / "exercises" / "test-add")


def test_the_exercise_is_proved(judge, suite):
    """The author's tests catch every program that is counted; the weak ones do not."""
    found = audit(judge, suite)

    assert found.problems == ()
    count = len([p for p in programs(suite) if not p.right])
    assert found.note == f"{count} of {count} programs"


def test_good_tests_are_accepted_with_their_figures(judge, suite):
    """The document says how many were caught and that there was no false alarm."""
    kills = grade(judge, suite, suite.solution).as_json()["kills"]

    assert kills["killed"] == kills["of"] >= kills["needed"] > 0
    assert (kills["false_alarms"], kills["survivors"], kills["tests"]) == (0, [], ["test_add"])


def test_what_survives_is_told_by_what_is_wrong_with_it(judge, suite):
    """A surviving wrong solution has its sentence and misconception, never its name or source."""
    document = grade(judge, suite, "def test_one(add):\n    assert add(2, 2) == 4\n").as_json()

    (survivor,) = document["kills"]["survivors"]
    assert survivor == {"misconception": "multiplies", "says": "You do something else than adding."}


@pytest.mark.parametrize("cheat", CHEATS.values(), ids=CHEATS)
def test_no_cheat_scores(judge, suite, cheat):
    """Tests that fail always, never, or by anything but what a program does catch nothing that counts."""
    verdict = grade(judge, suite, cheat)

    assert not verdict.accepted
    assert verdict.kills is None or verdict.kills.caught == ()


@pytest.mark.parametrize(
    ("source", "outcome", "words"),
    [
        ("x = 1\n", Outcome.WRONG, "begins with test_"),
        ("def test_x(subtract):\n    pass\n", Outcome.ERROR, "test_x asks for subtract"),
        ("def test_x(add:\n", Outcome.ERROR, "never closed"),
        ("def test_x(add):\n    while True:\n        pass\n", Outcome.TIMEOUT, ""),
        ("import socket\n\ndef test_x(add):\n    socket.socket()\n", Outcome.FORBIDDEN, "network"),
        ("def test_x(add):\n    assert add(1, 2) == 4\n", Outcome.WRONG, "test_x (line 2): AssertionError"),
        ("def test_x(add):\n    assert np.sum(1)\n", Outcome.WRONG, "look for the mistake in the test"),
    ],
)
def test_failures_are_told_in_words(judge, suite, source, outcome, words):
    """Each way in which tests can fail themselves has its outcome and a message that names it."""
    verdict = grade(judge, suite, source)

    assert verdict.outcome is outcome, verdict.message
    assert words in verdict.message


def test_a_quiet_test_counts_beside_a_loud_one(judge, suite):
    """A false alarm takes away what that test catches, and not what the others do."""
    verdict = grade(judge, suite, suite.solution + "\n\ndef test_loud(add):\n    assert False\n")

    assert len(verdict.kills.caught) == verdict.kills.of
    assert len(verdict.kills.alarms) == len([p for p in programs(suite) if p.right])
    assert verdict.outcome is Outcome.WRONG


def test_weak_tests_are_recognised(judge, suite):
    """Tests that fail on the same programs as a known weak set get its sentence."""
    source = "def test_nothing(add):\n    assert add(0, 0) == 0\n    assert add(0, 0) < 1\n"

    assert grade(judge, suite, source).misconception.id == "zeros-tell-nothing"


def test_tests_that_fail_on_everything_are_not_explained(judge, suite):
    """Many weaknesses fail on every program, so none of them is named."""
    assert grade(judge, suite, "def test_x(add):\n    assert nothing\n").misconception is None


def test_the_same_submission_comes_to_the_same_verdict(judge, suite):
    """Order and looks are drawn from the seed and the source, so nothing but times may differ."""
    one, two = (grade(judge, suite, suite.starter).as_json() for _ in range(2))

    assert (one["kills"], one["message"], one["seed"]) == (two["kills"], two["message"], two["seed"])


@pytest.mark.parametrize("seed", range(5))
def test_a_disguise_changes_looks_and_nothing_else(suite, seed):
    """Right and wrong programs lose comments and docstrings, gain idle assignments, and do what they did."""
    for program in programs(suite):
        text = disguised(f'"""Telling."""\n# telling\n{program.source}', random.Random(seed))
        before, after = {}, {}
        exec(program.source, before)
        exec(text, after)
        assert "elling" not in text
        assert after["add"].__code__.co_code != before["add"].__code__.co_code
        try:
            wanted = before["add"](3, 4)
        except Exception:  # a mutant may do anything  # noqa: BLE001
            continue
        assert after["add"](3, 4) == wanted
    assert ast.parse(text)


def test_programs_stand_under_a_neutral_name(judge, suite):
    """What a test can print of a program's place does not say which one it is."""
    source = "def test_x(add):\n    print(add.__module__, add.__code__.co_filename)\n"
    said = grade(judge, suite, source).output.split()

    assert set(said) <= {PROGRAM, f"{PROGRAM}.py"}
