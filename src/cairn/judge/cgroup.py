"""Memory limits by control group: what the kernel counts for one process, shared memory included.

Version 2 where the memory controller is handed down to a folder this process may write, else version 1 where
its memory hierarchy may be written (Linux, Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PREFIX = "cairn-judge-"


@dataclass(frozen=True, slots=True)
class Version:
    """The names of one version's files.

    Attributes:
        number: 1 or 2.
        limit: takes bytes.
        swap: takes bytes, where the kernel has it.
        peak: tells bytes.
        events: holds a line `oom_kill N`.
    """

    number: int
    limit: str
    swap: str
    peak: str
    events: str


TWO = Version(2, "memory.max", "memory.swap.max", "memory.peak", "memory.events")
ONE = Version(
    1,
    "memory.limit_in_bytes",
    "memory.memsw.limit_in_bytes",
    "memory.max_usage_in_bytes",
    "memory.oom_control",
)


class Group:
    """A folder for one process."""

    def __init__(self, folder: Path, version: Version) -> None:
        self.folder, self.version = folder, version

    def admit(self, pid: int) -> None:
        """Move a process in. What it already holds stays with where it was.

        Raises:
            OSError: when the kernel does not allow it.
        """
        self._write("cgroup.procs", pid)

    def limit(self, size: int) -> None:
        """Let its members hold so many bytes together; beyond that the kernel ends one.

        Raises:
            OSError: when the kernel does not allow it.
        """
        self._write(self.version.limit, size)
        with suppress(OSError):  # not every kernel counts swap
            self._write(self.version.swap, size if self.version is ONE else 0)

    @property
    def peak(self) -> int:
        """The most bytes that were held at once; 0 where the kernel does not tell."""
        try:
            return int((self.folder / self.version.peak).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    @property
    def exceeded(self) -> bool:
        """Whether the kernel ended a member for want of memory."""
        try:
            lines = (self.folder / self.version.events).read_text(encoding="ascii").splitlines()
        except OSError:
            return False
        return any(line.startswith("oom_kill ") and line.split()[1] != "0" for line in lines)

    def close(self) -> bool:
        """Remove the folder; false while a member is still there."""
        try:
            self.folder.rmdir()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return True

    def _write(self, name: str, value: int) -> None:
        file = os.open(self.folder / name, os.O_WRONLY)
        try:
            os.write(file, str(value).encode())
        finally:
            os.close(file)


@dataclass(frozen=True, slots=True)
class Home:
    """A folder in which groups can be made."""

    folder: Path
    version: Version

    def group(self) -> Group:
        """A new group.

        Raises:
            OSError: when no more can be made.
        """
        return Group(Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=self.folder)), self.version)


@cache
def home() -> Home | None:
    """Where groups with a memory limit can be made on this host; None where they cannot."""
    if sys.platform != "linux":
        return None
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
        own = Path("/proc/self/cgroup").read_text(encoding="utf-8")
    except OSError:
        return None
    found = next((place for place in homes(mounts, own) if _works(place)), None)
    if found is not None:
        clear_abandoned(found)
    return found


def homes(mounts: str, own: str) -> Iterator[Home]:
    """Folders to try, from what `/proc/self/mountinfo` and `/proc/self/cgroup` say.

    In version 2 a folder that holds processes cannot hand its controllers down, so the nearest folder above
    that does is taken.
    """
    places = dict(_places(own))
    for folder, kind, options in _mounted(mounts):
        if kind == "cgroup2":
            path = _within(folder, places.get("", "/"))
            for above in (path, *path.parents):
                if not above.is_relative_to(folder):
                    break
                with suppress(OSError):
                    if "memory" in (above / "cgroup.subtree_control").read_text(encoding="ascii").split():
                        yield Home(above, TWO)
        elif kind == "cgroup" and "memory" in options.split(","):
            yield Home(_within(folder, places.get("memory", "/")), ONE)


def _within(mount: Path, path: str) -> Path:
    """A group's folder below a mount; the mount itself where a namespace hides the way."""
    found = mount / path.lstrip("/")
    return found if ".." not in found.parts and found.is_dir() else mount


def _places(own: str) -> Iterator[tuple[str, str]]:
    for line in own.splitlines():
        _, controllers, path = line.split(":", 2)
        for name in controllers.split(","):
            yield name, path


def _mounted(mounts: str) -> Iterator[tuple[Path, str, str]]:
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        words, rest = before.split(), after.split()
        if len(words) > 4 and len(rest) > 2 and rest[0].startswith("cgroup"):
            yield Path(words[4]), rest[0], rest[2]


def _works(place: Home) -> bool:
    """Whether a group can really be made there, limited and removed."""
    try:
        group = place.group()
    except OSError:
        return False
    try:
        group.limit(64 << 20)
        return (group.folder / place.version.limit).read_text(encoding="ascii").strip() == str(64 << 20)
    except OSError:
        return False
    finally:
        group.close()


def clear_abandoned(place: Home) -> None:
    """Remove the folders of judges that are gone; quietly leaves what is still in use."""
    for folder in place.folder.glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            Group(folder, place.version).close()
