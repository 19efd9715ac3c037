"""A function of a Python file as it is shown on a page: its very source, so that there is no second copy."""

from __future__ import annotations

import ast
import io
import keyword
import textwrap
import tokenize
from html import escape

_BUILTIN = {"True", "False", "None"}


class ExcerptError(LookupError):
    """Raised when a file holds no such function or class."""


def excerpt(source: str, name: str) -> str:
    """The source of a function or class at the top of a file, without decorators.

    Raises:
        ExcerptError: there is none of this name, or the file is not Python.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ExcerptError(f"not valid Python: line {error.lineno}") from error
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
            return textwrap.dedent("\n".join(lines))
    raise ExcerptError(f"there is no function {name!r} in it")


def highlight(code: str) -> str:
    """Python as HTML: keywords, text, numbers and comments marked; plain where it is no whole Python."""
    lines = code.splitlines(keepends=True)
    out: list[str] = []
    row, column = 1, 0

    def upto(end_row: int, end_column: int) -> str:
        nonlocal row, column
        pieces = []
        while row < end_row:
            pieces.append(lines[row - 1][column:])
            row, column = row + 1, 0
        if end_row <= len(lines):
            pieces.append(lines[end_row - 1][column:end_column])
            column = end_column
        return "".join(pieces)

    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            out.append(escape(upto(*token.start), quote=False))
            text = escape(upto(*token.end), quote=False)
            kind = _kind(token)
            out.append(f'<span class="{kind}">{text}</span>' if kind and text else text)
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return escape(code, quote=False)
    return "".join(out)


def _kind(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.COMMENT:
        return "c"
    if token.type == tokenize.STRING:
        return "s"
    if token.type == tokenize.NUMBER or token.string in _BUILTIN:
        return "n"
    return "k" if token.type == tokenize.NAME and keyword.iskeyword(token.string) else ""
