"""Empties a folder that a learner's code filled, however it is nested, without following a link."""

from __future__ import annotations

import os


def empty(folder: str) -> None:
    """Empty the folder; quietly leaves what cannot be removed.

    Nothing may write there any more. Subfolders are emptied into the top one rather than walked into, so
    depth costs no recursion and no long path.
    """
    try:
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return
    try:
        _empty(top)
    finally:
        os.close(top)


def _empty(top: int) -> None:
    counter = 0
    waiting = _list(top)
    while waiting:
        name = waiting.pop()
        try:
            os.unlink(name, dir_fd=top)
            continue
        except OSError:
            pass
        try:
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=top)
        except OSError:
            continue
        try:
            for below in _list(inner):
                counter += 1
                moved = f".{counter}.swept"
                try:
                    os.rename(below, moved, src_dir_fd=inner, dst_dir_fd=top)
                except OSError:
                    continue
                waiting.append(moved)
        finally:
            os.close(inner)
        try:
            os.rmdir(name, dir_fd=top)
        except OSError:
            pass


def _list(folder: int) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
