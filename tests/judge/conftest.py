"""Judges in each tier, exercises, and a look at whether anything got out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cairn.judge import Exercise, Judge, Tier, TierError, load
from cairn.judge.subject import RemoteModule

EXERCISES = Path(__file__).parent / "exercises"
_TRACES = ("/tmp/cairn-hostile", "/dev/shm/cairn-hostile")


@pytest.fixture(scope="session")
def judges() -> Iterator[dict[Tier, Judge | str]]:
    """Every judge that was started, by tier; or why it could not be."""
    started: dict[Tier, Judge | str] = {}
    yield started
    for judge in started.values():
        if isinstance(judge, Judge):
            judge.close()


@pytest.fixture
def judge_in(judges) -> Callable[[Tier], Judge]:
    """A judge in a tier; skips where the host cannot give it, fails where everything must be there."""

    def start(tier: Tier) -> Judge:
        if tier not in judges:
            judge = Judge(tier)
            try:
                assert judge.tier is tier
                judges[tier] = judge
            except TierError as error:
                judges[tier] = str(error)
        found = judges[tier]
        if isinstance(found, Judge):
            return found
        if os.environ.get("CAIRN_REQUIRE_ALL"):
            pytest.fail(found)
        pytest.skip(found)

    return start


@pytest.fixture(scope="session")
def judge(judges) -> Judge:
    """A judge in the strongest tier of this host."""
    if "best" not in judges:
        judges["best"] = Judge(parallel=16)  # some tests hold several sessions at once
    return judges["best"]


@pytest.fixture(scope="session")
def double() -> Exercise:
    """The smallest exercise."""
    return load(EXERCISES / "double")


@pytest.fixture(scope="session")
def softmax() -> Exercise:
    """The exemplary exercise with functions."""
    return load(EXERCISES / "softmax")


@pytest.fixture(scope="session")
def momentum() -> Exercise:
    """The exemplary exercise with a class."""
    return load(EXERCISES / "momentum")


@pytest.fixture
def outside() -> Callable[[], list[str]]:
    """Gives the traces that hostile code left outside its sandbox."""
    return lambda: [path for path in _TRACES if Path(path).exists()]


@pytest.fixture(scope="session")
def torch():
    """PyTorch; skips where it is missing, fails where everything must be there."""
    if Judge.has("torch"):
        return pytest.importorskip("torch")
    if os.environ.get("CAIRN_REQUIRE_ALL"):
        pytest.fail("PyTorch is not installed")
    pytest.skip("PyTorch is not installed")


@pytest.fixture(scope="session")
def classifier(torch) -> Exercise:
    """The exemplary exercise in PyTorch."""
    return load(EXERCISES / "torch_classifier")


@pytest.fixture
def module(judge):
    """Loads a source and gives it as a module."""
    sessions = []

    def load(source):
        session = judge.session()
        sessions.append(session)
        session.load("import numpy as np\n" + source)
        return RemoteModule(session)

    yield load
    for session in sessions:
        session.close()
