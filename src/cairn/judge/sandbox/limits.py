"""Resource limits: what the kernel counts for one process."""

from __future__ import annotations

import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

OPEN_FILES = 64
FILE_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use.

    Attributes:
        cpu_s: seconds of processor time over all its calls.
        wall_s: seconds by the driver's clock over all its calls.
        memory_bytes: memory beyond what the warm parent already held.
        output_bytes: how much of what it prints is kept.
    """

    cpu_s: float = 5.0
    wall_s: float = 10.0
    memory_bytes: int = 512 << 20
    output_bytes: int = 64 << 10


def at_birth() -> None:
    """The limits that are the same for every submission."""
    if sys.platform == "win32":
        return
    for name, value in (
        ("CORE", 0),
        ("FSIZE", FILE_BYTES),
        ("NOFILE", OPEN_FILES),
        ("MEMLOCK", 0),
        ("MSGQUEUE", 0),
    ):
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            _lower(kind, value, value)


def at_load(cpu_s: int, address_space: int, data: int) -> None:
    """The limits of one exercise; 0 means none of that kind.

    Args:
        cpu_s: whole seconds of processor time; SIGXCPU then, SIGKILL one second later.
        address_space: bytes of address space. Generous: it is not memory.
        data: bytes of private writable memory, which is what code allocates.
    """
    if sys.platform == "win32":
        return
    if cpu_s:
        _lower(resource.RLIMIT_CPU, cpu_s, cpu_s + 1)
    if sys.platform != "linux":
        return  # elsewhere these limits mean something else or nothing
    if address_space:
        _lower(resource.RLIMIT_AS, address_space, address_space)
    if data:
        _lower(resource.RLIMIT_DATA, data, data)


def _lower(kind: int, soft: int, hard: int) -> None:
    """Set a limit, never above what already holds."""
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(kind, (soft, hard))
