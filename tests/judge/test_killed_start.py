"""A runner that is killed while it starts: the judge tries again and never settles for less."""

from __future__ import annotations

import subprocess

import pytest

from cairn.judge import Judge, JudgeError, Tier, TierError
from cairn.judge import parent as parent_module


def killing(monkeypatch, times):
    """Kill the next runners as soon as they are started; gives the list of those that were."""
    real, killed = subprocess.Popen, []

    def popen(*arguments, **options):
        process = real(*arguments, **options)
        if len(killed) < times:
            process.kill()
            killed.append(process)
        return process

    monkeypatch.setattr(parent_module.subprocess, "Popen", popen)
    return killed


@pytest.fixture
def strongest():
    """The tier that this host gives."""
    with Judge() as judge:
        return judge.tier


def test_a_kill_at_the_start_never_weakens_the_tier(strongest, monkeypatch):
    """After two kills the runner comes up in the same tier, and nothing is said against the host."""
    if strongest is Tier.PLAIN:
        pytest.skip("this host gives no tier that could be weakened")
    killed = killing(monkeypatch, 2)
    with Judge() as judge:
        assert judge.tier is strongest
        assert judge.refusals == ()
    assert len(killed) == 2


def test_a_runner_that_is_always_killed_is_an_error(strongest, monkeypatch):
    """In the end the judge gives up instead of trying for ever."""
    killing(monkeypatch, 1000)
    with Judge(strongest) as judge, pytest.raises((TierError, JudgeError), match="killed while it started"):
        judge.warm()
