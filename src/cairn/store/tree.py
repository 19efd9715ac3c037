"""Read a curriculum folder from disk, and write new files into one, with care for what stands there."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cairn.curriculum import Problem

MAX_BYTES = 1_000_000
MAX_FILES = 50_000
_SKIP = frozenset({"__pycache__", "node_modules"})


def read_tree(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The content of every file below a folder, by path with `/`, and what could not be read.

    Links are not followed, so a curriculum cannot pull in files from elsewhere. A file over 1 MB is refused
    before it is opened. Names that begin with a dot are passed over.

    Raises:
        FileNotFoundError: the folder does not exist.
        NotADirectoryError: it is not a folder.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            entries = _entries(here)
        except OSError as error:
            if here == folder:
                raise
            problems.append(_unreadable(_name(here, folder), error))
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                pending.append(Path(entry.path))
                continue
            if len(files) >= MAX_FILES:
                message = f"more than {MAX_FILES} files"
                problems.append(Problem(_name(here, folder), 0, "too-many", message, "split the curriculum"))
                return files, problems
            name = _name(Path(entry.path), folder)
            try:
                problem = _refusal(name, entry)
                if problem is None:
                    files[name] = Path(entry.path).read_bytes()
            except OSError as error:
                problem = _unreadable(name, error)
            if problem is not None:
                problems.append(problem)
    return files, problems


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [e for e in entries if not e.name.startswith(".") and e.name not in _SKIP]


def _name(path: Path, folder: Path) -> str:
    """The path below the folder; bytes that are no UTF-8 become question marks, so that it can be printed."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, 0, "unreadable", f"cannot be read: {error.strerror}", "check its permissions")


def _refusal(name: str, entry: os.DirEntry[str]) -> Problem | None:
    """Why a file is not to be opened, or None."""
    if "\N{REPLACEMENT CHARACTER}" in name:
        return Problem(name, 0, "name", "the name is not UTF-8", "rename it")
    info = entry.stat(follow_symlinks=False)
    if stat.S_ISLNK(info.st_mode):
        return Problem(name, 0, "link", "a symbolic link is not followed", "put the file itself here")
    if not stat.S_ISREG(info.st_mode):
        return Problem(name, 0, "not-a-file", "neither a file nor a folder", "remove it")
    if info.st_size > MAX_BYTES:
        size = f"{info.st_size / 1e6:.1f} MB"
        return Problem(
            name, 0, "too-large", f"{size}; the limit is {MAX_BYTES / 1e6:g} MB", "split or remove it"
        )
    return None


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet, making its folders.

    Raises:
        FileExistsError: something of this name stands there already; it is left as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
