"""The C library: system calls that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import sys

LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38


def system_call(number: int, *arguments: object) -> int:
    """Make a system call.

    Raises:
        OSError: when the kernel refuses it.
    """
    if LIBC is None:
        raise OSError("only Linux has these system calls")
    found: int = LIBC.syscall(ctypes.c_long(number), *(_word(a) for a in arguments))
    if found < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return found


def prctl(option: int, *arguments: object) -> int:
    """Set an attribute of this process.

    Raises:
        OSError: when the kernel refuses it.
    """
    if LIBC is None:
        raise OSError("only Linux has prctl")
    words = [*(_word(a) for a in arguments), *[ctypes.c_ulong(0)] * (4 - len(arguments))]
    found: int = LIBC.prctl(option, *words)
    if found < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl {option}: {os.strerror(code)}")
    return found


def _word(value: object) -> object:
    """Integers as whole machine words: ctypes would pass 32 bits and leave the rest to chance."""
    return ctypes.c_long(value) if isinstance(value, int) else value
