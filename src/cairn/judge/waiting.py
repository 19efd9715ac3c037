"""Waiting for several connections at once, on systems with `poll` and on those without."""

from __future__ import annotations

import os
import select
from typing import Protocol


class Source(Protocol):
    """Something that bytes come from."""

    def fileno(self) -> int:
        """Its descriptor."""

    def recv(self, size: int, /) -> bytes:
        """What has arrived, at most so much; BlockingIOError where nothing has."""

    def close(self) -> None:
        """Let it go."""


class Pipe:
    """The reading end of a pipe, used like a socket."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        os.set_blocking(descriptor, False)

    def fileno(self) -> int:
        """Its descriptor."""
        return self._descriptor

    def recv(self, size: int, /) -> bytes:
        """What has arrived."""
        return os.read(self._descriptor, size)

    def close(self) -> None:
        """Let it go."""
        os.close(self._descriptor)


READ, WRITE = 1, 4  # as POLLIN and POLLOUT are everywhere


class Select:
    """`select.poll` for systems that only have `select.select`, which takes sockets everywhere."""

    def __init__(self) -> None:
        self._events: dict[int, int] = {}

    def register(self, descriptor: int, events: int) -> None:
        """Wait for events on a descriptor too."""
        self._events[descriptor] = events

    modify = register

    def unregister(self, descriptor: int) -> None:
        """Wait for it no more."""
        del self._events[descriptor]

    def poll(self, milliseconds: float) -> list[tuple[int, int]]:
        """Descriptors on which something happened, after at most so long."""
        reading = [d for d, events in self._events.items() if events & READ]
        writing = [d for d, events in self._events.items() if events & WRITE]
        can_read, can_write, _ = select.select(reading, writing, [], milliseconds / 1000)
        found = dict.fromkeys(can_read, READ)
        for descriptor in can_write:
            found[descriptor] = found.get(descriptor, 0) | WRITE
        return list(found.items())


def poll() -> Select:
    """The quickest way to wait that this system has."""
    return select.poll() if hasattr(select, "poll") else Select()  # type: ignore[return-value]
