"""What a complete page owes its reader, as far as its text alone shows: all sections, and sentences one can follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from cairn.curriculum.problem import Problem, Severity
from cairn.curriculum.topic import Status, Topic

COMPLETE = (
    "Why", "Intuition", "Statement", "Derivation", "Failure modes", "Worked example", "In practice", "Common mistakes",
)  # fmt: skip
MOST_WORDS = 2500
MEDIAN_SENTENCE = 20
FAILURE_MODES = 2

# Each of these is linear in the text: a page may be long and odd, and linting it must not take long.
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_CODE = re.compile(r"`[^`\n]*`")
_INLINE = re.compile(r"\$[^$\n]+\$")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\n]*\)")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]+\]:?")
_BLOCK = re.compile(r"^[ \t]*(?:#{1,6}|[-*+]|\d+[.)]|\|)[ \t]+", re.MULTILINE)
_END = re.compile(r"(?<=[.!?:])[\"')\]*_]*\s+|\n\s*\n")
_WORD = re.compile(r"[^\W_][\w'’-]*")
_SECTION = re.compile(r"^## +(\S.*)$", re.MULTILINE)


def owed(topic: Topic) -> Iterator[Problem]:
    """What a page that calls itself complete still lacks."""
    if topic.status is not Status.COMPLETE:
        return
    sections = split(topic.body)
    for title in COMPLETE:
        if not sections.get(title, "").strip():
            yield _owes(
                topic, f"a complete page has the section {title!r}", f"write '## {title}', or make it a draft"
            )
    modes = len(re.findall(r"^(?:[-*+]|\d+[.)]|###)[ \t]", sections.get("Failure modes", ""), re.MULTILINE))
    if modes < FAILURE_MODES:
        yield _owes(
            topic,
            f"{modes} failure mode{'' if modes == 1 else 's'}",
            f"name at least {FAILURE_MODES}, as a list",
        )
    if not topic.sources:
        yield _owes(topic, "a complete page cites its sources", "add `sources` with role and exact place")
    words = _count(plain(topic.body))
    if words > MOST_WORDS:
        yield _owes(topic, f"{words} words; the most is {MOST_WORDS}", "cut, or split the topic")
    middle = median([_count(s) for s in sentences(topic.body)] or [0])
    if middle >= MEDIAN_SENTENCE:
        message = f"the median sentence has {middle:g} words; it should have fewer than {MEDIAN_SENTENCE}"
        yield _owes(topic, message, "break the long ones")


def split(body: str) -> dict[str, str]:
    """The text of each second-level section, by its heading."""
    masked = "\n".join(" " * len(line) if code else line for line, code in _lines(body))
    marks = [(m[1].rstrip(), m.start(), m.end()) for m in _SECTION.finditer(masked)]
    ends = [*(start for _, start, _ in marks), len(body)][1:]
    return {title: body[after:end] for (title, _, after), end in zip(marks, ends, strict=True)}


def plain(body: str) -> str:
    """The prose of a page: code left out, each formula one word."""
    text = "\n".join("" if code else line for line, code in _lines(body)).replace("\\$", "")
    text = " formula ".join(text.split("$$")[::2])  # what stands between pairs of $$ is displayed
    text = _INLINE.sub(" formula ", _CODE.sub(" formula ", text))
    return _BLOCK.sub("\n\n", _FOOTNOTE.sub(" ", _LINK.sub(r"\1", text)))


def _lines(body: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a block of code."""
    inside = ""
    for line in body.split("\n"):
        fence = _FENCE.match(line)
        border = fence[1] if fence else ""
        yield line, bool(inside or border)
        if border and inside in {"", border}:
            inside = "" if inside else border


def sentences(body: str) -> list[str]:
    """The sentences of a page; a heading, a list item or a cell of a table is one of its own."""
    found = [s for s in _END.split(plain(body)) if s]
    return [s for s in found if _count(s) > 1]


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _owes(topic: Topic, message: str, hint: str) -> Problem:
    return Problem(topic.file, 0, "complete", message, hint, Severity.ERROR)
