"""Talking with one child: whole frames both ways, under the driver's clock, never waiting on the child."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Any

from cairn.judge import cgroup, protocol
from cairn.judge.outcome import EndedError, Frame, JudgeError, LearnerError, Outcome
from cairn.judge.parent import Child, Parent
from cairn.judge.sandbox.limits import Limits
from cairn.judge.waiting import READ, WRITE, poll
from cairn.judge.workers import Workers

HELLO_SECONDS = 8.0
OUTPUT_CEILING = 16 << 20
_CHUNK = 1 << 18
_TICK_S = 0.01
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_SLACK = 32 << 20


class Conversation:
    """One child from its hello to its end. Used by one thread at a time.

    Attributes:
        pid: the child's process number as this process sees it; 0 where the host does not tell.
    """

    def __init__(self, parent: Parent | Workers, child: Child) -> None:
        """Wait for the hello.

        Raises:
            JudgeError: when the child does not come up: some layer of its sandbox could not be put on.
        """
        self.parent, self.child = parent, child
        self.limits = Limits()
        self.pid = child.pid
        self.open = True
        self._frames = protocol.Frames()
        self._output = bytearray()
        self._printed = 0
        self._poll = poll()
        self._poll.register(child.stream.fileno(), READ)
        self._poll.register(child.output.fileno(), READ)
        self._began = time.monotonic()
        self._cpu_0 = 0.0
        self._resident_0 = self._peak = self._counted = 0
        try:
            self._hello()
            self._admit()
        except BaseException:
            self.end()
            raise

    # ---- asking -----------------------------------------------------------------------------------------

    def begin(self, limits: Limits) -> tuple[int, int, int]:
        """Start the clocks for a submission; gives the limits its process is to set for itself."""
        self.limits = limits
        self._began = time.monotonic()
        self._cpu_0 = self._cpu()
        size, self._resident_0, data = self._memory()
        self._peak = self._resident_0
        whole = int(limits.cpu_s) + 2  # the driver's clock is finer; this stands in if the driver is held up
        if self.child.group is not None:
            try:
                self.child.group.limit(limits.memory_bytes + 2 * _SLACK)
            except OSError as error:
                raise JudgeError(f"the control group takes no memory limit: {error}") from error
        if not size:
            return whole, 0, 0
        return whole, size + 4 * limits.memory_bytes + _SLACK, data + limits.memory_bytes + _SLACK

    def ask(self, name: str, body: dict[str, Any]) -> Any:  # any plain value
        """Make a request and give its answer.

        Raises:
            LearnerError: when the learner's code raised.
            EndedError: when the child ended or had to be ended.
        """
        if not self.open:
            raise EndedError(Outcome.ERROR, "the process has ended")
        number = secrets.randbits(62)
        data = protocol.frame(protocol.encode((number, name, body)))
        try:
            self._send(data)
            answer = self._receive()
            kind, value = _opened(answer, number)
        except protocol.ProtocolError as error:
            self.end()
            message = f"the answer broke the judge's protocol: {error}"
            raise EndedError(Outcome.FORBIDDEN, message) from error
        if kind == "raised":
            raise raised(value)
        return value

    def end(self) -> None:
        """End the child, whatever it is doing."""
        if not self.open:
            return
        self.open = False
        self._measure()
        self.parent.kill(self.child)
        self._drain()
        self.child.stream.close()
        self.child.output.close()

    # ---- what is known ----------------------------------------------------------------------------------

    @property
    def output(self) -> str:
        """What it printed so far, cut to the limit."""
        if self.open:
            self._drain()
        return self._output.decode("utf-8", "replace")

    @property
    def output_cut(self) -> bool:
        """Whether it printed more than was kept."""
        return self._printed > len(self._output)

    @property
    def memory_bytes(self) -> int:
        """The most memory seen beyond what the warm parent already held."""
        if self.open:
            self._measure()
        return self._counted or max(0, self._peak - self._resident_0)

    @property
    def fresh(self) -> bool:
        """Whether a child that has been waiting is still there."""
        return self.parent.alive and not self.child.ended.is_set() and not self._poll.poll(0)

    @property
    def memory_held_by(self) -> str:
        """What limits its memory, for a person."""
        if self.child.group is not None:
            return f"memory by control group (version {self.child.group.version.number})"
        return "memory by resident size" if self.pid and sys.platform == "linux" else "memory not limited"

    # ---- the wire ---------------------------------------------------------------------------------------

    def _hello(self) -> None:
        until = time.monotonic() + HELLO_SECONDS
        data = b""
        while not data:
            if time.monotonic() > until:
                self.parent.close()  # it is stopped or stuck, and would hold up every later submission too
            if self.child.ended.is_set() or not self.parent.alive:
                said = self.output.strip().splitlines()
                raise JudgeError(
                    f"a child of the {self.parent.stage.runtime} runner did not start {said[-1:]}"
                )
            self._poll.poll(_TICK_S * 1000)
            try:
                data, ancillary = self._first_words()
            except BlockingIOError:
                continue
            for level, kind, value in ancillary:
                if (level, kind) == (socket.SOL_SOCKET, getattr(socket, "SCM_CREDENTIALS", -1)):
                    self.pid = struct.unpack("3i", value[:12])[0]
        self._frames.feed(data)
        hello = self._frames.next()
        if hello is None or protocol.decode(hello) != ("hello", protocol.VERSION):
            raise JudgeError("a child speaks another version of the protocol")

    def _first_words(self) -> tuple[bytes, list[tuple[int, int, bytes]]]:
        """What the child says first, with what the kernel says of it."""
        if not hasattr(self.child.stream, "recvmsg"):
            return self.child.stream.recv(_CHUNK), []
        data, ancillary, _, _ = self.child.stream.recvmsg(_CHUNK, 256)
        return data, ancillary

    def _admit(self) -> None:
        """Give the child a control group of its own, where the host lets us; else its size is watched."""
        place = cgroup.home() if self.pid else None
        if place is None:
            return
        try:
            group = place.group()
        except OSError:
            return
        try:
            group.admit(self.pid)
        except OSError:
            group.close()
            return
        self.child.group = group

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self.child.stream.send(rest) :]
            except BlockingIOError:
                self._wait(READ | WRITE)
            except OSError:
                self._lost()

    def _receive(self) -> bytes:
        while True:
            found = self._frames.next()
            if found is not None:
                return found
            self._wait(READ)
            try:
                data = self.child.stream.recv(_CHUNK)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if not data:
                self._lost()
            self._frames.feed(data)

    def _wait(self, events: int) -> None:
        """Wait until the stream can go on; take in what was printed; hold the limits."""
        self._poll.modify(self.child.stream.fileno(), events)
        while True:
            ready = self._poll.poll(_TICK_S * 1000)
            self._hold(busy=not ready)
            for descriptor, _ in ready:
                if descriptor == self.child.output.fileno():
                    self._drain()
                else:
                    return

    # ---- limits -----------------------------------------------------------------------------------------

    def _hold(self, *, busy: bool) -> None:
        """End the child if it is over a limit; the costly measurements only while it keeps us waiting."""
        if time.monotonic() - self._began > self.limits.wall_s:
            self._stop(Outcome.TIMEOUT, f"no answer after {self.limits.wall_s:g} s")
        if self._printed > OUTPUT_CEILING:
            self._stop(Outcome.ERROR, f"printed more than {OUTPUT_CEILING >> 20} MB")
        if not busy:
            return
        if self._cpu() - self._cpu_0 > self.limits.cpu_s:
            self._stop(Outcome.TIMEOUT, f"used more than {self.limits.cpu_s:g} s of processor time")
        self._measure()
        if self._peak - self._resident_0 > self.limits.memory_bytes + _SLACK:
            self._stop(Outcome.MEMORY, f"used more than {self.limits.memory_bytes >> 20} MB of memory")

    def _stop(self, outcome: Outcome, message: str) -> None:
        self.end()
        raise EndedError(outcome, message)

    def _lost(self) -> None:
        """The child closed the conversation: find out how it ended."""
        self._measure()
        self.child.ended.wait(0.05)
        self.parent.kill(self.child)  # it may have closed its end and gone on
        self.child.ended.wait(2)
        end = self.child.end
        self.end()
        if end is None:
            raise JudgeError("the warm parent died")
        if end.out_of_memory:
            raise EndedError(Outcome.MEMORY, f"used more than {self.limits.memory_bytes >> 20} MB of memory")
        over = end.cpu_s - self._cpu_0 > self.limits.cpu_s
        raise _explained(end.code, over=over, limits=self.limits)

    def _cpu(self) -> float:
        """Seconds of processor time the child has used."""
        if not self.pid or sys.platform != "linux":
            return 0.0
        try:
            return time.clock_gettime(
                (~self.pid << 3) | 2
            )  # the clock of another process: clock_getcpuclockid(3)
        except OSError:
            return 0.0

    def _memory(self) -> tuple[int, int, int]:
        """(address space, resident, private writable) bytes of the child; zeros if the host does not tell."""
        try:
            words = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split() if self.pid else []
        except OSError:
            words = []
        return (int(words[0]) * _PAGE, int(words[1]) * _PAGE, int(words[5]) * _PAGE) if words else (0, 0, 0)

    def _measure(self) -> None:
        self._peak = max(self._peak, self._memory()[1])
        if self.child.group is not None:
            self._counted = max(self._counted, self.child.group.peak)

    def _drain(self) -> None:
        while True:
            try:
                data = self.child.output.recv(_CHUNK)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                self._poll.unregister(self.child.output.fileno()) if self.open else None
                return
            self._printed += len(data)
            room = self.limits.output_bytes - len(self._output)
            self._output += data[: max(0, room)]
            if self._printed > OUTPUT_CEILING:
                return


def _opened(data: bytes, number: int) -> tuple[str, Any]:
    """An answer's kind and value, if it is an answer to this request."""
    answer = protocol.decode(data)
    if type(answer) is not tuple or len(answer) != 3 or type(answer[0]) is not int:
        raise protocol.ProtocolError("not an answer")
    if answer[0] != number:
        raise protocol.ProtocolError("an answer to a question that was not asked")
    if answer[1] not in ("done", "raised"):
        raise protocol.ProtocolError("an answer of no known kind")
    return answer[1], answer[2]


