"""The last calls that a check made of the learner's functions: where a wrong value came from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np

from cairn.judge.protocol import Code, Generator

LENGTH = 32
_PLAIN = (bool, int, float, complex, str, bytes, np.ndarray, np.generic, Code, Generator, type(None))


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a function of the learner's module, and what came back."""

    name: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    got: Any

    @property
    def repeatable(self) -> bool:
        """Whether another module can be asked the same: no object of this one's is in it."""
        return _plain(self.args) and _plain(dict(self.kwargs)) and _plain(self.got)

    def again(self, module: Any) -> Any:
        """Ask another module the same."""
        return getattr(module, self.name)(*self.args, **self.kwargs)


_LAST: ContextVar[deque[Call] | None] = ContextVar("cairn_judge_trail", default=None)


@contextmanager
def followed() -> Iterator[deque[Call]]:
    """Keep the last calls made within."""
    calls: deque[Call] = deque(maxlen=LENGTH)
    token = _LAST.set(calls)
    try:
        yield calls
    finally:
        _LAST.reset(token)


def note(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], got: Any) -> None:
    """Keep a call, if calls are followed."""
    calls = _LAST.get()
    if calls is not None:
        calls.append(Call(name, args, kwargs, got))


def source_of(value: object) -> Call | None:
    """The one call that gave this very value; none where several did, as they may with small numbers."""
    found = [call for call in _LAST.get() or () if call.got is value]
    return found[0] if len(found) == 1 and found[0].repeatable else None


def _plain(value: object) -> bool:
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_plain, value))
    if isinstance(value, dict):
        return all(map(_plain, value.values()))
    return isinstance(value, _PLAIN)
