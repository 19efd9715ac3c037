"""`cairn watch` behind a real pseudo-terminal, used as a person would: keys, an editor, a glance at the screen."""

from __future__ import annotations

import contextlib
import os
import re
import select
import struct
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

GOOD = "def add(a, b):\n    return a + b\n"
WRONG = "def add(a, b):\n    return a - b\n"
PATIENCE_S = 60
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A person at a terminal in which a command runs."""

    def __init__(self, command, environment, columns=80, rows=30):
        import fcntl
        import pty
        import termios

        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))
        self.before = termios.tcgetattr(theirs)
        self.theirs = theirs
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cairn", *command],
            stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True,
        )  # fmt: skip
        self.raw = ""

    def read(self, seconds=0.05):
        """Take in what was written."""
        while select.select([self.ours], [], [], seconds)[0]:
            try:
                self.raw += os.read(self.ours, 65536).decode("utf-8", "replace")
            except OSError:  # Linux says so when the other end is closed
                return

    def until(self, text, since=0):
        """Read until some text stands on the screen; gives how much was read before it."""
        end = time.monotonic() + PATIENCE_S
        while text not in CODES.sub("", self.raw[since:]):
            assert time.monotonic() < end, f"no {text!r} in:\n{CODES.sub('', self.raw[since:])}"
            assert self.process.poll() is None or select.select([self.ours], [], [], 0)[0], self.raw
            self.read()
        return since

    def press(self, keys, then):
        """Press keys and wait until something shows that was not there before."""
        since = len(self.raw)
        os.write(self.ours, keys.encode())
        self.until(then, since)

    def page(self):
        """The lines that now stand on the screen, codes and line ends taken away."""
        self.read(0.3)
        last = self.raw.rpartition("\x1b[2J")[2]
        return [CODES.sub("", re.sub(r".*\r\x1b\[2K", "", line)).rstrip() for line in last.split("\n")]

    def close(self):
        """End it, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self.ours)
        os.close(self.theirs)


@pytest.fixture
def watch(real_environment, tmp_path):
    """Start `cairn watch` in an empty workspace; gives the terminal and the folder."""
    terminals = []

    def start(*arguments, columns=80, **more):
        folder = tmp_path / "mine"
        environment = real_environment | {"TERM": "xterm-256color"} | more
        command = ["watch", *arguments, "--in", str(folder)]
        terminals.append(Terminal(command, environment, columns))
        return terminals[-1], folder / "write-add.py"

    yield start
    for terminal in terminals:
        terminal.close()


def save(file, text):
    """Save as many editors do: write another file, then rename it over the old one."""
    fresh = file.with_name(f".{file.name}.swp~")
    fresh.write_text(text)
    fresh.rename(file)


def test_from_an_empty_workspace_to_the_first_accepted_exercise(watch):
    """Task, verdict on a mistake, hint, the mended code accepted, the solution, and the way out: one after another."""
    terminal, file = watch()
    terminal.until("q quit")
    assert "Add two numbers" in terminal.page()[0]
    assert "NotImplementedError" in file.read_text()
    terminal.press("s", "the solution is shown once yours is accepted")

    since = len(terminal.raw)
    save(file, WRONG)
    terminal.until("next: h", since)
    page = "\n".join(terminal.page())
    assert "wrong" in page
    assert "✗ agrees with the sum" in page
    assert "judging" not in page
    terminal.press("h", "hint 1 of 2")
    terminal.press("h", "Python's `+` does it.")
    terminal.press("h", "there are no more hints")

    since = len(terminal.raw)
    save(file, GOOD)
    terminal.until("accepted", since)
    terminal.until("q quit", since)
    page = terminal.page()
    assert page[0].endswith("1 of 1")
    assert any(line.startswith("next: q") for line in page)
    terminal.press("s", "return a + b")
    terminal.press("l", "1 of 1 accepted")
    terminal.press("t", "two numbers")
    terminal.press("q", "1 of 1 exercise accepted")
    assert terminal.process.wait(timeout=30) == 0
    assert "from mylib.write_add import add" in (file.parent / "mylib" / "__init__.py").read_text()


def test_a_reset_asks_first_and_keeps_the_work(watch):
    """Changed work goes only when asked twice, and then lies beside the starter."""
    terminal, file = watch("write-add")
    terminal.until("q quit")
    since = len(terminal.raw)
    file.write_text(WRONG)
    terminal.until("next: h", since)

    terminal.press("r", "press r again")
    assert file.read_text() == WRONG
    terminal.press("t", "q quit")  # another key takes the question back
    terminal.press("r", "press r again")
    terminal.press("r", "yours is kept as write-add.1.old.py")

    assert "NotImplementedError" in file.read_text()
    assert (file.parent / "write-add.1.old.py").read_text() == WRONG


