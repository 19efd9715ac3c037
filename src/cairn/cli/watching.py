"""Watch one exercise's file and judge it at every save, with single keys for the rest."""

from __future__ import annotations

import os
import select
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from cairn.cli.output import cut, paragraph, quiet, say, strong, style, width
from cairn.judge import Exercise, JudgeError, TierError, mended
from cairn.store.submissions import Submission
from cairn.store.workspace import Workspace
from cairn.study.library import modules
from cairn.study.practice import Practice
from cairn.study.wording import count

POLL_S = 0.1
KEYS = (
    ("h", "hint"),
    ("t", "task"),
    ("n", "next"),
    ("l", "list"),
    ("r", "reset"),
    ("s", "solution"),
    ("q", "quit"),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How the things that other commands show too are printed.

    Attributes:
        verdict: a verdict.
        standing: how the person stands with so many exercises around one.
        task: what an exercise asks.
    """

    verdict: Callable[[Submission], None]
    standing: Callable[[Practice, str, int], None]
    task: Callable[[Exercise], None]


class Watching:
    """The loop of `cairn watch`. The screen is always one page: where you are, what came out, what you can do."""

    def __init__(self, practice: Practice, workspace: Workspace, voice: Voice) -> None:
        self._practice, self._workspace, self._voice = practice, workspace, voice
        self._hints = 0
        self._stamp: tuple[int, ...] = ()
        self._judged: str | None = None
        self._asked_reset = False

    def run(self, exercise: Exercise | None) -> None:
        """Watch until the person quits or nothing is left."""
        with _single_keys(), suppress(KeyboardInterrupt):
            while exercise is not None:
                exercise = self._one(exercise)
        rows = self._practice.standings()
        done = sum(row.accepted for row in rows)
        say()
        say(quiet(f"{done} of {count(len(rows), 'exercise')} accepted; every submission is kept"))

    def _one(self, exercise: Exercise) -> Exercise | None:
        """One exercise; the next to watch, or None to end."""
        self._hints, self._judged, self._asked_reset = 0, None, False
        fresh = self._workspace.begin(exercise.id, self._starter(exercise))
        self._workspace.build(modules(self._practice.parts(exercise)))
        self._stamp = self._workspace.changed(exercise.id)
        threading.Thread(target=self._warm, args=(exercise.runtime,), daemon=True).start()
        code = self._read(exercise)
        if not fresh and code is not None and code != self._starter(exercise):
            self._judge(exercise, code)
        else:
            self._page(exercise)
            self._voice.task(exercise)
            self._close(f"save {self._workspace.file(exercise.id)}", "and it is judged")
        while True:
            self._look(exercise)
            for key in _keys():
                if key == "q":
                    return None
                if key == "n":
                    following = self._practice.following(exercise)
                    if following is not None:
                        return following
                    self._note("there is no other exercise left")
                else:
                    self._act(key, exercise)

    # ---- the file ---------------------------------------------------------------------------------------

    def _look(self, exercise: Exercise) -> None:
        """Judge the file if it was saved and lies still: a burst of saves is judged once, as it ends."""
        stamp = self._workspace.changed(exercise.id)
        if stamp == self._stamp:
            return
        while stamp != self._stamp:
            self._stamp = stamp
            time.sleep(POLL_S)
            stamp = self._workspace.changed(exercise.id)
        if not stamp:
            self._note("the file is gone: save it again, or press r for the starter")
            return
        code = self._read(exercise)
        if code is None:
            return
        if code == self._judged:
            self._note("saved without a change; the verdict above stands")
            return
        self._judge(exercise, code)

    def _read(self, exercise: Exercise) -> str | None:
        """The file's text; None, and why, where it cannot be judged."""
        try:
            return self._workspace.read(exercise.id)
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            self._note("the file is not UTF-8: save it as UTF-8")
        except OSError as error:
            self._note(f"the file cannot be read: {error.strerror}")
        return None

    def _judge(self, exercise: Exercise, code: str) -> None:
        with _while("judging ..."):
            try:
                submission = self._practice.check(exercise.id, code, self._hints)
            except (JudgeError, TierError, ValueError) as error:
                submission = None
                problem = str(error)
        if submission is None:
            self._note(problem)
            return
        self._judged = code
        self._page(exercise)
        self._voice.verdict(submission)
        say()
        if not submission.accepted:
            more = self._hints < len(self._all_hints(exercise))
            self._close("h", "a hint") if more else self._close("t", "reads the task again")
            return
        self._workspace.build(modules(self._practice.library()))
        following = self._practice.following(exercise)
        if following is None:
            self._close("q", "every exercise is accepted")
        else:
            self._close("n", following.title)

    def _warm(self, runtime: str) -> None:
        with suppress(JudgeError, TierError):  # said when something is judged
            self._practice.judge.warm(runtime)

    # ---- the keys ---------------------------------------------------------------------------------------

    def _act(self, key: str, exercise: Exercise) -> None:
        asked, self._asked_reset = self._asked_reset, False
        if key == "h":
            self._hint(exercise)
        elif key == "t":
            self._page(exercise)
            self._voice.task(exercise)
            self._close()
        elif key == "l":
            self._page(exercise)
            self._voice.standing(self._practice, exercise.id, max(5, shutil.get_terminal_size().lines - 9))
            say()
            self._close()
        elif key == "r":
            self._reset(exercise, sure=asked)
        elif key == "s":
            self._solution(exercise)
        elif key in {"?", " ", "\n", "\r"}:
            say()
            self._close()

    def _hint(self, exercise: Exercise) -> None:
        hints = self._all_hints(exercise)
        if self._hints >= len(hints):
            self._note("there are no more hints")
            return
        self._hints += 1
        say()
        say(style(f"hint {self._hints} of {len(hints)}", fg="yellow"))
        paragraph(hints[self._hints - 1], "  ")

    def _reset(self, exercise: Exercise, *, sure: bool) -> None:
        """Put the starter back; changed work only when asked twice."""
        written = self._read(exercise)
        if written not in {None, self._starter(exercise)} and not sure:
            self._asked_reset = True
            self._note("press r again to put the starter back; your file will be kept beside it")
            return
        kept = self._workspace.reset(exercise.id, self._starter(exercise))
        self._stamp, self._judged = self._workspace.changed(exercise.id), None
        self._note("the starter is back" + (f"; yours is kept as {kept.name}" if kept else ""))

    def _solution(self, exercise: Exercise) -> None:
        if not any(s.accepted for s in self._practice.history(exercise.id)):
            self._note("the solution is shown once yours is accepted")
            return
        self._page(exercise)
        say(quiet("the reference solution"))
        say()
        for line in self._reference(exercise).rstrip().splitlines():
            say(f"  {line}")
        say()
        self._close("n", "goes on")

    # ---- what the exercise gives -------------------------------------------------------------------------

    def _starter(self, exercise: Exercise) -> str:
        return self._practice.starter(exercise)

    def _all_hints(self, exercise: Exercise) -> Sequence[str]:
        return self._practice.hints(exercise)

    def _reference(self, exercise: Exercise) -> str:
        return mended(exercise) if exercise.kind == "bug-hunt" else exercise.solution

    # ---- the page ---------------------------------------------------------------------------------------

    def _page(self, exercise: Exercise) -> None:
        """A fresh page, headed by where the person is."""
        rows = self._practice.standings()
        figure = f"{sum(row.accepted for row in rows)} of {len(rows)}"
        _clear()
        room = width() - len(figure) - 2
        title = cut(exercise.title, room)
        say(f"{strong(title)}{' ' * (room - len(title) + 2)}{quiet(figure)}")
        say(quiet(str(self._workspace.file(exercise.id))))
        say()

    def _note(self, text: str) -> None:
        say()
        paragraph(text, dim=True)

    def _close(self, key: str = "", why: str = "") -> None:
        """The end of a page: one suggestion, then the keys."""
        if key:
            line = f"{quiet('next:')} {style(key, fg='cyan')}"
            say(line if not why else f"{line}  {quiet(cut(why, width() - len(key) - 8))}")
        line = ""
        for letter, name in KEYS:
            if len(line) + len(name) + 5 > width():
                break
            line += f"{letter} {name}   "
        say(quiet(line.rstrip()))


def _clear() -> None:
    """An empty screen where there is one; else an empty line. What scrolled away stays to be scrolled back to."""
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        sys.stdout.write("\x1b[H\x1b[2J")
        sys.stdout.flush()
    else:
        say()


@contextmanager
def _while(text: str) -> Iterator[None]:
    """Show a line as long as something takes; nothing where the output is no terminal."""
    shown = sys.stdout.isatty()
    if shown:
        sys.stdout.write(quiet(text))
        sys.stdout.flush()
    try:
        yield
    finally:
        if shown:
            sys.stdout.write("\r\x1b[2K")
            sys.stdout.flush()


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


def _keys() -> str:
    """The keys pressed within a poll, in order. The end of the input is `q`; arrows and the like are nothing."""
    try:
        ready, _, _ = select.select([sys.stdin], [], [], POLL_S)
        if not ready:
            return ""
        pressed = os.read(sys.stdin.fileno(), 64)
    except (OSError, ValueError):
        time.sleep(POLL_S)
        return ""
    if not pressed:
        return "q"
    return "" if pressed.startswith(b"\x1b") else pressed.decode("utf-8", "ignore").lower()
