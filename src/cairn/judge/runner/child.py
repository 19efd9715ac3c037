"""One submission: a process that shuts itself in, runs the learner's source and answers the driver's calls.

The conversation is described in `docs/judge.md`. Every request carries a number drawn by the driver; the
answer repeats it, so an answer written before its question is a broken protocol, not an answer.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import struct
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import protocol
from ..sandbox import layers
from .denials import Denials
from .submission import Submission

if TYPE_CHECKING:
    from .zygote import Config

_CONVERSATION = 3


def live(conversation: int, output: int, folder: str, config: Config) -> None:
    """Be a child from its birth to its end. Never returns."""
    code = 1
    try:
        _settle(conversation, output, folder)
        layers.apply(sandboxed=config.sandboxed, readable=config.readable, folder=folder)
        serve(_CONVERSATION, config.runtime)
        code = 0
    finally:
        os._exit(code)  # no atexit, no finaliser, no waiting for threads


def _settle(conversation: int, output: int, folder: str) -> None:
    """Own group, own folder, only its own descriptors, no handler of the parent."""
    for name in ("SIGINT", "SIGTERM", "SIGPIPE", "SIGCHLD"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        os.setpgid(0, 0)
    except OSError:
        pass
    nothing = os.open(os.devnull, os.O_RDONLY)
    # Move both out of the way first: either may already sit where another belongs.
    high, out = os.dup(conversation), os.dup(output)
    os.dup2(nothing, 0)
    for target in (1, 2):
        os.dup2(out, target)
    os.dup2(high, _CONVERSATION)
    os.closerange(_CONVERSATION + 1, 4096)
    sys.stdin = io.StringIO()
    raw = io.FileIO(1, "w", closefd=False)
    sys.stdout = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", write_through=True)
    sys.stderr = sys.stdout
    os.chdir(folder)
    os.environ.update({"HOME": folder, "TMPDIR": folder})
    gc.enable()


class Stream:
    """Whole frames over a blocking descriptor."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def read(self) -> bytes | None:
        """The next frame; None when the driver is gone."""
        head = self._exactly(4)
        return None if head is None else self._exactly(struct.unpack(">I", head)[0])

    def _exactly(self, size: int) -> bytes | None:
        data = os.read(self.descriptor, size) if size else b""
        if len(data) == size:
            return data
        parts = [data]
        left = size - len(data)
        while left and parts[-1]:
            parts.append(os.read(self.descriptor, left))
            left -= len(parts[-1])
        return None if left else b"".join(parts)

    def write(self, data: bytes) -> None:
        """Send a frame."""
        rest = memoryview(protocol.frame(data))
        while rest:
            rest = rest[os.write(self.descriptor, rest) :]


def serve(descriptor: int, runtime: str) -> None:
    """Say hello, then answer requests until the driver ends the conversation."""
    stream = Stream(descriptor)
    submission = Submission(runtime, Denials())
    stream.write(protocol.encode(("hello", protocol.VERSION)))
    while True:
        data = stream.read()
        if data is None:
            return
        number, name, body = protocol.decode(data)
        if name == "end":
            return
        stream.write(answer(submission, number, name, body))


def answer(submission: Submission, number: int, name: str, body: dict[str, Any]) -> bytes:
    """What a request comes to, whatever happens in the learner's code."""
    act: Callable[[dict[str, Any]], object] = getattr(submission, f"do_{name}")
    try:
        found = act(body)
    except BaseException as error:  # SystemExit and KeyboardInterrupt too: it is their code  # noqa: BLE001
        return protocol.encode((number, "raised", submission.describe(error)))
    try:
        return protocol.encode((number, "done", found), submission.outward)
    except BaseException as error:  # the value may be anything  # noqa: BLE001
        problem = submission.describe(error) if not isinstance(error, protocol.ProtocolError) else {
            "type": "Untransportable", "message": str(error), "frames": []}  # fmt: skip
        return protocol.encode((number, "raised", problem))


def rehearse() -> None:
    """Do in the warm parent what a child will do, so that no child does anything for the first time."""
    submission = Submission("numpy", Denials())
    source = "import numpy as np\ndef f(x):\n    return np.exp(x) @ x.T / np.sqrt(x.var(axis=-1) + 1)\n"
    submission.do_load(
        {"source": source, "filename": "warm.py", "seed": 0, "modules": {}, "limits": (0, 0, 0)}
    )
    x = np.ones((3, 3), dtype=np.float64)
    for kind in (np.float64, np.float32):
        np.linalg.inv(np.eye(3, dtype=kind))
        np.einsum("ij,jk->ik", x.astype(kind), x.astype(kind))
    np.random.default_rng(0).normal(size=3)
    np.fft.fft(np.ones(4))
    call = {"target": (None, "f"), "args": (x,), "kwargs": {}}
    for watch in ((), ("arguments",), ("calls",), ("cost",), ("shapes",)):
        protocol.decode(answer(submission, 1, "call", {**call, "watch": watch}))
    answer(submission, 2, "call", {"target": (None, "f"), "args": (), "kwargs": {}, "watch": ()})
    answer(submission, 3, "load", {"source": "1 +", "filename": "warm.py", "seed": 0, "modules": {}})
    answer(submission, 4, "map", {"target": (None, "f"), "batch": [((x,), {})]})
    for name in ("solution", "warm"):
        sys.modules.pop(name, None)


def rehearse_torch(torch: Any) -> None:
    """The same for PyTorch: one forward and backward pass and one step of an optimiser, on one thread."""
    layer = torch.nn.Linear(3, 2)
    optimiser = torch.optim.SGD(layer.parameters(), lr=0.1)
    loss = torch.nn.functional.cross_entropy(layer(torch.ones(4, 3)), torch.tensor([0, 1, 0, 1]))
    loss.backward()
    optimiser.step()
    torch.softmax(torch.ones(2, 2, dtype=torch.float64), dim=-1)
