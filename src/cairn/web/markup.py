"""From a page's Markdown to HTML. Raw HTML is never let through; formulas were set when Cairn was built."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from cairn.claims.page import CLAIMS, alone, href

_ID = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")
_ENDS = re.compile(r"[.,;:!?)\u201d\u2019]+(?=\s|$)")
SHORT_FORMULA = 16
"""Formulas up to so many characters of TeX stay on one line with what ends their clause; longer ones may break."""

_SLOT = re.compile("\x02([0-9]+)\x03")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place on a page where a check stands, with the HTML of what the page calls it."""

    check: str
    title: Markup


class Inclusions(Protocol):
    """What a page may include: checks, their figures, and code."""

    def kind(self, check: str) -> str | None:
        """The kind of a check, or None if there is none of this id."""

    def figure(self, check: str, key: str, like: str) -> str | None:
        """A figure of a check, written like the page writes it."""

    def code(self, file: str, name: str) -> str | None:
        """The HTML of a function's source."""


class _Nothing:
    def kind(self, check: str) -> str | None:  # noqa: ARG002
        return None

    def figure(self, check: str, key: str, like: str) -> str | None:  # noqa: ARG002
        return None

    def code(self, file: str, name: str) -> str | None:  # noqa: ARG002
        return None


def render(text: str, formulas: Mapping[str, str | None]) -> str:
    """The HTML of a text that includes nothing.

    Args:
        text: Markdown with `$` and `$$` formulas.
        formulas: HTML of each formula by `i:` (in a line) or `d:` (displayed) and its TeX. One that is
            missing is shown as its TeX.
    """
    return "".join(p for p in render_page(text, formulas, _Nothing()) if isinstance(p, str))


def render_page(
    text: str, formulas: Mapping[str, str | None], inclusions: Inclusions
) -> tuple[Markup | Slot, ...]:
    """A page's body as pieces of HTML with the slots of its checks between them."""
    rendering = _Rendering(formulas, inclusions)
    made = rendering.parser.render(text.replace("\x02", "").replace("\x03", ""))
    pieces: list[Markup | Slot] = []
    for i, part in enumerate(_SLOT.split(made)):
        if i % 2:
            pieces.append(rendering.slots[int(part)])
        elif part:
            pieces.append(Markup(part))  # noqa: S704  # raw HTML is off in the parser
    return tuple(pieces)


class _Rendering:
    """One rendering: the parser, and the slots it met."""

    def __init__(self, formulas: Mapping[str, str | None], inclusions: Inclusions) -> None:
        self.slots: list[Slot] = []
        self._inclusions = inclusions
        self.parser = _parser(_setter(formulas))
        self.parser.core.ruler.push("steps", self._steps)
        self.parser.core.ruler.push("blocks", self._blocks)
        self.parser.core.ruler.push("links", self._links)
        self.parser.core.ruler.push("margin", self._margin)

    def _inner(self, tokens: Sequence[Token], state: StateCore) -> str:
        renderer = self.parser.renderer
        assert isinstance(renderer, RendererHTML)  # noqa: S101  # the only one that is ever set
        return renderer.renderInline(tokens, self.parser.options, state.env)

    def _slot(self, check: str, title: str) -> str:
        self.slots.append(Slot(check, Markup(title)))  # noqa: S704  # made by the renderer
        return f"\x02{len(self.slots) - 1}\x03"

    def _steps(self, state: StateCore) -> None:
        """The list after a derivation's reference: its steps, foldable, the check at their end."""
        tokens = state.tokens
        i = 0
        while i + 3 < len(tokens):
            reference = alone(tokens[i : i + 3])
            is_list = tokens[i + 3].type == "ordered_list_open"
            if not (reference and is_list and self._inclusions.kind(reference.target) == "derivation"):
                i += 1
                continue
            level = tokens[i + 3].level
            end = next(
                j
                for j in range(i + 3, len(tokens))
                if tokens[j].type == "ordered_list_close" and tokens[j].level == level
            )
            title = self._inner((tokens[i + 1].children or [])[1:-1], state)
            tokens[i + 3].attrJoin("class", "chain")
            _fold(tokens, i + 4, end, level)
            end = next(
                j
                for j in range(i + 3, len(tokens))
                if tokens[j].type == "ordered_list_close" and tokens[j].level == level
            )
            close = _block("</details>\n" + self._slot(reference.target, title))
            tokens[end + 1 : end + 1] = [close]
            tokens[i : i + 3] = [_block(f'<details class="derivation" open><summary>{title}</summary>\n')]
            i += 2

    def _blocks(self, state: StateCore) -> None:
        """A reference alone in its paragraph becomes the check or the code it names."""
        tokens = state.tokens
        for i in range(len(tokens) - 3, -1, -1):
            reference = alone(tokens[i : i + 3])
            if reference is None or reference.figure:
                continue
            title = self._inner((tokens[i + 1].children or [])[1:-1], state)
            if reference.file == CLAIMS and self._inclusions.kind(reference.target):
                tokens[i : i + 3] = [_block(self._slot(reference.target, title))]
                continue
            code = self._inclusions.code(reference.file, reference.target)
            if code is not None:
                caption = f"<figcaption>{title}</figcaption>"
                tokens[i : i + 3] = [
                    _block(f'<figure class="code">{caption}<pre><code>{code}</code></pre></figure>\n')
                ]

    def _links(self, state: StateCore) -> None:
        """A reference in a line points to the check; with a figure it shows that figure."""
        for token in state.tokens:
            children = token.children or []
            for opening, text in pairwise(children):
                match = href(opening) if opening.type == "link_open" else None
                if match is None:
                    continue
                known = match["file"] == CLAIMS and self._inclusions.kind(match["target"]) is not None
                opening.attrSet("href", f"#check-{match['target']}" if known else "#statement")
                opening.attrSet("class", "computed" if match["figure"] else "checked")
                if match["figure"] and text.type == "text":
                    found = self._inclusions.figure(match["target"], match["figure"], text.content)
                    text.content = found if found is not None else text.content

    def _margin(self, state: StateCore) -> None:
        """Footnotes stand in the margin too, before the paragraph that refers to them."""
        tokens = state.tokens
        notes = self._notes(state)
        if not notes:
            return
        depth, start = 0, 0
        places: list[tuple[int, list[int]]] = []
        for i, token in enumerate(tokens):
            if token.type == "footnote_block_open":
                break
            if depth == 0:
                start = i
            depth += token.nesting
            numbers = [
                int(c.meta["id"])
                for c in token.children or []
                if c.type == "footnote_ref" and not c.meta.get("subId")
            ]
            if numbers:
                places.append((start, numbers))
        for at, numbers in reversed(places):
            html_text = "".join(
                f'<aside class="sidenote" aria-label="Note {n + 1}">'
                f'<span class="mark">{n + 1}</span> {notes[n]}</aside>\n'
                for n in numbers
                if n in notes
            )
            tokens[at:at] = [_block(html_text)]

    def _notes(self, state: StateCore) -> dict[int, str]:
        found: dict[int, str] = {}
        here = -1
        for token in state.tokens:
            if token.type == "footnote_open":
                here = int(token.meta["id"])
            elif token.type == "footnote_close":
                here = -1
            elif here >= 0 and token.type == "inline":
                children = [c for c in token.children or [] if c.type != "footnote_anchor"]
                found[here] = (found.get(here, "") + " " + self._inner(children, state)).strip()
        return found


