"""One warm parent, seen from the driver: started, asked for children, listened to, ended."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from cairn.judge import staging
from cairn.judge.cgroup import Group
from cairn.judge.outcome import JudgeError, KilledError
from cairn.judge.sandbox.tier import Tier
from cairn.judge.waiting import Pipe, Source

START_SECONDS = 60.0
_CLOSING_SECONDS = 1.0
_ENDING_SECONDS = 1.0
_MESSAGE_BYTES = 1 << 16
FLAGS = ("-P", "-s", "-S", "-B")  # as -I, but the environment below counts: it holds the hash seed
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/",
    "PYTHONHASHSEED": "0",
    **dict.fromkeys(_THREADS, "1"),
}


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended.

    Attributes:
        code: its exit status as `os.waitstatus_to_exitcode` gives it.
        cpu_s: its processor time.
        out_of_memory: whether the kernel ended it for holding more than its control group may.
    """

    code: int
    cpu_s: float
    out_of_memory: bool = False


@dataclass(slots=True)
class Child:
    """One forked child, before or while it holds a submission.

    Attributes:
        number: its number with its parent.
        stream: the driver's end of the conversation.
        output: from which what it prints is read.
        end: how it ended, once `ended` is set; None if its parent died first.
        group: the control group that limits its memory, where the host gives one.
        pid: its process number, where that is known before it speaks; else 0.
    """

    number: int
    stream: socket.socket
    output: Source
    ended: threading.Event = field(default_factory=threading.Event)
    end: End | None = None
    group: Group | None = None
    pid: int = 0


class Parent:
    """A warm parent process and the thread that hears from it. Safe to use from several threads."""

    def __init__(self, stage: staging.Stage, tier: Tier) -> None:
        """Start it and wait until it is warm.

        Raises:
            JudgeError: when it does not come up in this tier.
        """
        self.stage, self.tier = stage, tier
        self._lock = threading.Lock()
        self._children: dict[int, Child] = {}
        self._groups: list[Group] = []
        self._listener: threading.Thread | None = None
        self._count = 0
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        log = stage.folder / "log"
        with log.open("wb") as errors, theirs:
            self._process = subprocess.Popen(  # our own program  # noqa: S603
                [staging.python(), *FLAGS, str(stage.program / "start.py"), self._config(theirs)],
                stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, pass_fds=[theirs.fileno()], cwd="/",
                env=ENVIRONMENT, start_new_session=True,
            )  # fmt: skip
        self._control.settimeout(START_SECONDS)
        try:
            message = self._control.recv(_MESSAGE_BYTES)
        except OSError:
            message = b""
        if not message:
            killed = self.was_killed()
            self.close()
            if killed:
                raise KilledError(f"the {stage.runtime} runner was killed while it started")
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise JudgeError(
                f"the {stage.runtime} runner did not start in tier {tier.value}: {' | '.join(said[-1:])}"
            )
        self.versions: dict[str, str] = json.loads(message)["ready"]
        self._control.settimeout(None)
        self.alive = True
        self._listener = threading.Thread(target=self._listen, name=f"judge-{stage.runtime}", daemon=True)
        self._listener.start()

    def _config(self, theirs: socket.socket) -> str:
        stage = self.stage
        config: dict[str, object] = {"fd": theirs.fileno(), "runtime": stage.runtime}
        config["sandboxed"] = self.tier is not Tier.PLAIN
        if self.tier is Tier.FULL:
            house = stage.house
            places = [p for _, p in house["binds"] if p != "/program"]  # type: ignore[attr-defined]
            readable = [*places, *house["devices"]]  # type: ignore[misc]
            config |= {"site": "/site", "work": "/work", "house": house, "readable": readable}
            config |= {"python": staging.python(), "program": "/program/start.py"}
        else:
            config |= {"site": str(stage.site), "work": str(stage.work), "readable": stage.readable}
        return json.dumps(config)

    def spawn(self) -> Child:
        """Ask for a child; it says hello on its stream when it is ready.

        Raises:
            JudgeError: when the parent is gone.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        read, write = os.pipe()
        if sys.platform == "linux":
            ours.setsockopt(
                socket.SOL_SOCKET, socket.SO_PASSCRED, 1
            )  # the kernel will tell the child's number
        ours.setblocking(False)  # noqa: FBT003
        with self._lock:
            self._count += 1
            child = Child(self._count, ours, Pipe(read))
            self._children[child.number] = child
        try:
            socket.send_fds(
                self._control, [json.dumps({"spawn": child.number}).encode()], [theirs.fileno(), write]
            )
        except OSError as error:
            self._forget(child.number)
            ours.close()
            os.close(read)
            raise JudgeError("the warm parent is gone") from error
        finally:
            theirs.close()
            os.close(write)
        return child

    def kill(self, child: Child) -> None:
        """End a child and its group."""
        try:  # noqa: SIM105
            self._control.send(json.dumps({"kill": child.number}).encode())
        except OSError:
            pass

    def close(self) -> None:
        """End the parent and with it every child."""
        self.alive = False
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # wakes the thread that hears from it
        self._process.kill()
        self._process.wait()
        if self._listener is not None and threading.current_thread() is not self._listener:
            self._listener.join(_CLOSING_SECONDS)
        self._control.close()
        with self._lock:
            self._groups += [child.group for child in self._children.values() if child.group is not None]
        until = time.monotonic() + _CLOSING_SECONDS
        while self._remove_groups() and time.monotonic() < until:
            time.sleep(0.005)  # the children are dying; a group can be removed once it is empty

    def _remove_groups(self) -> int:
        """Remove the groups of children that are gone; gives how many are still in use."""
        with self._lock:
            self._groups = [group for group in self._groups if not group.close()]
            return len(self._groups)

    def was_killed(self) -> bool:
        """Whether it, or the process it keeps its namespaces with, was ended by SIGKILL."""
        try:
            code = self._process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return code in {-9, 256 - 9}  # the keeper hands the other's end on as an exit status

    def _listen(self) -> None:
        while True:
            try:
                message = self._control.recv(_MESSAGE_BYTES)
            except OSError:
                message = b""
            if not message:
                break
            report = json.loads(message)
            child = self._forget(report["reaped"])
            if child is not None:
                over = child.group is not None and child.group.exceeded
                child.end = End(os.waitstatus_to_exitcode(report["status"]), report["cpu_s"], over)
                child.ended.set()
                if child.group is not None:
                    with self._lock:
                        self._groups.append(child.group)
                    self._remove_groups()
        self.alive = False
        with self._lock:
            left = list(self._children.values())
        for child in left:
            child.ended.set()

    def _forget(self, number: int) -> Child | None:
        with self._lock:
            return self._children.pop(number, None)
