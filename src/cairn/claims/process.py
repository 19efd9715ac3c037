"""A process that answers one line with one line, is ended when it takes too long, and started again when needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import Any

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""What is run is small; threads would cost more than they give. NumPy reads this when it is imported, and that is
before the first line of a module that is run with `-m`."""


class RunError(Exception):
    """Raised when a run gives no outcome. The message says why."""


class Process:
    """Python code that may never end, or take all memory, kept out of this process. Thread-safe.

    Args:
        module: what is run, as `python -m` does; it reads a JSON document a line and answers each with one.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a request; the process starts with the first.

        Raises:
            RunError: it took more than so many wall seconds, or ended the process.
        """
        with self._lock:
            process = self._running()
            try:
                line = _exchange(process, json.dumps(request).encode() + b"\n", seconds)
            except TimeoutError:
                self._end()
                raise RunError(f"it was stopped after {seconds:g} s") from None
            except OSError:
                line = b""
            if not line:
                self._end()
                raise RunError("the process that ran it ended")
            found: dict[str, Any] = json.loads(line)
            return found

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                [sys.executable, "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=ONE_THREAD | os.environ,
                start_new_session=True,  # Ctrl-C is for us; the pipe's end is its sign to go
            )
            weakref.finalize(self, _stop, self._process)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()


def _exchange(process: subprocess.Popen[bytes], request: bytes, seconds: float) -> bytes:
    """Send a line and read one; empty when the other side is gone."""
    assert process.stdin is not None  # noqa: S101  # both were asked for
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(request)
    process.stdin.flush()
    deadline = monotonic() + seconds
    received = bytearray()
    with DefaultSelector() as selector:
        selector.register(process.stdout, EVENT_READ)
        while not received.endswith(b"\n"):
            if not selector.select(max(0.0, deadline - monotonic())):
                raise TimeoutError
            chunk = os.read(process.stdout.fileno(), 1 << 16)
            if not chunk:
                return b""
            received += chunk
    return bytes(received)


def serve(answer: Any) -> None:  # noqa: ANN401  # a function of one JSON document
    """Answer each line of standard input with a line of standard output until the input ends.

    Args:
        answer: a function from the request to the answer, both as JSON knows them.
    """
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the code prints goes to the errors, never between the answers
    with suppress(BrokenPipeError):  # nobody waits for the answer any more
        for line in sys.stdin:
            out.write(json.dumps(answer(json.loads(line))) + "\n")
            out.flush()
