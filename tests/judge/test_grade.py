"""Verdicts, misconceptions, audits and mutants, on the exemplary exercises."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from cairn.judge import ExerciseError, Options, Outcome, audit, grade, load, mutants
from cairn.judge.checks import Witness
from cairn.judge.checks.check import Axis
from cairn.judge.misconceptions import likely
from cairn.judge.verdict import State


def test_the_solution_is_accepted_on_every_axis(judge, softmax):
    """All checks pass, and the axes that have checks say so."""
    verdict = grade(judge, softmax, softmax.solution)

    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.axes == {
        Axis.CORRECT: True,
        Axis.STABLE: True,
        Axis.EFFICIENT: None,
        Axis.FROM_SCRATCH: True,
    }


@pytest.mark.parametrize("name", ["softmax", "momentum"])
def test_exemplary_exercises_are_sound(name, judge, request):
    """Starter fails, solution and alternatives pass, mistakes are caught by their checks, no mutant lives."""
    found = audit(judge, request.getfixturevalue(name), mutants=True)

    assert found.problems == ()
    assert found.score.score >= 0.97


@pytest.mark.parametrize("name", ["softmax", "momentum"])
def test_wrong_solutions_are_recognised(name, judge, request):
    """A submission equal to a wrong solution gets that one's sentence."""
    exercise = request.getfixturevalue(name)
    for wrong in exercise.wrong:
        verdict = grade(judge, exercise, wrong.source)
        if verdict.outcome is Outcome.WRONG:
            assert verdict.misconception is not None, wrong.name
            assert verdict.misconception.id == wrong.misconception


def test_the_document_has_the_promised_keys(judge, softmax):
    """The JSON of a verdict carries the keys others rely on, and survives a round trip."""
    source = softmax.wrong[-1].source
    verdict = grade(judge, softmax, source, Options(hints_used=(1,)))
    document = json.loads(json.dumps(verdict.as_json()))

    wanted = "format outcome axes checks counterexample misconception time_ms memory_bytes tier seed versions"
    assert set(wanted.split()) <= set(document)
    assert document["outcome"] == "wrong"
    assert document["hints_used"] == [1]
    assert document["counterexample"]["input"][0]["shape"] is not None
    assert set(document["versions"]) >= {"judge", "python", "numpy", "exercise"}


def test_the_counterexample_is_small(judge, softmax):
    """The input shown is shrunk: the wrong axis shows on two rows of one class or one row of two."""
    wrong = next(w for w in softmax.wrong if w.name == "wrong_axis")
    finding = grade(judge, softmax, wrong.source).first.finding

    rows, columns = finding.input[0][1].shape
    assert rows * columns <= 2
    assert "wrong axis" in finding.message


def test_the_same_seed_gives_the_same_verdict(judge, softmax):
    """A verdict can be come to again from its seed."""
    source = softmax.wrong[0].source
    one, two = (grade(judge, softmax, source, Options(seed=5)).as_json() for _ in range(2))
    for document in (one, two):
        document.pop("time_ms")
        document.pop("memory_bytes")
        for check in document["checks"]:
            check.pop("time_ms")

    assert one == two


@pytest.mark.parametrize(
    ("source", "outcome", "words"),
    [
        ("def softmax(x:", Outcome.ERROR, "never closed"),
        ("x = 1", Outcome.ERROR, "defines no softmax and no logsumexp"),
        ("softmax = logsumexp = lambda x: 1 / 0", Outcome.ERROR, "division by zero"),
        ("softmax = logsumexp = lambda x: None", Outcome.WRONG, "not an array"),
        ("import socket\nsocket.socket()\n", Outcome.FORBIDDEN, "the network"),
    ],
)
def test_failures_are_told_in_words(judge, softmax, source, outcome, words):
    """Each kind of failure has its outcome and a message that names it."""
    verdict = grade(judge, softmax, source)

    assert verdict.outcome is outcome
    assert words in verdict.message


def test_checks_after_the_end_are_skipped(judge, momentum):
    """When the process is gone the remaining checks are skipped, not passed."""
    source = "import os\n\nclass Momentum:\n    def __init__(self, *a):\n        os._exit(0)\n"
    verdict = grade(judge, momentum, source)

    assert [c.state for c in verdict.checks] == [State.FAILED] + [State.SKIPPED] * 5
    assert verdict.axes[Axis.CORRECT] is False


def test_an_accepted_submission_needs_every_check(judge, softmax):
    """A solution that only lacks stability is not accepted, and only that axis fails."""
    wrong = next(w for w in softmax.wrong if w.name == "no_shift")
    verdict = grade(judge, softmax, wrong.source)

    assert verdict.outcome is Outcome.WRONG
    assert verdict.axes[Axis.CORRECT] is True
    assert verdict.axes[Axis.STABLE] is False
    assert verdict.first.finding.detail["magnitude"] == 1000


def test_an_unsound_exercise_is_named(judge, softmax):
    """A starter that passes, a solution that fails and a mistake that is missed are all found."""
    broken = replace(softmax, starter=softmax.solution, alternatives={"bad": softmax.wrong[0].source})
    codes = {p.code for p in audit(judge, broken).problems}

    assert codes == {"starter-accepted", "right-rejected"}


def test_a_bad_folder_is_refused_with_everything_that_is_wrong(tmp_path, softmax):
    """Missing files, bad values, unknown checks and headers are all reported at once."""
    folder = tmp_path / "bad"
    (folder / "wrong").mkdir(parents=True)
    (folder / "exercise.yaml").write_text("title: Bad\nskills: [nonsense]\nentry: [f]\n")
    (folder / "wrong" / "x.py").write_text("# misconception: m\ndef f(): pass\n")

    with pytest.raises(ExerciseError) as error:
        load(folder)

    assert {p.code for p in error.value.problems} == {"value", "exercise-file", "wrong-header"}


def test_mutants_differ_from_the_source_and_from_each_other():
    """Every mutant is another program, and its name says which line changed and how."""
    source = (
        "def f(x, n):\n    if n > 1:\n        return x[1:n] + n\n    return x.sum(axis=0, keepdims=True)\n"
    )
    found = mutants(source)

    assert len({m.source for m in found}) == len(found)
    names = {m.name for m in found}
    assert {"2: n > 1 -> n >= 1", "3: x[1:n] + n -> x[1:n] - n"} <= names
    assert any("keepdims" in n and n.endswith("x.sum(axis=0)") for n in names)


def test_right_values_are_no_evidence_of_a_mistake(judge, softmax):
    """A witness that a right solution gives too is set aside: it would fit nearly every wrong solution."""
    x = np.ones((2, 3))
    right = Witness(lambda module: module.softmax(x), np.full((2, 3), 1 / 3))
    told = Witness(lambda module: module.softmax(x), np.full((2, 3), 1 / 6))  # over the whole array
    failed = frozenset({"softmax agrees with the reference", "each row sums to one"})
    nobody = lambda wrong: frozenset({"none"})  # noqa: E731

    assert likely(judge, softmax, failed, [right], nobody) is None
    found = likely(judge, softmax, failed, [right, told], nobody)
    assert found is not None
    assert found.certain
