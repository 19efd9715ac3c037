"""Watch one exercise's file and judge it at every save, with single keys for the rest."""

from __future__ import annotations

import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cairn.cli.output import paragraph, quiet, say, strong
from cairn.judge import Exercise, mended
from cairn.store.submissions import Submission
from cairn.store.workspace import Workspace
from cairn.study.library import modules
from cairn.study.practice import Practice

POLL_S = 0.15
KEYS = "h hint  n next  l list  r reset  s solution  q quit"


class Watching:
    """The loop of `cairn watch`."""

    def __init__(
        self,
        practice: Practice,
        workspace: Workspace,
        show: Callable[[Submission], None],
        show_list: Callable[[Practice], None],
    ) -> None:
        self._practice, self._workspace = practice, workspace
        self._show, self._show_list = show, show_list
        self._hints = 0
        self._seen = 0

    def run(self, exercise: Exercise | None) -> None:
        """Watch until the person quits or nothing is left."""
        with _single_keys():
            while exercise is not None:
                exercise = self._one(exercise)
        if self._practice.next() is None:
            say("Every exercise is accepted.")

    def _one(self, exercise: Exercise) -> Exercise | None:
        """One exercise; the next to watch, or None to end."""
        self._hints = 0
        starter = self._practice.starter(exercise)
        self._workspace.begin(exercise.id, starter)
        self._workspace.build(modules(self._practice.parts(exercise)))
        say()
        say(f"{strong(exercise.title)}  {quiet(str(self._workspace.file(exercise.id)))}")
        self._seen = self._workspace.changed(exercise.id)
        if self._workspace.read(exercise.id) != starter:
            self._judge(exercise)
        say(quiet(f"waiting for a save   {KEYS}"))
        while True:
            if self._workspace.changed(exercise.id) != self._seen:
                self._seen = self._workspace.changed(exercise.id)
                self._judge(exercise)
            key = _key()
            if key == "q":
                return None
            if key == "n":
                return self._practice.next()
            if key:
                self._act(key, exercise)

    def _act(self, key: str, exercise: Exercise) -> None:
        if key == "h":
            hints = self._practice.hints(exercise)
            if self._hints < len(hints):
                self._hints += 1
                paragraph(f"{self._hints}. {hints[self._hints - 1]}")
            else:
                say(quiet("there are no more hints"))
        elif key == "l":
            self._show_list(self._practice)
        elif key == "r":
            kept = self._workspace.reset(exercise.id, self._practice.starter(exercise))
            self._seen = self._workspace.changed(exercise.id)
            say(quiet(f"the starter is back; your file is kept as {kept}"))
        elif key == "s":
            if any(s.accepted for s in self._practice.history(exercise.id)):
                say(mended(exercise) if exercise.kind == "bug-hunt" else exercise.solution)
            else:
                say(quiet("the solution is shown once yours is accepted"))

    def _judge(self, exercise: Exercise) -> None:
        try:
            code = self._workspace.read(exercise.id)
        except FileNotFoundError:
            return
        except UnicodeDecodeError:
            say("the file is not UTF-8; save it as UTF-8")
            return
        say()
        submission = self._practice.check(exercise.id, code, self._hints)
        self._show(submission)
        if submission.accepted:
            self._workspace.build(modules(self._practice.library()))
            say(
                quiet(
                    "r plants another bug, n goes on"
                    if exercise.kind == "bug-hunt"
                    else "n goes on to the next"
                )
            )
        say(quiet(KEYS))


@contextmanager
def _single_keys() -> Iterator[None]:
    """Take keys without Enter where the input is a terminal."""
    if not sys.stdin.isatty():
        yield
        return
    try:
        import termios  # noqa: PLC0415  # not on Windows
        import tty  # noqa: PLC0415
    except ImportError:
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _key() -> str:
    """The key that was pressed within a poll, or nothing. The end of the input is `q`."""
    try:
        ready, _, _ = select.select([sys.stdin], [], [], POLL_S)
    except (OSError, ValueError):
        time.sleep(POLL_S)
        return ""
    if not ready:
        return ""
    return sys.stdin.read(1).lower() or "q"
