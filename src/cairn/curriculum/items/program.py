"""Run an author's small program to learn what it prints. A learner's text never comes here."""

from __future__ import annotations

import builtins
import sys
from types import FrameType
from typing import Any

import numpy as np

from cairn.curriculum.items.language import LanguageError

FILE = "<item>"
MOST_STEPS = 300_000
"""Steps of Python's machine after which a program is stopped. A loop on one line has no other ends to count."""
MOST_PRINTED = 200


class _StoppedError(BaseException):
    """Ends a program; no `except Exception` of its own can hold it up."""


def run(code: str) -> str:
    """What a program prints; where it ends in an error, also the error's name as a last line.

    Raises:
        LanguageError: it does not compile, prints nothing or too much, or does not end.
    """
    try:
        compiled = compile(code, FILE, "exec")
    except (SyntaxError, ValueError) as error:
        message = f"the program does not compile: {error}"
        raise LanguageError(message) from None
    lines: list[str] = []

    def keep(*values: object, sep: str = " ", end: str = "\n") -> None:
        lines.append(sep.join(map(str, values)) + end)
        if len(lines) > MOST_PRINTED:
            message = f"the program prints more than {MOST_PRINTED} times"
            raise _StoppedError(message)

    space = {"__name__": "__main__", "__builtins__": {**vars(builtins), "input": _no_input}, "print": keep}
    before = sys.gettrace()
    sys.settrace(_limited())
    try:
        with np.errstate(all="ignore"):
            exec(compiled, space)  # written by the curriculum's author, never by a learner  # noqa: S102
    except _StoppedError as error:
        raise LanguageError(str(error)) from None
    except (Exception, SystemExit) as error:  # the error is the answer  # noqa: BLE001
        lines.append(type(error).__name__)
    finally:
        sys.settrace(before)
    printed = "".join(lines).strip("\n")
    if not printed:
        message = "the program prints nothing"
        raise LanguageError(message)
    return printed


def _no_input(*_: object) -> str:
    message = "the program waits for input"
    raise _StoppedError(message)


def _limited() -> Any:  # noqa: ANN401  # a trace function returns a trace function
    """A trace function that counts the steps of the program and ends it after too many."""
    left = MOST_STEPS

    def step(_frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401
        nonlocal left
        left -= event == "opcode"
        if left < 0:
            message = f"the program does not end within {MOST_STEPS} steps"
            raise _StoppedError(message)
        return step

    def enter(frame: FrameType, _event: str, _argument: object) -> Any:  # noqa: ANN401
        if frame.f_code.co_filename != FILE:
            return None
        frame.f_trace_opcodes = True
        return step

    return enter
