"""A verdict can be come to again; a misconception is sought where a submission raised, too."""

from __future__ import annotations

import json

import pytest

from cairn.judge import JudgeError, Options, Outcome, again, grade
from cairn.judge.exercise import Wrong


def timeless(verdict):
    """A verdict's document without what a busy machine changes."""
    document = json.loads(json.dumps(verdict.as_json()))
    del document["time_ms"], document["memory_bytes"]
    for check in document["checks"]:
        del check["time_ms"]
    return document


@pytest.mark.parametrize("place", [0, 2, -1])
def test_a_document_suffices_to_judge_again(judge, softmax, place):
    """Seed, versions and hints of a stored verdict give the same verdict for the same code."""
    source = softmax.wrong[place].source
    first = grade(judge, softmax, source, Options(seed=77, hints_used=(1,)))
    stored = json.loads(json.dumps(first.as_json()))

    assert timeless(again(judge, softmax, source, stored)) == timeless(first)


def test_another_version_is_not_judged_as_if_it_were_the_same(judge, softmax):
    """A changed exercise or library is named, and nothing is judged."""
    first = grade(judge, softmax, softmax.solution, Options(modules={"mylib": "x = 1\n"}))
    stored = first.as_json()

    with pytest.raises(JudgeError, match="library"):
        again(judge, softmax, softmax.solution, stored, {"mylib": "x = 2\n"})
    stored["versions"] = {**stored["versions"], "exercise": "0" * 16}
    with pytest.raises(JudgeError, match="exercise"):
        again(judge, softmax, softmax.solution, stored, {"mylib": "x = 1\n"})


def test_the_mistake_behind_an_exception_is_named(judge, double):
    """The wrong solution that raises the same exception at the same checks is the likely one."""
    from dataclasses import replace

    told = ("it is twice the input",)
    wrong = (
        Wrong(
            "takes-the-second",
            "You index what may be empty.",
            told,
            "a",
            "def answer(x):\n    return x[99]\n",
        ),
        Wrong(
            "divides-by-zero",
            "You divide by nothing.",
            told,
            "b",
            "def answer(x):\n    return x / int(0 * 1.5) if 1 // 0 else x\n",
        ),
    )
    exercise = replace(double, wrong=wrong)

    verdict = grade(judge, exercise, "def answer(x):\n    y = x[len(x) + 5]\n    return y\n")

    assert verdict.outcome is Outcome.ERROR
    assert verdict.misconception.id == "takes-the-second"
    assert not verdict.misconception.certain
    assert "IndexError" in verdict.misconception.because
    assert grade(judge, exercise, "def answer(x):\n    raise KeyError\n").misconception is None