def _fold(tokens: list[Token], first: int, end: int, level: int) -> None:
    """In each step, what follows the first paragraph is folded away."""
    for i in range(end, first - 1, -1):
        if tokens[i].type != "list_item_close" or tokens[i].level != level + 1:
            continue
        opening = next(
            j
            for j in range(i, first - 1, -1)
            if tokens[j].type == "list_item_open" and tokens[j].level == level + 1
        )
        depth, after = 0, opening + 1
        for j in range(opening + 1, i):
            depth += tokens[j].nesting
            if depth == 0:
                after = j + 1
                break
        if after < i:
            tokens[i:i] = [_block("</details>\n")]
            tokens[after:after] = [_block('<details class="more"><summary>In detail</summary>\n')]


def _block(text: str) -> Token:
    return Token("html_block", "", 0, content=text, block=True)


def _setter(formulas: Mapping[str, str | None]) -> Callable[[str, dict[str, bool]], str]:
    def set_formula(tex: str, options: dict[str, bool]) -> str:
        kind = "d:" if options["display_mode"] else "i:"
        made = formulas.get(kind + tex.strip())
        return made if made is not None else f'<code class="tex">{html.escape(tex.strip())}</code>'

    return set_formula


def _parser(renderer: Callable[[str, dict[str, bool]], str]) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable(["table", "strikethrough", "smartquotes", "replacements"])
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=True, double_inline=True, renderer=renderer)
    parser.use(footnote_plugin)
    parser.core.ruler.push("heading_ids", _heading_ids)
    parser.core.ruler.push("formula_ends", _formula_ends)
    return parser


def _formula_ends(state: StateCore) -> None:
    """A short formula keeps the stop or bracket behind it on its line: a browser may break after any formula."""
    for token in state.tokens:
        children = token.children or []
        for i in range(len(children) - 2, -1, -1):
            formula, after = children[i], children[i + 1]
            if formula.type != "math_inline" or after.type != "text" or len(formula.content) > SHORT_FORMULA:
                continue
            ends = _ENDS.match(after.content)
            if ends:
                after.content = after.content[ends.end() :]
                stop = Token("text", "", 0, content=ends[0])
                children[i : i + 1] = [_inline('<span class="nowrap">'), formula, stop, _inline("</span>")]


def _inline(text: str) -> Token:
    return Token("html_inline", "", 0, content=text)


def _heading_ids(state: StateCore) -> None:
    """Headings get the id they name in braces, or one made of their text."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.type == "inline":
            named = _ID.search(inline.content)
            if named:
                opening.attrSet("id", named[1])
                _strip(inline, named[0])
            else:
                opening.attrSet("id", re.sub(r"[^a-z0-9]+", "-", inline.content.lower()).strip("-"))


def _strip(inline: Token, suffix: str) -> None:
    for child in reversed(inline.children or []):
        if child.type == "text" and child.content.rstrip().endswith(suffix.strip()):
            child.content = child.content.rstrip().removesuffix(suffix.strip()).rstrip()
            return
