"""Names for workers that say which process they are, so that another on the same machine knows when it is gone.

Where the host does not tell (it does on Linux), a name says nothing, and a dead worker is noticed when its lease
has run out.
"""

from __future__ import annotations

import os
import uuid
from functools import cache
from pathlib import Path

_START_FIELD = 19  # of /proc/PID/stat after the command's name: proc(5), field 22 counted from 1


def worker_name() -> str:
    """A new name, at most 64 characters: `machine.process.start.random`, or random alone."""
    machine, start = _machine(), _started(os.getpid())
    unique = uuid.uuid4().hex[:12]
    return f"{machine}.{os.getpid()}.{start}.{unique}" if machine and start else unique


def is_gone(name: str) -> bool:
    """Whether the worker of this name is a process of this machine that has ended; False if that is not known."""
    machine, _, rest = name.partition(".")
    process, _, rest = rest.partition(".")
    start = rest.partition(".")[0]
    if not machine or machine != _machine() or not process.isdigit() or not start:
        return False
    return _started(int(process)) != start


@cache
def _machine() -> str:
    """The present run of a machine, alike for all that see the same process numbers; empty if unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        space = str(Path("/proc/self/ns/pid").readlink())
    except (OSError, UnicodeDecodeError):
        return ""
    return boot[:8] + "".join(c for c in space if c.isdigit())


def _started(process: int) -> str:
    """When a process began, in ticks since the machine's start; empty if it has ended or cannot be seen."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()  # the name before it may hold spaces and brackets
    if len(fields) <= _START_FIELD or fields[0] in {"Z", "X"}:
        return ""
    return fields[_START_FIELD]
