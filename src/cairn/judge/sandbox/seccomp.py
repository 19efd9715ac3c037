"""seccomp: the kernel refuses every system call that is not on the list.

A refused call answers EPERM rather than killing, so that the learner reads an error message; a foreign
architecture or calling convention kills, because there the numbers would mean something else.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache

from .libc import PR_SET_SECCOMP, prctl
from .syscalls import ALLOWED, Architecture, here

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOTTY, _ENOSYS = 1, 25, 38
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_MODE_FILTER = 2
_OWN_PID = 0x7AB1C0DE  # stands for the process's own number until the filter is installed

# Arguments that are safe for calls which are not safe with any argument.
_PRCTL = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
_IOCTL = (0x5401, 0x541B, 0x5421, 0x5451)  # TCGETS, FIONREAD, FIONBIO, FIOCLEX
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 1030)  # no F_SETOWN, which aims signals at other processes


class _Filter:
    """A program for the kernel's packet filter, with labels instead of counted jumps.

    Counted by hand, one wrong jump turns "refuse" into "allow"; the tests run the attacks all the same.
    """

    def __init__(self) -> None:
        self.lines: list[tuple[int, int, str | None, str | None]] = []
        self.labels: dict[str, int] = {}

    def add(self, code: int, value: int, then: str | None = None, otherwise: str | None = None) -> None:
        self.lines.append((code, value, then, otherwise))

    def label(self, name: str) -> None:
        self.labels[name] = len(self.lines)

    def assemble(self) -> bytes:
        out = []
        for at, (code, value, *targets) in enumerate(self.lines):
            jumps = [0 if t is None else self.labels[t] - at - 1 for t in targets]
            if not all(0 <= jump < 256 for jump in jumps):
                raise ValueError(f"a jump of the filter is too long: {jumps}")
            out.append(struct.pack("<HBBI", code, *jumps, value))
        return b"".join(out)


def _program(architecture: Architecture) -> bytes:
    """The filter: architecture first, then the calls allowed with any argument, then those with some."""
    numbers = architecture.numbers
    f = _Filter()
    f.add(_LOAD, _ARCH)
    f.add(_EQUAL, architecture.audit, "native")
    f.add(_RETURN, _KILL)
    f.label("native")
    f.add(_LOAD, _NUMBER)
    f.add(_AT_LEAST, 0x40000000, None, "known")  # the x32 calls of x86-64
    f.add(_RETURN, _KILL)
    f.label("known")
    for nr in sorted(numbers[name] for name in ALLOWED if name in numbers):
        f.add(_EQUAL, nr, None, f"not {nr}")
        f.add(_RETURN, _ALLOW)
        f.label(f"not {nr}")
    # clone3 hides its flags behind a pointer; told that it does not exist, the C library falls back to clone.
    _when(f, numbers["clone3"], _ENOSYS, 0, ())
    _when(f, numbers["prctl"], _EPERM, 0, _PRCTL)
    _when(f, numbers["ioctl"], _ENOTTY, 1, _IOCTL)
    _when(f, numbers["fcntl"], _EPERM, 1, _FCNTL)
    _when(f, numbers["tgkill"], _EPERM, 0, (_OWN_PID,))
    _when(f, numbers["prlimit64"], _EPERM, 0, (0,))
    f.add(_RETURN, _ERRNO | _EPERM)
    return f.assemble()


def _when(f: _Filter, nr: int, error: int, argument: int, values: tuple[int, ...]) -> None:
    """Allow a call if one argument (its low 32 bits, which is all these calls read) has one of the values."""
    f.add(_EQUAL, nr, None, f"not {nr}")
    f.add(_LOAD, _ARGUMENTS + 8 * argument)
    for value in values:
        f.add(_EQUAL, value, f"allow {nr}")
    f.add(_RETURN, _ERRNO | error)
    f.label(f"allow {nr}")
    f.add(_RETURN, _ALLOW)
    f.label(f"not {nr}")


@cache
def program() -> bytes | None:
    """The filter for this machine, or None where the processor is unknown. Call it once before forking."""
    architecture = here()
    return None if architecture is None else _program(architecture)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def install(pid: int) -> None:
    """Put this process under the filter, for good. `no_new_privs` must be set.

    Args:
        pid: its own number, the only one it may signal.

    Raises:
        OSError: where the kernel or the processor does not know seccomp filters.
    """
    code = program()
    if code is None:
        raise OSError("no seccomp filter is known for this processor")
    code = code.replace(struct.pack("<I", _OWN_PID), struct.pack("<I", pid))
    memory = ctypes.create_string_buffer(code, len(code))
    whole = _Program(len(code) // 8, ctypes.addressof(memory))
    prctl(PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(whole))