def test_a_file_that_goes_and_comes_back(watch):
    """A deleted file is said once and judged when it is saved again; other files beside it are nobody's business."""
    terminal, file = watch()
    terminal.until("q quit")
    file.with_name(".write-add.py.swp").write_bytes(b"\x00\xff")
    file.with_name("write-add.py~").write_text(WRONG)
    (file.parent / "4913").write_text("")
    since = len(terminal.raw)
    file.unlink()
    terminal.until("the file is gone", since)
    assert "wrong" not in terminal.raw

    since = len(terminal.raw)
    save(file, GOOD)
    terminal.until("accepted", since)
    assert terminal.raw.count("the file is gone") == 1


def test_a_burst_of_saves_is_judged_once(watch, shell):
    """Only what lies still is judged; saving it again without a change is not handed in again."""
    terminal, file = watch()
    terminal.until("q quit")
    since = len(terminal.raw)
    for i in range(20):
        save(file, f"{WRONG}# {i}\n")
        time.sleep(0.01)
    save(file, GOOD)
    terminal.until("accepted", since)
    terminal.until("q quit", since)
    since = len(terminal.raw)
    save(file, GOOD)
    terminal.until("saved without a change", since)
    terminal.press("q", "every submission is kept")
    terminal.process.wait(timeout=30)

    assert CODES.sub("", terminal.raw).count("full sandbox") + terminal.raw.count("only sandbox") <= 2
    assert "1 of 1 accepted" in shell("practice", "--list").stdout


def test_what_is_not_text_is_said(watch):
    """A file in another encoding is named as such, and the next save is judged."""
    terminal, file = watch()
    terminal.until("q quit")
    since = len(terminal.raw)
    file.write_bytes(b"# caf\xe9\n" + GOOD.encode())
    terminal.until("the file is not UTF-8", since)
    since = len(terminal.raw)
    file.write_text(GOOD)
    terminal.until("accepted", since)


@pytest.mark.parametrize("columns", [40, 56, 80, 200])
def test_no_line_is_wider_than_the_window(watch, columns):
    """Titles, checks, cases, lists and keys fit into any window from 40 columns on."""
    terminal, file = watch(columns=columns)
    terminal.until("t task")
    pages = [terminal.page()]
    since = len(terminal.raw)
    save(file, WRONG)
    terminal.until("next: h", since)
    pages.append(terminal.page())
    terminal.press("l", "0 of 1 accepted")
    pages.append(terminal.page())

    wide = [line for page in pages for line in page if len(line) > columns and str(file.parent) not in line]
    assert wide == []


def test_without_colour_there_is_none(watch):
    """With NO_COLOR the only codes are those that clear, never one for colour or weight."""
    terminal, file = watch(NO_COLOR="1")
    terminal.until("q quit")
    since = len(terminal.raw)
    save(file, WRONG)
    terminal.until("next: h", since)

    assert set(CODES.findall(terminal.raw)) <= {"\x1b[H", "\x1b[2J", "\x1b[2K"}
    assert "✗" in terminal.raw


@pytest.mark.parametrize("how", ["q", "\x03"])
def test_leaving_gives_the_terminal_back(watch, how):
    """By key or Ctrl-C it ends without an error and the terminal echoes again."""
    import termios

    terminal, _ = watch()
    terminal.until("q quit")
    assert not termios.tcgetattr(terminal.theirs)[3] & termios.ECHO
    if how == "\x03":
        os.kill(terminal.process.pid, 2)
        terminal.until("every submission is kept")
    else:
        terminal.press(how, "every submission is kept")

    assert terminal.process.wait(timeout=30) == 0
    assert termios.tcgetattr(terminal.theirs) == terminal.before
    assert "Traceback" not in terminal.raw


def test_arrows_and_the_like_are_no_keys(watch):
    """The codes of arrow and function keys do nothing."""
    terminal, _ = watch()
    terminal.until("q quit")
    since = len(terminal.raw)
    for code in ("\x1b[A", "\x1bOP", "\x1b[15~", "é", "x"):
        os.write(terminal.ours, code.encode())
        terminal.read(0.2)

    assert terminal.process.poll() is None
    assert CODES.sub("", terminal.raw[since:]).strip() == ""


def test_without_a_terminal_it_ends_with_its_input(shell, tmp_path):
    """With its input closed it shows where the person stands and ends."""
    result = shell("watch", "--in", str(tmp_path / "mine"))

    assert result.returncode == 0
    assert "Add two numbers" in result.stdout
    assert "\x1b" not in result.stdout
