"""Hostile programs, run through the real judge in every tier this host gives: none gets out, none passes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cairn.judge import Judge, Limits, Options, Outcome, Tier, grade

PROGRAMS = sorted((Path(__file__).parent / "hostile").glob("*.py"))
LIMITS = Limits(cpu_s=0.25, wall_s=0.8, memory_bytes=96 << 20)
PATIENT = Limits(cpu_s=2, wall_s=20, memory_bytes=96 << 20)
GOOD = "def answer(x):\n    return x + x\n"


def header(path):
    """What the first lines of a program say: what it tries, and the allowed outcomes in each tier."""
    said = {}
    for line in path.read_text(encoding="utf-8").splitlines()[:4]:
        key, _, value = line.removeprefix("# ").partition(": ")
        said[key] = value
    return said


@pytest.mark.parametrize("tier", list(Tier), ids=str)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_hostile_code_gains_nothing(path, tier, judge_in, double, outside):
    """An allowed verdict, never a pass; nothing outside changes; the next submission is judged right."""
    allowed = header(path)[tier.value].split()
    if "skip" in allowed:
        pytest.skip("this tier does not promise to hold it")
    judge, code = judge_in(tier), path.read_text(encoding="utf-8")

    verdict = grade(judge, double, code, Options(limits=LIMITS, explain=False))
    if verdict.outcome is Outcome.TIMEOUT and "timeout" not in allowed:  # a busy machine: it says nothing yet
        verdict = grade(judge, double, code, Options(limits=PATIENT, explain=False))

    assert verdict.outcome is not Outcome.ACCEPTED
    assert verdict.outcome.value in allowed, verdict.message
    assert "ESCAPED" not in verdict.output
    assert outside() == []
    after = grade(judge, double, GOOD, Options(explain=False))
    assert after.outcome is Outcome.ACCEPTED, after.message


def test_the_corpus_is_large_and_every_program_says_what_it_tries():
    """At least seventy programs, each with its allowed outcomes for each tier."""
    assert len(PROGRAMS) >= 70
    for path in PROGRAMS:
        said = header(path)
        assert set(said) == {"tries", *(t.value for t in Tier)}, path.name
        words = {word for tier in Tier for word in said[tier.value].split()}
        assert words <= {o.value for o in Outcome if o is not Outcome.ACCEPTED} | {"skip"}, path.name


def test_every_process_of_the_judge_is_gone_when_it_closes(judges, double):
    """Closing a judge after hostile code leaves no process of its parents behind."""
    with Judge(Tier.PLAIN) as judge:
        grade(judge, double, GOOD)
        pid = judge._warm["numpy"].parent._process.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
