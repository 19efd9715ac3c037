"""A check as an author writes it: a name, an axis, a function that raises where something does not hold."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from cairn.judge import trail

Body = Callable[[Any, Any, np.random.Generator], None]


class Axis(StrEnum):
    """What a check speaks of."""

    CORRECT = "correct"
    STABLE = "stable"
    EFFICIENT = "efficient"
    FROM_SCRATCH = "from scratch"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of an exercise.

    Attributes:
        name: a phrase that says what holds when it passes; unique in its exercise.
        axis: which of the four axes it speaks of.
        body: called with the learner's module, the reference and a seeded generator.
    """

    name: str
    axis: Axis
    body: Body


def check(name: str, *, axis: str = "correct") -> Callable[[Body], Check]:
    """Make a function of `tests.py` a check.

    Args:
        name: what holds when it passes.
        axis: "correct", "stable", "efficient" or "from scratch".
    """

    def make(body: Body) -> Check:
        return Check(name, Axis(axis), body)

    return make


@dataclass(slots=True)
class Setting:
    """What a running check may use without being handed it.

    Attributes:
        seed: from which all its chance comes.
        until: when, by `time.monotonic`, it should stop looking for further counterexamples.
        source: the learner's source, for what can be read off it.
        runtime: "numpy" or "torch".
        patience: tries left for making failing inputs smaller; shared by all checks of a submission.
            Counted, not timed: the same submission is to get the same counterexample on a busy machine.
    """

    seed: int = 0
    until: float = float("inf")
    source: str = ""
    runtime: str = "numpy"
    patience: list[int] = field(default_factory=lambda: [200])

    @property
    def late(self) -> bool:
        """Whether the time for further examples is over."""
        return time.monotonic() > self.until


_SETTING: ContextVar[Setting | None] = ContextVar("cairn_judge_setting", default=None)


def setting() -> Setting:
    """The setting of the check that is running; a neutral one outside of any."""
    return _SETTING.get() or Setting()


@contextmanager
def within(new: Setting) -> Iterator[None]:
    """Run a check in a setting."""
    token = _SETTING.set(new)
    try:
        with trail.followed():
            yield
    finally:
        _SETTING.reset(token)
