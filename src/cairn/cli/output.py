"""The terminal's voice: aligned, quiet, wrapped to the window, silent about colour when asked."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from io import TextIOWrapper
from typing import Any

import click

from cairn.curriculum import Level

WIDE = 64
TITLE = 48
FIGURE = 11


def width() -> int:
    """Columns to write in: the window's, between 40 and 110."""
    return max(40, min(110, shutil.get_terminal_size((88, 24)).columns))


def style(text: str, **styles: Any) -> str:  # noqa: ANN401
    """Styled text; plain when NO_COLOR is set (https://no-color.org)."""
    return text if os.environ.get("NO_COLOR") else click.style(text, **styles)


def quiet(text: str) -> str:
    """Text of second rank."""
    return style(text, dim=True)


def strong(text: str) -> str:
    """Text that leads the eye."""
    return style(text, bold=True)


def never_choke() -> None:
    """Let a character that the terminal cannot show become a question mark instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str = "") -> None:
    """One line, styled codes dropped when the output is no terminal."""
    click.echo(text)


def paragraph(text: str, indent: str = "", *, hang: str = "", dim: bool = False, bold: bool = False) -> None:
    """A wrapped paragraph, lines after the first set in by `hang`. Ids are not broken at their hyphens."""
    room = width() - len(indent)
    for line in textwrap.wrap(text, room, break_on_hyphens=False, subsequent_indent=hang) or [""]:
        say(indent + (quiet(line) if dim else strong(line) if bold else line))


def cut(text: str, room: int) -> str:
    """Text that fits into so many columns, with an ellipsis where some is left out."""
    return text if len(text) <= room else text[: max(0, room - 1)].rstrip() + "…"


def heading(text: str, kind: str = "") -> None:
    """The line that says what is shown, with its kind where that helps."""
    if kind and len(text) + len(kind) + 2 <= width():
        say(f"{strong(text)}  {quiet(kind)}")
        return
    paragraph(text, bold=True)
    if kind:
        say(quiet(kind))


def skill_row(level: Level, title: str, figure: str) -> None:
    """One skill on one line: depth, title and hours. A narrow window leaves the depth to its glyph."""
    word = f"  {level.value:<9}" if width() >= WIDE else ""
    room = min(TITLE, width() - len(word) - FIGURE - 5)
    shown = title if len(title) <= room else title[: room - 1].rstrip() + "…"
    say(f"  {level.glyph} {shown:<{room}}{quiet(word)} {figure:>{FIGURE}}")


def next_step(command: str, why: str) -> None:
    """The one suggestion at the end. The command stays on one line, to be copied."""
    say()
    beside = len(command) + len(why) + 8 <= width()
    say(f"{quiet('next:')} {style(command, fg='cyan')}" + (f"  {quiet(why)}" if beside else ""))
    if not beside:
        paragraph(why, "      ", dim=True)


def document(value: Any) -> None:  # noqa: ANN401
    """A JSON document on standard output; with escapes where the output cannot hold every character."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    json.dump(value, sys.stdout, ensure_ascii=plain, indent=2 if sys.stdout.isatty() else None)
    sys.stdout.write("\n")


def depth(level: Level) -> str:
    """A level as glyph and word."""
    return f"{level.glyph} {level.value}"


def fail(message: str, hint: str = "") -> None:
    """An error, and the next thing to do, on standard error; then exit with 1."""
    click.echo(f"{style('cairn:', fg='red')} {message}", err=True)
    if hint:
        click.echo(f"       {hint}", err=True)
    raise SystemExit(1)
