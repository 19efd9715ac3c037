"""Workers made ahead, one process each, where there is no fork to be had from a warm parent (macOS, Windows).

They stand in the place of `parent.Parent`. Each is started whole, warms up while nobody waits, holds one
submission and ends. It calls back over the loopback interface with a token that only it was given, which
works alike on every system.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from cairn.judge import staging
from cairn.judge.cgroup import Group
from cairn.judge.outcome import JudgeError
from cairn.judge.parent import ENVIRONMENT, FLAGS, START_SECONDS, Child, End
from cairn.judge.sandbox.tier import Tier

_TOKEN_BYTES = 32
_SYSTEM = ("SYSTEMROOT", "TEMP", "TMP")  # what Windows needs to start any program


class Workers:
    """Starts workers and hears of their end. Safe to use from several threads.

    Attributes:
        stage: the folder they are started from.
        tier: always `plain`: nothing here is a sandbox.
        alive: until it is closed.
        versions: of Python and the libraries in them.
    """

    def __init__(self, stage: staging.Stage) -> None:
        """Start the first one, to see that it comes up.

        Raises:
            JudgeError: when it does not.
        """
        self.stage, self.tier, self.alive = stage, Tier.PLAIN, True
        self.versions: dict[str, str] = {}
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._count = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(0.5)
        self._first: Child | None = None
        try:
            self._first = self._start()
        except BaseException:
            self.close()
            raise

    def spawn(self) -> Child:
        """A new worker, warm.

        Raises:
            JudgeError: when it does not come up.
        """
        with self._lock:
            first, self._first = self._first, None
        return first if first is not None and not first.ended.is_set() else self._start()

    def kill(self, child: Child) -> None:
        """End a worker and its group."""
        with self._lock:
            process = self._running.get(child.number)
        if process is not None:
            _kill(process)

    def close(self) -> None:
        """End every worker."""
        self.alive = False
        with self._lock:
            running = list(self._running.values())
            first, self._first = self._first, None
        for process in running:
            _kill(process)
        for process in running:
            process.wait()
        if first is not None:
            first.stream.close()
            first.output.close()
        self._door.close()

    def _start(self) -> Child:
        with self._starting:
            if not self.alive:
                raise JudgeError("the judge is closed")
            token = secrets.token_hex(_TOKEN_BYTES)
            folder = Path(tempfile.mkdtemp(dir=self.stage.work))
            config: dict[str, object] = {
                "runtime": self.stage.runtime, "site": str(self.stage.site), "work": str(folder),
                "sandboxed": False, "fd": -1, "door": self._door.getsockname()[1], "token": token,
                "packages": {name: str(path) for name, path in self.stage.packages} if not self.stage.linked else {},
            }  # fmt: skip
            system = {name: os.environ[name] for name in _SYSTEM if name in os.environ}
            log = self.stage.folder / "log"
            with log.open("wb") as errors:
                process = subprocess.Popen(  # our own program  # noqa: S603
                    [staging.python(), *FLAGS, str(self.stage.program / "start.py"), json.dumps(config)],
                    stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, cwd=folder,
                    env={**system, **ENVIRONMENT}, start_new_session=True,
                )  # fmt: skip
            try:
                stream, output = self._met(process, token)
            except BaseException:
                _kill(process)
                process.wait()
                staging.remove(folder)
                said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
                if said:
                    raise JudgeError(f"a {self.stage.runtime} worker did not start: {said[-1]}") from None
                raise
        with self._lock:
            self._count += 1
            child = Child(self._count, stream, output, pid=process.pid)
            self._running[child.number] = process
        threading.Thread(
            target=self._wait, args=(child, process, folder), name=f"judge-worker-{child.number}", daemon=True
        ).start()
        return child

    def _met(self, process: subprocess.Popen[bytes], token: str) -> tuple[socket.socket, socket.socket]:
        """The two connections a worker makes: what is said, then what is printed."""
        found: dict[str, socket.socket] = {}
        until = time.monotonic() + START_SECONDS
        while len(found) < 2:
            if process.poll() is not None or time.monotonic() > until or not self.alive:
                for caller in found.values():
                    caller.close()
                raise JudgeError("a worker did not call back")
            with suppress(TimeoutError):
                caller, _ = self._door.accept()
                hello = _line(caller)
                if hello is None or not hmac.compare_digest(str(hello.get("token")), token):
                    caller.close()  # somebody else on this machine
                    continue
                caller.setblocking(False)  # noqa: FBT003
                found[str(hello.get("for"))] = caller
                told = hello.get("versions")
                if isinstance(told, dict) and told:
                    self.versions = told
        found["conversation"].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found["conversation"], found["output"]

    def _wait(self, child: Child, process: subprocess.Popen[bytes], folder: Path) -> None:
        code = process.wait()
        _kill(process)  # whatever is left of its group
        group: Group | None = child.group
        child.end = End(code, 0.0, group is not None and group.exceeded)
        child.ended.set()
        with self._lock:
            self._running.pop(child.number, None)
        if group is not None:
            group.close()
        staging.remove(folder)


def _line(caller: socket.socket) -> dict[str, object] | None:
    """The first line of a connection, as JSON; None if it is none."""
    caller.settimeout(2.0)
    data = b""
    try:
        while not data.endswith(b"\n") and len(data) < 4096:
            more = caller.recv(1)
            if not more:
                return None
            data += more
        found = json.loads(data)
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform != "win32":
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()
