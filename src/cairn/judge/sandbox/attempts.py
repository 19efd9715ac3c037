"""Tries what a sandbox must refuse, and tells what it could do all the same.

Handed to a runner as if it were a learner's source; it imports nothing of Cairn. `attempt` is called with
things the driver has set out: a file that must stay secret, a folder that must stay empty, sockets that
listen.
"""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Callable

Bait = dict[str, object]


def attempt(bait: Bait) -> list[str]:
    """The names of the forbidden things that worked. An empty list is a tight sandbox."""
    found = []
    for name, act in ATTEMPTS.items():
        try:
            worked = act(bait)
        except (OSError, RuntimeError):
            worked = False
        if worked:
            found.append(name)
    return found


def _read_secret(bait: Bait) -> bool:
    with open(str(bait["secret"]), "rb") as file:
        return bool(file.read())


def _read_passwords(_bait: Bait) -> bool:
    with open("/etc/passwd", "rb") as file:
        return bool(file.read())


def _list_processes(_bait: Bait) -> bool:
    return any(name.isdigit() for name in os.listdir("/proc"))


def _parent_memory(_bait: Bait) -> bool:
    with open(f"/proc/{os.getppid()}/maps", "rb") as file:
        return bool(file.read())


def _write_outside(bait: Bait) -> bool:
    for place in (bait["folder"], "/tmp", "/dev/shm", "/var/tmp", ".."):  # noqa: S108
        try:
            with open(f"{place}/cairn-probe", "wb"):
                return True
        except OSError:
            continue
    return False


def _link(bait: Bait) -> bool:
    os.symlink(str(bait["secret"]), "probe-link")
    return True


def _hard_link(bait: Bait) -> bool:
    os.link(str(bait["secret"]), "probe-link")
    return True


def _network(bait: Bait) -> bool:
    with socket.create_connection(("127.0.0.1", int(str(bait["port"]))), timeout=1):
        return True


def _abstract_socket(bait: Bait) -> bool:
    with socket.socket(socket.AF_UNIX) as other:
        other.connect("\0" + str(bait["abstract"]))
    return True


def _socket(_bait: Bait) -> bool:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    return True


def _fork(_bait: Bait) -> bool:
    if os.fork() == 0:
        os._exit(0)
    return True


def _execute(_bait: Bait) -> bool:
    pid = os.posix_spawn("/bin/true", ["/bin/true"], {})
    return pid > 0


def _signal_parent(_bait: Bait) -> bool:
    os.kill(os.getppid(), 0)
    return True


def _signal_everyone(_bait: Bait) -> bool:
    os.kill(-1, 0)
    return True


def _system_call(number: int, *arguments: object) -> Callable[[Bait], bool]:
    def act(_bait: Bait) -> bool:
        library = ctypes.CDLL(None)
        words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
        return bool(library.syscall(ctypes.c_long(number), *words) >= 0)

    return act


def _calls() -> dict[str, Callable[[Bait], bool]]:
    """Raw system calls; the numbers above 423 are the same on every processor."""
    buffer = ctypes.create_string_buffer(256)
    found = {
        "pidfd_open": _system_call(434, os.getppid(), 0),
        "io_uring_setup": _system_call(425, 8, buffer),
        "clone3": _system_call(435, buffer, 88),
    }
    if os.uname().machine == "x86_64":
        found |= {
            "ptrace": _system_call(101, 16, os.getppid(), 0, 0),
            "unshare": _system_call(272, 0x10000000),
            "setsid": _system_call(112),
            "setpgid": _system_call(109, 0, 0),
            "mount": _system_call(165, b"none", b"/", b"tmpfs", 0, None),
            "keyctl": _system_call(250, 0, -3, 0),
            "add_key": _system_call(248, b"user", b"probe", b"x", 1, -3),
            "bpf": _system_call(321, 5, buffer, 120),
            "perf_event_open": _system_call(298, buffer, 0, -1, -1, 0),
            "userfaultfd": _system_call(323, 0),
            "memfd_create": _system_call(319, b"probe", 0),
            "process_vm_readv": _system_call(310, os.getppid(), buffer, 1, buffer, 1, 0),
            "fcntl F_SETOWN": _system_call(72, 3, 8, os.getppid()),
            "ioctl TIOCSTI": _system_call(16, 1, 0x5412, buffer),
        }
    return found


ATTEMPTS: dict[str, Callable[[Bait], bool]] = {
    "read a secret file": _read_secret,
    "read /etc/passwd": _read_passwords,
    "list the processes": _list_processes,
    "read the parent's memory map": _parent_memory,
    "write outside its folder": _write_outside,
    "make a symbolic link": _link,
    "make a hard link": _hard_link,
    "connect to the network": _network,
    "connect to an abstract socket": _abstract_socket,
    "make a socket": _socket,
    "fork": _fork,
    "start a program": _execute,
    "signal the parent": _signal_parent,
    "signal every process": _signal_everyone,
    **_calls(),
}
