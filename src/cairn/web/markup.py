"""From a page's Markdown to HTML. Raw HTML is never let through; formulas were set when Cairn was built."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

_ID = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")


def render(text: str, formulas: Mapping[str, str | None]) -> str:
    """The HTML of a page's body.

    Args:
        text: Markdown with `$` and `$$` formulas.
        formulas: HTML of each formula by `i:` (in a line) or `d:` (displayed) and its TeX. One that is
            missing is shown as its TeX.
    """
    return str(_parser(_setter(formulas)).render(text))


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
    return parser


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
