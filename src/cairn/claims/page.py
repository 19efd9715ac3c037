"""What a page's Markdown says about its checks: which it refers to, and the steps of its derivations.

A reference is an ordinary link, so that the page reads well as plain Markdown:

    [The bound holds for four laws](claims.py#bound-holds)        alone in a paragraph: the check, with its outcome
    ... is about [0.136](claims.py#worked-example.half-width)     in a line: a figure of its first run
    [The whole operation](claims.py#attention)                    alone, the name of a function: its source
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

HREF = re.compile(
    r"(?P<file>(?:\.\./)*[\w./-]*[\w-]\.py)#(?P<target>[A-Za-z0-9_-]+)(?:\.(?P<figure>[a-z0-9-]+))?"
)
CLAIMS = "claims.py"
_MATH = re.compile(r"\$\$(.+?)\$\$|\$((?:\\.|[^$\\])+)\$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from a page to a check, a figure of one, or a function.

    Attributes:
        text: the link's text, as Markdown.
        file: the path it names, relative to the topic's folder.
        target: the id of a check, or the name of a function.
        figure: the key of a figure, or empty.
        line: the line of the body, from 1.
        alone: whether it is all there is in its paragraph.
    """

    text: str
    file: str
    target: str
    figure: str
    line: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation.

    Attributes:
        formula: the TeX of its first formula; empty if it has none.
        reason: the rest of its first paragraph, as Markdown.
        text: all of it, as Markdown.
        line: the line of the body, from 1.
    """

    formula: str
    reason: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derivation on a page: the ordered list after a reference that stands alone."""

    id: str
    title: str
    steps: tuple[Step, ...]


def parser() -> MarkdownIt:
    """The grammar of a page."""
    made = MarkdownIt("commonmark", {"html": False, "typographer": True})
    made.enable(["table", "strikethrough", "smartquotes", "replacements"])
    return made.use(dollarmath_plugin, allow_space=False, allow_digits=True, double_inline=True)


def references(body: str) -> tuple[Reference, ...]:
    """Every reference of a page, in order."""
    found: list[Reference] = []
    for token in parser().parse(body):
        if token.type == "inline" and token.map:
            found += _in_line(token)
    return tuple(found)


def derivations(body: str) -> tuple[Derivation, ...]:
    """Every ordered list that follows a reference standing alone; whether it is a derivation, `claims.py` says."""
    tokens = parser().parse(body)
    lines = body.split("\n")
    found = []
    for i, token in enumerate(tokens):
        if token.type != "ordered_list_open" or i < 3:
            continue
        before = alone(tokens[i - 3 : i])
        if before and before.file == CLAIMS and not before.figure:
            found.append(
                Derivation(before.target, before.text, tuple(_steps(tokens[i:], token.level, lines)))
            )
    return tuple(found)


def alone(tokens: list[Token]) -> Reference | None:
    """The reference that three tokens amount to, if they are a paragraph of one link and nothing else."""
    if [t.type for t in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    children = [
        c for c in tokens[1].children or [] if c.type != "softbreak" and (c.type != "text" or c.content)
    ]
    if len(children) < 2 or children[0].type != "link_open" or children[-1].type != "link_close":
        return None
    if sum(c.type == "link_open" for c in children) > 1:
        return None
    return next(iter(_in_line(tokens[1])), None)


def href(token: Token) -> re.Match[str] | None:
    """What a link's opening token refers to, if it is a reference."""
    return HREF.fullmatch(str(token.attrGet("href") or ""))


def _in_line(inline: Token) -> Iterator[Reference]:
    children = inline.children or []
    line = (inline.map or [0])[0] + 1
    for i, child in enumerate(children):
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
        match = href(child) if child.type == "link_open" else None
        if match is None:
            continue
        close = next(j for j in range(i, len(children)) if children[j].type == "link_close")
        text = "".join(_source(c) for c in children[i + 1 : close])
        only = not any(c.content.strip() for c in [*children[:i], *children[close + 1 :]])
        yield Reference(text, match["file"], match["target"], match["figure"] or "", line, only)


def _source(token: Token) -> str:
    if token.type == "math_inline":
        return f"${token.content}$"
    return token.content or ("" if token.type != "softbreak" else " ")


def _steps(tokens: list[Token], level: int, lines: list[str]) -> Iterator[Step]:
    """The items of the list that opens `tokens`."""
    for i, token in enumerate(tokens):
        if token.type == "ordered_list_close" and token.level == level:
            return
        if token.type == "list_item_open" and token.level == level + 1 and token.map:
            start, end = token.map
            text = re.sub(r"^\d+[.)]\s+", "", "\n".join(line.strip() for line in lines[start:end]).strip())
            first = text.split("\n\n")[0]
            if not _MATH.search(first) and tokens[i + 1].type != "paragraph_open":
                first = text
            formula = _MATH.search(text)
            rest = _MATH.sub("", first, count=1) if formula else first
            yield Step(
                (formula[1] or formula[2]).strip() if formula else "", rest.strip(" :,.—–\n"), text, start + 1
            )
