"""Ask one question in the terminal: readable formulas, lettered options, and what the answer shows."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cairn.cli.output import depth, fail, paragraph, quiet, say, strong, style, width
from cairn.study.typeset import readable

if TYPE_CHECKING:
    from cairn.curriculum import Skill
    from cairn.curriculum.items.grading import Answer
    from cairn.curriculum.items.variant import Variant
    from cairn.study.answering import Answering, Occasion, Reply
    from cairn.study.atlas import Atlas

UNKNOWN = "?"
STOPS = frozenset({"q", ":q", "quit"})


class StoppedError(Exception):
    """Raised when the person stops."""


def need_terminal(instead: str) -> None:
    """End with a message where nobody can answer."""
    if not sys.stdin.isatty():
        fail("this asks questions, and there is no terminal to answer in", instead)


def heard(names: Sequence[str] = ()) -> str:
    """One line from the person.

    Raises:
        StoppedError: they stop, or the input ends.
    """
    try:
        text = input(style("› ", fg="cyan"))
    except (EOFError, KeyboardInterrupt):
        say()
        raise StoppedError from None
    except UnicodeDecodeError:
        say("That was not readable text; write it again.")
        return heard(names)
    stops = STOPS - set(names)
    if text.strip().lower() in stops:
        raise StoppedError
    return text


def ask(answering: Answering, made: Variant, occasion: Occasion) -> Reply:
    """Ask a question until it is answered, and say what the answer shows.

    Raises:
        StoppedError: the person stops; nothing is kept of this question.
    """
    began = time.monotonic()
    _put(made)
    names = _names(made)
    while True:
        given = _given(made, names)
        seconds = max(1.0, time.monotonic() - began)
        reply = answering.answer(made.item.id, made.seed, given, occasion=occasion, seconds=seconds)
        if reply.graded.counts:
            break
        say(f"{style('not read:', fg='yellow')} {readable(reply.graded.message)}")
    show(answering.desk.atlas, reply)
    return reply


def head(atlas: Atlas, skill: Skill, note: str = "") -> None:
    """The line above a question."""
    say()
    title = atlas.curriculum.topics[skill.topic].title
    say(f"{strong(title)}  {quiet(depth(skill.level))}" + (f"  {quiet(note)}" if note else ""))


def _put(made: Variant) -> None:
    prose(made.ask)
    if made.code:
        say()
        for line in made.code.rstrip().splitlines():
            say(f"    {line}")
    if made.item.kind.value != "free":
        _options(made)
    say()
    say(quiet(_how(made)))


def _options(made: Variant) -> None:
    say()
    for number, option in enumerate(made.options):
        lines = _wrapped(readable(option.text), width() - 6)
        say(f"  {strong(chr(97 + number))}  {lines[0]}")
        for line in lines[1:]:
            say(f"     {line}")


def prose(text: str, indent: str = "") -> None:
    """Prose with its paragraphs; lists, tables and code keep their lines."""
    for number, part in enumerate(readable(text).split("\n\n")):
        if number:
            say()
        rows = part.splitlines()
        if any(line.lstrip().startswith(("- ", "* ", "|", "1.", "```")) for line in rows):
            for line in rows:
                paragraph(line, indent)
        else:
            paragraph(" ".join(rows), indent)


def _wrapped(text: str, room: int) -> list[str]:
    import textwrap  # noqa: PLC0415

    return textwrap.wrap(text, max(20, room), break_on_hyphens=False) or [""]


def _names(made: Variant) -> list[str]:
    sheet = made.item.sheet
    parts = (getattr(sheet, name, ()) for name in ("variables", "arrays", "symbols"))
    return [name for part in parts for name in part]


def _how(made: Variant) -> str:
    stop = "q stops" if "q" not in _names(made) else ":q stops"
    unit = getattr(made.key, "unit", None)
    what = {
        "numeric": f"a number{f' in {unit}' if unit else ''}",
        "expression": "a formula, such as 2*x + sqrt(y)",
        "shape": "the sizes, such as 2, 3, or: error",
        "choice": "letters" if getattr(made.key, "multiple", False) else "one letter",
        "order": "letters in the right order, leaving out what does not belong: b a c",
        "output": "what it prints; an empty line ends it",
        "free": "your answer; an empty line ends it",
    }[made.item.kind.value]
    return f"{what} · ? I don’t know · {stop}"


def _given(made: Variant, names: Sequence[str]) -> Answer:
    kind = made.item.kind.value
    if kind == "free":
        return _compared(made, names)
    if kind == "output":
        text = lines(names)
        return None if text.strip() == UNKNOWN else text
    text = heard(names)
    if text.strip() == UNKNOWN:
        return None
    return " ".join(text.strip()) if kind in {"order", "choice"} and text.strip().isalpha() else text


def lines(names: Sequence[str]) -> str:
    """Several lines, until an empty one.

    Raises:
        StoppedError: the person stops.
    """
    given: list[str] = []
    while line := heard(names):
        given.append(line)
        if line.strip() == UNKNOWN and len(given) == 1:
            break
    return "\n".join(given)


def _compared(made: Variant, names: Sequence[str]) -> Answer:
    """A free answer: written down, then held against the model answer point by point."""
    if lines(names).strip() == UNKNOWN:
        return None
    say()
    say(strong("A model answer"))
    prose(made.shown, "  ")
    _options(made)
    say(quiet("letters of the points that your answer makes; Enter alone for none"))
    ticked = heard(names).strip()
    return list(ticked.replace(",", " ").split()) if " " in ticked or "," in ticked else list(ticked)


def show(atlas: Atlas, reply: Reply) -> None:
    """What an answer shows: the mark, the wrong idea and what repairs it, the right answer and why."""
    graded = reply.graded
    mark = graded.mark.value
    if mark == "right":
        say(style("✓ right", fg="green"))
        return
    say(style("✗ not right", fg="yellow") if mark == "wrong" else quiet("noted"))
    for foreseen in graded.because:
        paragraph(readable(foreseen.says), "  ")
        if foreseen.lacks and foreseen.lacks.topic in atlas.curriculum.topics:
            say(quiet(f"  probably missing: {foreseen.lacks}"))
        if foreseen.repairs:
            say(quiet(f"  read: {foreseen.repairs}"))
    if mark == "wrong" and not graded.because:
        paragraph(readable(graded.message), "  ")
    paragraph(f"right is: {readable(graded.shown)}", "  ")
    if mark == "wrong" and graded.explanation:
        prose(graded.explanation, "  ")
