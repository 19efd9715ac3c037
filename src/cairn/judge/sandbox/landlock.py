"""Landlock: which files a process may touch, whom it may signal, and no TCP. Rules only ever tighten."""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

from .libc import system_call
from .syscalls import number

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_FIRST = (1 << 13) - 1
_READ = _READ_FILE | _READ_DIR
_OWN = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
_ON_FILES = _READ_FILE | _WRITE_FILE | _TRUNCATE


class _Attributes(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The version of Landlock in this kernel; 0 where it has none."""
    try:
        return system_call(number("landlock_create_ruleset"), None, 0, 1)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> int:
    """Allow reading below some paths and reading and writing below others; refuse the rest, for good.

    Nothing may be executed, no link, device, socket or pipe made. From version 4 on no TCP, from 6 on no
    signal to a process outside and no abstract socket outside. A path that does not exist is passed over.

    Returns:
        The version of Landlock that holds.

    Raises:
        OSError: where the kernel has none.
    """
    found = version()
    if found < 1:
        raise OSError("this kernel has no Landlock")
    handled = _FIRST | (_REFER if found >= 2 else 0) | (_TRUNCATE if found >= 3 else 0)
    handled |= _IOCTL if found >= 5 else 0
    attributes = _Attributes(handled, 3 if found >= 4 else 0, 3 if found >= 6 else 0)
    size = 24 if found >= 6 else 16 if found >= 4 else 8
    rules = system_call(number("landlock_create_ruleset"), ctypes.byref(attributes), size, 0)
    try:
        for paths, allowed in ((readable, _READ), (writable, _OWN)):
            for path in paths:
                _add(rules, path, allowed & handled)
        system_call(number("landlock_restrict_self"), rules, 0)
    finally:
        os.close(rules)
    return found


def _add(rules: int, path: str, allowed: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            allowed &= _ON_FILES
        rule = _Beneath(allowed, place)
        system_call(number("landlock_add_rule"), rules, 1, ctypes.byref(rule), 0)
    finally:
        os.close(place)