def raised(value: object) -> LearnerError:
    """The exception a child reports, every part of it checked: the child may say anything."""
    report: dict[str, Any] = value if type(value) is dict else {}
    frames = []
    for frame in report.get("frames") or ():
        if type(frame) is tuple and [type(part) for part in frame] == [str, int, str, str]:
            frames.append(Frame(frame[0][:200], frame[1], frame[2][:200], frame[3][:200]))  # noqa: PERF401
    refused = report.get("refused")
    return LearnerError(
        str(report.get("type", "Exception"))[:100],
        str(report.get("message", ""))[:2000],
        frames[:8],
        refused[:300] if type(refused) is str else None,
    )


def _explained(code: int, *, over: bool, limits: Limits) -> EndedError:
    """What an exit status means for the learner."""
    timeout = EndedError(Outcome.TIMEOUT, f"used more than {limits.cpu_s:g} s of processor time")
    killed = -getattr(signal, "SIGKILL", 9)
    if code == -getattr(signal, "SIGXCPU", 24) or (over and code == killed):
        return timeout
    if code == killed:
        return EndedError(Outcome.ERROR, "the process closed its end of the conversation")
    if code in {-signal.SIGSEGV, -getattr(signal, "SIGBUS", 7)}:
        return EndedError(Outcome.ERROR, "the process crashed; most often this is recursion without an end")
    if code == -getattr(signal, "SIGSYS", 0):
        return EndedError(Outcome.FORBIDDEN, "made a system call in a way that is never allowed")
    if code < 0:
        return EndedError(Outcome.ERROR, f"the process was ended by {signal.Signals(-code).name}")
    return EndedError(Outcome.ERROR, f"the code ended its own process (exit code {code})")
