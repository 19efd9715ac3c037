"""The terminal's voice: aligned, quiet, wrapped to the window, silent about colour when asked."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from typing import Any

import click

from cairn.curriculum import Level


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


def say(text: str = "") -> None:
    """One line, styled codes dropped when the output is no terminal."""
    click.echo(text)


def paragraph(text: str, indent: str = "", *, dim: bool = False) -> None:
    """A wrapped paragraph."""
    for line in textwrap.wrap(text, width() - len(indent)) or [""]:
        say(indent + (quiet(line) if dim else line))


def next_step(command: str, why: str) -> None:
    """The one suggestion at the end."""
    say()
    say(f"{quiet('next:')} {style(command, fg='cyan')}  {quiet(why)}")


def document(value: Any) -> None:  # noqa: ANN401
    """A JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
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
