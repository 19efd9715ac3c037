"""The warm parent: imports NumPy (or PyTorch) once, then forks a child for each submission.

It holds no test, no expected value and no descriptor but its control socket. It speaks JSON over a packet
socket with the driver; both ends are trusted, a child never holds this socket.

    driver -> parent   {"spawn": n} with two descriptors: the child's socket and where its output goes
                       {"kill": n}
    parent -> driver   {"ready": versions}
                       {"reaped": n, "status": exit status, "cpu_s": seconds}
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass, field

from ..sandbox import seccomp
from . import child, sweep

MESSAGE_BYTES = 1 << 16
FOLDERS = 32


@dataclass(frozen=True)
class Config:
    """What a runner is told when it starts.

    Attributes:
        fd: the descriptor of its control socket.
        site: the folder that holds NumPy and nothing else of its kind.
        work: the folder for the children's own folders.
        sandboxed: whether each child puts on Landlock and seccomp.
        readable: what a child may read.
        runtime: "numpy" or "torch".
    """

    fd: int
    site: str
    work: str
    sandboxed: bool
    runtime: str
    readable: list[str] = field(default_factory=list)


def main(config: Config) -> None:
    """Warm up, say so, and fork on demand until the driver is gone."""
    control = socket.socket(fileno=config.fd)
    os.environ["TMPDIR"] = config.work  # PyTorch asks for a temporary folder while it is imported
    versions = warm_up(config.runtime)
    seccomp.program()
    gc.collect()
    gc.freeze()
    gc.disable()
    control.send(json.dumps({"ready": versions}).encode())
    _Parent(config, control).run()


def warm_up(runtime: str) -> dict[str, str]:
    """Import and use whatever a submission is likely to need, so that no child pays for a first time."""
    names = (
        "abc bisect collections copy dataclasses enum fractions functools heapq itertools json math operator"
    )
    names += " random re statistics string textwrap traceback types typing linecache tracemalloc"
    for name in names.split():
        importlib.import_module(name)
    versions = {"python": sys.version.split()[0], "numpy": sys.modules["numpy"].__version__}
    if runtime == "torch":
        torch = importlib.import_module("torch")
        torch.set_num_threads(1)  # before the first operation: a thread pool does not survive a fork
        for name in ("torch.nn.functional", "torch.optim", "torch._dynamo"):
            importlib.import_module(name)
        versions["torch"] = str(torch.__version__)
    child.rehearse(runtime)
    return versions


@dataclass
class _Child:
    number: int
    pid: int
    folder: str


class _Parent:
    """The loop: one control socket, one descriptor for each child to hear of its end."""

    def __init__(self, config: Config, control: socket.socket) -> None:
        self.config = config
        self.control = control
        self.poll = select.poll()
        self.poll.register(control.fileno(), select.POLLIN)
        self.children: dict[int, _Child] = {}
        # Made while there is room: a child that fills the file system must not keep the next from starting.
        self.made = 0
        self.folders = [self.new_folder() for _ in range(FOLDERS)]

    def new_folder(self) -> str:
        self.made += 1
        folder = f"{self.config.work}/{self.made}"
        os.mkdir(folder, 0o700)
        return folder

    def run(self) -> None:
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor == self.control.fileno():
                    self.hear()
                elif descriptor in self.children:
                    self.reap(descriptor)

    def hear(self) -> None:
        try:
            message, descriptors, _, _ = socket.recv_fds(self.control, MESSAGE_BYTES, 2)
        except ConnectionError:
            message, descriptors = b"", []
        if not message:
            for born in self.children.values():
                _kill(born.pid)
            os._exit(0)
        order = json.loads(message)
        if "spawn" in order:
            self.spawn(order["spawn"], *descriptors)
        elif "kill" in order:
            for born in self.children.values():
                if born.number == order["kill"]:
                    _kill(born.pid)

    def spawn(self, number: int, conversation: int, output: int) -> None:
        folder = self.folders.pop() if self.folders else self.new_folder()
        pid = os.fork()
        if pid == 0:
            child.live(conversation, output, folder, self.config)  # never returns
        os.close(conversation)
        os.close(output)
        try:
            os.setpgid(pid, pid)  # the child does so too; whoever is first
        except OSError:
            pass
        descriptor = os.pidfd_open(pid)
        self.children[descriptor] = _Child(number, pid, folder)
        self.poll.register(descriptor, select.POLLIN)

    def reap(self, descriptor: int) -> None:
        born = self.children.pop(descriptor)
        self.poll.unregister(descriptor)
        _kill(born.pid)  # whatever is left of its group; its number is still taken, for it is not yet reaped
        _, status, used = os.wait4(born.pid, 0)
        os.close(descriptor)
        sweep.empty(born.folder)
        self.folders.append(born.folder)
        report = {"reaped": born.number, "status": status, "cpu_s": used.ru_utime + used.ru_stime}
        try:
            self.control.send(json.dumps(report).encode())
        except OSError:
            os._exit(0)


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except OSError:
            pass
