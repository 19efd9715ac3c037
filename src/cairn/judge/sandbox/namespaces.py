"""Namespaces: a process tree with its own processes, mounts, network and shared memory.

The warm parent lives here, so that even a hole in the inner layers leads into an empty house: no network
interface, no host process to signal, and a read-only root that holds Python, NumPy and the runner alone.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .libc import LIBC, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, prctl, system_call
from .syscalls import number

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x20000,
    0x4000000,
    0x8000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_NOATIME, _RELATIME = 1024, 1 << 21
_DETACH = 2
_NOBODY = 65534
_SIGKILL = 9


@dataclass(frozen=True, slots=True)
class House:
    """The root that the runner will see.

    Attributes:
        root: an empty folder to build it on; nothing is written into it, it is only mounted over.
        binds: (source, place) pairs mounted read-only.
        masks: places below the binds that must look empty.
        devices: device files to have, such as /dev/null.
        scratch: the one place that can be written: a small file system in memory.
        scratch_bytes: its size.
    """

    root: str
    binds: Sequence[tuple[str, str]]
    masks: Sequence[str]
    devices: Sequence[str]
    scratch: str
    scratch_bytes: int = 64 << 20


def enter(house: House) -> None:
    """Move into new namespaces; returns only in their first process, which has no privileges left.

    The process that called stays outside as their keeper, holds nothing, and ends with the same exit code.

    Raises:
        OSError: where the host does not allow it. Nothing has been changed that others see.
    """
    mapped = _unshare()
    child = os.fork()
    if child:
        _keep(child)
    prctl(PR_SET_PDEATHSIG, _SIGKILL)
    _furnish(house)
    _drop(mapped)
    prctl(PR_SET_PDEATHSIG, _SIGKILL)  # changing the user cleared it
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def _unshare() -> bool:
    """New namespaces; says whether a user namespace was needed.

    Root needs none, and then changes to an unprivileged user that is really another one. An ordinary user is
    mapped to itself; so is root where the container it sits in took the right away.
    """
    flags = _NEWNS | _NEWUTS | _NEWIPC | _NEWPID | _NEWNET
    user, group = os.getuid(), os.getgid()
    if user == 0:
        try:
            system_call(number("unshare"), flags)
        except PermissionError:
            pass
        else:
            return False
    system_call(number("unshare"), flags | _NEWUSER)
    inner = _NOBODY if user == 0 else user
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{inner} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{inner if user == 0 else group} {group} 1", encoding="ascii")
    return True


def _keep(child: int) -> None:
    """Wait outside until the namespaces' first process ends, then end as it did."""
    os.closerange(0, 64)
    _, status = os.waitpid(child, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _furnish(house: House) -> None:
    """Build the root, move into it, let the old one go."""
    _mount(None, "/", None, _REC | _PRIVATE)
    root = house.root
    _mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "size=1m,mode=0755")
    for source, place in house.binds:
        _bind(source, root + place, _NODEV)
    for device in house.devices:
        _bind(device, root + device, 0)
    for place in house.masks:
        if Path(root + place).is_dir():
            _mount("tmpfs", root + place, "tmpfs", _NOSUID | _NODEV | _RDONLY, "size=4k,mode=0555")
    Path(root + house.scratch).mkdir(parents=True)
    options = f"size={house.scratch_bytes},nr_inodes=4096,mode=1777"
    _mount("tmpfs", root + house.scratch, "tmpfs", _NOSUID | _NODEV | _NOEXEC, options)
    old = root + "/.old"
    Path(old).mkdir()
    system_call(number("pivot_root"), _path(root), _path(old))
    os.chdir("/")
    system_call(number("umount2"), _path("/.old"), _DETACH)
    Path("/.old").rmdir()
    _mount(None, "/", None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)


def _bind(source: str, place: str, extra: int) -> None:
    """Show a folder or a file at another place, read-only."""
    path = Path(place)
    if Path(source).is_dir():
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    _mount(source, place, None, _BIND)
    # In a user namespace a mount's own restrictions are locked; leaving one out would be refused.
    held = os.statvfs(place).f_flag
    kept = (held & (_NOEXEC | _NOATIME | _NOSUID | _NODEV)) | (_RELATIME if held & 4096 else 0)
    _mount(None, place, None, _REMOUNT | _BIND | _RDONLY | _NOSUID | extra | kept)


def _drop(mapped: bool) -> None:  # noqa: FBT001
    """Give up every privilege, including the right to get one back."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break
    if mapped:
        return  # the user is not root here, so the next exec drops what the user namespace gave
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _mount(source: str | None, place: str, kind: str | None, flags: int, options: str = "") -> None:
    if LIBC is None:
        raise OSError("only Linux has mount namespaces")
    words = [None if t is None else os.fsencode(t) for t in (source, place, kind)]
    if LIBC.mount(*words, ctypes.c_ulong(flags), os.fsencode(options)) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"mount {place}: {os.strerror(code)}")


def _path(text: str) -> object:
    return ctypes.c_char_p(os.fsencode(text))
