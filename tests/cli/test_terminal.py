"""Manners in a terminal: colour when welcome, lines no wider than the window, quiet when nobody listens."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest
from click import unstyle

from tests.conftest import REAL

ASKING = [
    ["gap", "fitting"],
    ["gap", "short", "proofs", "--background", "clerk"],
    ["gap", "slope", "--knows", "slope"],
    ["show", "multiplication"],
    ["show", "fitting@derive"],
    ["show", "short"],
    ["show", "q-slope"],
    ["find", "line"],
    ["find", "addition", "qqqzzz"],
    ["next"],
    ["unlocks", "addition"],
    ["path", "everything"],
    ["know"],
    ["lint"],
]


def too_wide(text, width):
    """Lines wider than the window, other than commands to be copied, which are never broken."""
    return [line for line in text.splitlines() if len(line) > width and not line.startswith("next: cairn ")]


def in_a_terminal(environment, *arguments):
    """What a command writes when its output is a terminal."""
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cairn", *arguments], stdout=inner, stderr=inner, env=environment
    )
    os.close(inner)
    chunks = []
    try:
        while chunk := os.read(outer, 4096):
            chunks.append(chunk)
    except OSError:
        pass  # a closed terminal ends in an error on Linux
    assert process.wait(timeout=60) == 0
    os.close(outer)
    return b"".join(chunks).decode()


@pytest.mark.parametrize("arguments", ASKING, ids=" ".join)
@pytest.mark.parametrize("width", [40, 63, 64, 88, 200])
def test_no_line_is_wider_than_the_window(run, arguments, width):
    """Whatever the width from 40 columns on, nothing is left for the terminal to break."""
    result = run(*arguments, COLUMNS=str(width))

    assert result.stdout
    assert too_wide(result.stdout, width) == []


@pytest.mark.parametrize(
    "arguments",
    [["next"], ["gap", "{goal}"], ["show", "{goal}"], ["path", "{goal}"], ["find", "gradient"]],
    ids=" ".join,
)
def test_the_real_curriculum_fits_a_narrow_window(run, real, arguments):
    """Long titles, ids and reasons fit into 40 columns too."""
    goal = max(real.curriculum.paths.values(), key=lambda path: len(path.targets)).id

    result = run(*[a.format(goal=goal) for a in arguments], COLUMNS="40", CAIRN_CURRICULUM=str(REAL))

    assert len(result.stdout.splitlines()) > 2
    assert too_wide(result.stdout, 40) == []


def test_ids_are_never_broken_at_a_hyphen(run, real):
    """An id in running text stays whole, so that it can be copied."""
    topic = max(real.curriculum.topics.values(), key=lambda t: len(real.unlocks(t.id, directly=True))).id
    ids = set(real.curriculum.topics)

    shown = run("show", topic, COLUMNS="60", CAIRN_CURRICULUM=str(REAL)).stdout
    listed = shown.partition("\nunlocks\n")[2].partition("\n\n")[0]

    assert "-" in listed
    assert {item.strip().partition("@")[0] for item in listed.replace("\n", " ").split(",")} <= ids


def test_a_narrow_window_keeps_title_and_hours(run):
    """At 40 columns a step still shows its depth, its title and its hours on one line."""
    lines = run("gap", "multiplication", COLUMNS="40").stdout.splitlines()

    assert ["◐", "Multiplication", "1–2", "h"] in [line.split() for line in lines]


def test_a_long_title_is_cut_with_a_mark(run, tmp_path):
    """What does not fit ends in an ellipsis instead of breaking the columns."""
    run("--curriculum", str(tmp_path), "new", "curriculum", "long")
    run("--curriculum", str(tmp_path), "new", "topic", "long", "--area", "basics", "--title", "very " * 20)

    (line,) = [
        x for x in run("--curriculum", str(tmp_path), "next", COLUMNS="40").stdout.splitlines() if "very" in x
    ]

    assert len(line) <= 40
    assert "…" in line


def test_a_terminal_gets_colour_unless_it_declines(real_environment):
    """Output to a terminal is styled; NO_COLOR makes it plain and changes nothing else."""
    styled = in_a_terminal(real_environment | {"COLUMNS": "80"}, "gap", "fitting")
    plain = in_a_terminal(real_environment | {"COLUMNS": "80", "NO_COLOR": "1"}, "gap", "fitting")

    assert "\x1b[" in styled
    assert "\x1b" not in plain
    assert "Fitting a line" in plain


def test_columns_align_with_and_without_colour(real_environment):
    """Styling takes no room: stripped of it, a styled table is the plain one."""
    narrow = real_environment | {"COLUMNS": "80"}

    styled = in_a_terminal(narrow, "find", "line")

    assert unstyle(styled) == in_a_terminal(narrow | {"NO_COLOR": "1"}, "find", "line")


def test_a_pipe_gets_no_colour(shell):
    """Output that is piped is plain text."""
    assert "\x1b" not in shell("gap", "fitting").stdout


@pytest.mark.parametrize(
    "arguments", [["gap", "fitting"], ["gap", "fitting", "--json"], ["schema"]], ids=" ".join
)
def test_a_reader_that_leaves_is_no_error(real_environment, arguments):
    """`cairn ... | head -0` ends quietly: no traceback, no complaint."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cairn", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=real_environment,
    )
    process.stdout.close()

    said = process.stderr.read()
    process.stderr.close()

    assert said == ""
    assert process.wait(timeout=60) == 0


def test_json_is_one_line_in_a_pipe(run):
    """Piped JSON is compact, so that line-wise tools can take it."""
    assert run("gap", "fitting", "--json").stdout.count("\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_old_terminal_is_no_crash(shell, encoding):
    """Where glyphs cannot be written the text is still there, and JSON says the same with escapes."""
    text = shell("gap", "slope", PYTHONIOENCODING=encoding)
    document = shell("gap", "slope", "--json", PYTHONIOENCODING=encoding)

    assert (text.returncode, text.stderr) == (0, "")
    assert "Slope" in text.stdout
    assert json.loads(document.stdout) == json.loads(shell("gap", "slope", "--json").stdout)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=" ".join)
def test_help_needs_no_curriculum(shell, arguments):
    """Help and version are there even when everything else is misconfigured."""
    result = shell(*arguments, CAIRN_CURRICULUM="/nowhere")

    assert (result.returncode, result.stderr) == (0, "")
    assert "cairn" in result.stdout


def test_every_command_is_listed_with_a_line(run):
    """The overview names every command, each with what it does."""
    text = run("--help").stdout

    for name in (
        "up",
        "gap",
        "find",
        "show",
        "next",
        "unlocks",
        "path",
        "know",
        "lint",
        "new",
        "schema",
        "import",
        "db",
    ):
        assert any(
            line.split()[0] == name and len(line.split()) > 2 for line in text.splitlines() if line.strip()
        )
