"""Real processes to be killed: a server, workers, and what they start; and a client that trusts nothing."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE_S = 60
PACE_S = 0.1
ENOUGH = 20


class House:
    """A server without a worker of its own, and some workers, over one database. What dies is started again."""

    def __init__(self, environment: dict[str, str], folder: Path, workers: int = 2) -> None:
        self.environment, self.folder = environment, folder
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.cookie = ""
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        for name in ["server", *(f"worker-{n}" for n in range(workers))]:
            self.start(name)
        self.cookie = self._let_in()

    def start(self, name: str) -> None:
        """Start one of the processes."""
        command = (
            ["up", "--no-open", "--no-worker", "--port", str(self.port)]
            if name == "server"
            else ["worker", "--jobs", "1"]
        )
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", "-m", "cairn", *command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def restart_dead(self) -> None:
        """Start again whatever is not running."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self.start(name)

    def kill(self, kind: str, choose) -> bool:
        """Kill -9 something of a kind; whether there was one to kill."""
        workers = [p for n, p in self.processes.items() if n.startswith("worker") and p.poll() is None]
        if kind == "server":
            victims = [self.processes["server"].pid] if self.processes["server"].poll() is None else []
        elif kind == "worker":
            victims = [p.pid for p in workers]
        else:
            # A worker's child holds the namespaces; its child is the warm parent; its children hold submissions.
            depth = {"keeper": 1, "parent": 2, "runner": 3}[kind]
            victims = [p.pid for p in workers]
            for _ in range(depth):
                victims = [child for pid in victims for child in children(pid)]
        if not victims:
            return False
        with suppress(ProcessLookupError):
            os.kill(choose(victims), signal.SIGKILL)
            return True
        return False

    def close(self) -> None:
        """End everything."""
        for process in self.processes.values():
            process.kill()
            process.wait()

    def log(self) -> str:
        """What all of them said, and where their threads stand. They end by it."""
        for process in self.processes.values():
            process.send_signal(signal.SIGABRT)
            process.wait()
        return "\n".join(p.read_text(errors="replace")[-3000:] for p in sorted(self.folder.glob("*.log")))

    def ask(self, method: str, path: str, body: object = None, timeout: float = 10) -> tuple[int, bytes, str]:
        """One request; its status, body and cookie.

        Raises:
            OSError: no answer came.
        """
        host = f"127.0.0.1:{self.port}"
        headers = {"Host": host, "Origin": f"http://{host}", "Cookie": self.cookie}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body), "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers.get("set-cookie", "")
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def _let_in(self) -> str:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = re.search(r"http://\S+token=\S+", (self.folder / "server.log").read_text())
            if found:
                with suppress(OSError):
                    parts = urlsplit(found[0])
                    return self.ask("GET", f"{parts.path}?{parts.query}")[2].partition(";")[0]
            time.sleep(0.02)
        raise AssertionError(self.log())


class Client(threading.Thread):
    """Hands code in, one after another, until told to stop; keeps what was acknowledged.

    It waits while much is waiting, so that a slow machine has no more to judge in the end than a fast one.
    """

    def __init__(self, house: House, name: str, waiting: Callable[[], int]) -> None:
        super().__init__(name=name)
        self.house, self.waiting = house, waiting
        self.over = threading.Event()
        self.acknowledged: dict[int, str] = {}
        self.unanswered = 0

    def run(self) -> None:
        """Hand in until told to stop."""
        count = 0
        while not self.over.wait(PACE_S):
            if self.waiting() > ENOUGH:
                continue
            count += 1
            sign = "+" if count % 3 else "-"
            code = f"def add(a, b):\n    return a {sign} b  # {self.name} {count}\n"
            try:
                status, body, _ = self.house.ask("POST", "/api/practice/write-add", {"code": code})
            except OSError:
                self.unanswered += 1
                continue
            assert status == 202, (status, body)
            self.acknowledged[json.loads(body)["submission"]] = code


def children(pid: int) -> list[int]:
    """The children of a process, started by any of its threads."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found += map(int, (task / "children").read_text().split())
    return found
