"""One submission: a process that shuts itself in, runs the learner's source and answers the driver's calls.

The conversation is described in `docs/judge.md`. Every request carries a number drawn by the driver; the
answer repeats it, so an answer written before its question is a broken protocol, not an answer.
"""

from __future__ import annotations

import gc
import io
import linecache
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import protocol
from ..sandbox import layers
from . import module
from .denials import Denials
from .submission import Submission

if TYPE_CHECKING:
    from .zygote import Config

_CONVERSATION = 3
_MOMENT_S = 0.003


def live(conversation: int, output: int, folder: str, config: Config) -> None:
    """Be a child from its birth to its end. Never returns."""
    code = 1
    try:
        _settle(conversation, output, folder)
        layers.apply(sandboxed=config.sandboxed, readable=config.readable, folder=folder)
        stream = Stream(partial(os.read, _CONVERSATION), partial(os.write, _CONVERSATION))
        serve(stream, config.runtime, idle=_idle)
        code = 0
    finally:
        os._exit(code)  # no atexit, no finaliser, no waiting for threads


def live_alone(conversation: socket.socket, runtime: str, folder: str) -> None:
    """Be a worker that was not forked: the plain tier's limits, then the same conversation."""
    layers.apply(sandboxed=False, readable=(), folder=folder)
    serve(Stream(conversation.recv, conversation.send), runtime, idle=lambda: False)  # it is warm already


def _idle() -> bool:
    """Whether nobody has asked anything for a moment."""
    return not select.select([_CONVERSATION], [], [], _MOMENT_S)[0]


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
    """Whole frames over a blocking connection."""

    def __init__(self, read: Callable[[int], bytes], write: Callable[[memoryview], int]) -> None:
        self._read, self._write = read, write

    def read(self) -> bytes | None:
        """The next frame; None when the driver is gone."""
        head = self._exactly(4)
        return None if head is None else self._exactly(struct.unpack(">I", head)[0])

    def _exactly(self, size: int) -> bytes | None:
        data = self._read(size) if size else b""
        if len(data) == size:
            return data
        parts = [data]
        left = size - len(data)
        while left and parts[-1]:
            parts.append(self._read(left))
            left -= len(parts[-1])
        return None if left else b"".join(parts)

    def write(self, data: bytes) -> None:
        """Send a frame."""
        rest = memoryview(protocol.frame(data))
        while rest:
            rest = rest[self._write(rest) :]


def serve(stream: Stream, runtime: str, idle: Callable[[], bool]) -> None:
    """Say hello, then answer requests until the driver ends the conversation."""
    submission = Submission(runtime, Denials())
    stream.write(protocol.encode(("hello", protocol.VERSION)))
    if idle():  # where submissions queue, there is no waiting to be used
        touch(runtime)
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


def rehearse(runtime: str) -> None:
    """Do in the warm parent what a child will do, so that no child does anything for the first time."""
    x = np.ones((3, 3), dtype=np.float64)
    for kind in (np.float64, np.float32):
        np.linalg.inv(np.eye(3, dtype=kind))
        np.einsum("ij,jk->ik", x.astype(kind), x.astype(kind))
    np.random.default_rng(0).normal(size=3)
    np.fft.fft(np.ones(4))
    _converse("numpy", _NUMPY, x)
    if runtime == "torch":
        _converse("torch", _TORCH, protocol.Tensor(np.ones((4, 3))))


_NUMPY = """
import numpy as np

class Thing:
    def __init__(self, x):
        self.x = x

def f(x):
    return np.exp(x) @ x.T / np.sqrt(x.var(axis=-1) + 1)
"""
_TORCH = """
import torch

class Thing(torch.nn.Module):
    def __init__(self, x):
        super().__init__()
        self.x = torch.nn.Parameter(torch.zeros(x.shape[1], 2, dtype=x.dtype))

    def forward(self, x):
        return x @ self.x

def f(x):
    found = torch.zeros(())
    for kind in (torch.float64, torch.float32):
        data = x.detach().to(kind)
        layer = torch.nn.Linear(3, 2, dtype=kind)
        optimiser = torch.optim.SGD(layer.parameters(), lr=0.1)
        for loss in (
            torch.nn.functional.cross_entropy(layer(data), torch.tensor([0, 1, 0, 1])),
            (torch.softmax(layer(data), dim=-1) - data[:, :1]).pow(2).mean(),
            torch.einsum("nd,nd->", data, layer(data) @ layer.weight),
        ):
            layer.zero_grad()
            loss.backward()
            optimiser.step()
            found = found + loss.item()
    with torch.no_grad():
        return found + torch.logsumexp(x, 1).mean()
"""


def touch(runtime: str) -> None:
    """Walk the common path once in the child itself, while it waits as a spare and nobody waits for it.

    Memory is shared with the parent until it is written to, and mapped only once it is used; a page costs
    microseconds, and a submission meets hundreds. What is touched here it does not meet while it is judged.
    """
    submission = Submission(runtime, Denials())
    x: object = np.ones((2, 2))
    x = x if runtime == "numpy" else protocol.Tensor(np.ones((2, 2)))
    answer(
        submission,
        0,
        "load",
        {"source": _TOUCH[runtime], "filename": "touch.py", "seed": 0, "modules": {}, "limits": (0, 0, 0)},
    )
    for name, body in (
        ("get", {"target": (None, "f")}),
        ("map", {"target": (None, "f"), "batch": [((x,), {}), ((x,), {})]}),
    ):
        protocol.decode(answer(submission, *protocol.decode(protocol.encode((0, name, body)))))
    forget()


def forget() -> None:
    """Leave nothing of a rehearsal behind that a submission could see."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, module.Library)]
    for name in ("solution", "warm", "touch"):
        sys.modules.pop(name, None)
    linecache.cache.clear()


_TOUCH = {
    "numpy": "import numpy as np\ndef f(x):\n    return np.exp(x - x.max(axis=-1, keepdims=True)).sum(axis=-1)\n",
    "torch": "import torch\ndef f(x):\n    return torch.exp(x @ x).sum(dim=-1).mean()\n",
}


def _converse(runtime: str, source: str, x: object) -> None:
    """Every kind of request once, over the same code that a child will run."""
    submission = Submission(runtime, Denials())
    body: dict[str, Any] = {"source": source, "filename": "warm.py", "seed": 0, "modules": {}}

    def ask(kind: str, **parts: object) -> object:
        request = protocol.decode(protocol.encode((1, kind, parts)))
        return protocol.decode(answer(submission, *request))[2]

    ask("load", **body, limits=(0, 0, 0))
    for watch in ((), ("arguments",), ("calls",), ("cost",), ("shapes",)):
        ask("call", target=(None, "f"), args=(x,), kwargs={}, watch=watch)
    thing = ask("call", target=(None, "Thing"), args=(x,), kwargs={}, watch=())[0]  # type: ignore[index]
    ask("get", target=(thing.number, "x"))
    ask("call", target=(None, "f"), args=(), kwargs={}, watch=())  # an error, with its traceback
    ask("map", target=(None, "f"), batch=[((x,), {}), ((x,), {})])
    ask("load", **{**body, "source": "1 +"}, limits=(0, 0, 0))
    forget()
