"""The folder a runner is started from: its program, the libraries it may import, nothing else of ours."""

from __future__ import annotations

import os
import re
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from cairn.judge.runner import sweep

_HERE = Path(__file__).parent
_PREFIX = "cairn-judge-"
_INSIDE = ("protocol", "sandbox", "runner")
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_MACHINE = ("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu")

LIBRARIES = {"numpy": ("numpy",), "torch": ("torch", "numpy")}
"""What each runtime may import beside the standard library: these distributions and what they require."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything lies.

    Attributes:
        folder: the whole stage; only the driver writes here, except in `work`.
        runtime: "numpy" or "torch".
        packages: names in the `site` folder and the files or folders they stand for.
        linked: whether links to them could be made; Windows lets only some users make any.
    """

    folder: Path
    runtime: str
    packages: tuple[tuple[str, Path], ...]
    linked: bool = True

    @property
    def program(self) -> Path:
        """The runner's own code."""
        return self.folder / "program"

    @property
    def site(self) -> Path:
        """The libraries, as links."""
        return self.folder / "site"

    @property
    def work(self) -> Path:
        """The children's own folders, where there are no namespaces."""
        return self.folder / "work"

    @property
    def root(self) -> Path:
        """The empty folder on which a root is built, where there are namespaces."""
        return self.folder / "root"

    @property
    def readable(self) -> list[str]:
        """What a child may read, where there are no namespaces."""
        found = [str(self.site), *(str(path) for _, path in self.packages), *_standard_library()]
        return [*found, *_SYSTEM, *_DEVICES, *_MACHINE]

    @property
    def house(self) -> dict[str, object]:
        """The root that namespaces will show (see `sandbox.namespaces.House`)."""
        binds = [(str(self.program), "/program")]
        binds += [(str(path), f"/site/{name}") for name, path in self.packages]
        kept = [*_python(), *(p for p in _SYSTEM if Path(p).exists())]
        if self.runtime == "torch":
            kept += [p for p in _MACHINE if Path(p).exists()]
        kept = [p for p in kept if not any(q != p and Path(p).is_relative_to(q) for q in kept)]
        return {
            "root": str(self.root),
            "binds": [*binds, *((p, p) for p in kept)],
            "masks": _others(),
            "devices": [d for d in _DEVICES if Path(d).exists()],
            "scratch": "/work",
        }

    def close(self) -> None:
        """Remove it. No runner may be left in it."""
        remove(self.folder)


def remove(folder: Path) -> None:
    """Remove a folder with whatever a learner's code left in it, however deep; leaves quietly what it cannot."""
    if os.name == "posix":
        sweep.empty(str(folder))  # folders in one another by the thousand are more than rmtree can walk
    shutil.rmtree(folder, ignore_errors=True)


def python() -> str:
    """The interpreter itself, not a virtual environment's link to it."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def available(runtime: str) -> bool:
    """Whether the libraries of a runtime are installed here."""
    try:
        metadata.distribution(LIBRARIES[runtime][0])
    except metadata.PackageNotFoundError:
        return False
    return True


def lay(runtime: str) -> Stage:
    """Make the stage for a runtime."""
    _clear_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    stage = Stage(folder, runtime, tuple(sorted(dict(_packages(LIBRARIES[runtime])).items())))
    inside = stage.program / "inside"
    for place in (inside, stage.site, stage.work, stage.root):
        place.mkdir(parents=True)
    (inside / "__init__.py").write_text("", encoding="utf-8")
    for name in _INSIDE:
        source = _HERE / name
        if source.is_dir():
            shutil.copytree(source, inside / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, inside / name)
    shutil.copy(_HERE / "runner" / "start.py", stage.program / "start.py")
    for place in (folder, *stage.program.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)  # the runner may be another user
    try:
        for name, path in stage.packages:
            (stage.site / name).symlink_to(path)
    except OSError:
        return replace(stage, linked=False)
    return stage


def _clear_abandoned() -> None:
    """Remove what a driver that was killed could not remove itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        try:
            if owner.isdigit() and os.name == "posix" and folder.stat().st_uid == os.getuid():
                os.kill(int(owner), 0)
        except ProcessLookupError:
            remove(folder)
        except OSError:
            continue


def _packages(roots: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """The top-level files and folders of some distributions and all they require, by name."""
    waiting, seen = list(roots), set()
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        seen.add(key)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        waiting += [
            match[0]
            for r in found.requires or ()
            if "extra ==" not in r and (match := re.match(r"[\w.-]+", r))
        ]
        base = Path(os.path.realpath(str(found.locate_file(""))))
        tops = {file.parts[0] for file in found.files or () if file.parts}
        yield from ((top, base / top) for top in tops - {"..", "__pycache__"} if (base / top).exists())


def _python() -> list[str]:
    """The interpreter, its shared library and the standard library."""
    library = Path(sys.base_prefix) / "lib"
    return [python(), str(library), sysconfig.get_path("stdlib")]


def _others() -> list[str]:
    """Places for installed packages: not for the runner, which has its own `site`."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    prefixes = {Path(sys.base_prefix), Path("/usr"), Path("/usr/local")}
    names = [f"{v}/{kind}" for v in (version, "python3") for kind in ("site-packages", "dist-packages")]
    return sorted(str(prefix / "lib" / name) for prefix in prefixes for name in names)


def _standard_library() -> list[str]:
    """The standard library without installed packages: Cairn itself may be one of them."""
    folder = Path(sysconfig.get_path("stdlib"))
    if not any(
        Path(other).is_relative_to(folder) and (Path(other) / "cairn").exists() for other in _others()
    ):
        return [str(folder)]
    return [str(p) for p in folder.iterdir() if p.name not in {"site-packages", "dist-packages"}]
