"""What no text of a curriculum may hold, line by line: half a formula, raw HTML, filler."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cairn.curriculum.problem import Problem, Severity

_HTML = re.compile(r"<!--|</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")
_CODE_OR_MATH = re.compile(r"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$")
_FILLER = re.compile(
    r"\b(simply|obviously|trivially|delve|powerful|leverage[sd]?|cutting-edge|game-chang\w+)\b", re.IGNORECASE
)


def written(file: str, number: int, line: str) -> Iterator[Problem]:
    """One line outside code and displayed formulas."""
    prose = _CODE_OR_MATH.sub(" ", line.replace("\\$", ""))
    if "$" in prose:
        yield Problem(file, number, "math", "a $ without its partner on this line", "close it or write \\$")
    if _HTML.search(prose):
        yield Problem(file, number, "html", "raw HTML is not allowed", "use Markdown")
    for word in _FILLER.findall(prose):
        hint = "say what is meant, or leave it out"
        yield Problem(file, number, "filler", f"the filler word {word!r}", hint, Severity.WARNING)
