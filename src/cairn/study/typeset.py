"""Formulas as readable Unicode text, for terminals and for pages before their formulas are set.

What has no Unicode form is written out: a fraction as (a + b)/c, a root as √(x), an exponent that is no plain sign
as x^(…). No formula makes it fail, and none is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cairn.study.typeset_signs import (
    ACCENTS,
    ALPHABETS,
    BINOMIALS,
    FRACTIONS,
    LOWERED,
    RAISED,
    SIGNS,
    SIZED,
    UPRIGHT,
    WORDS,
)

_MATH = re.compile(r"\$\$([\s\S]+?)\$\$|\$((?:\\.|[^$\n\\])+)\$")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\s+|[A-Za-z0-9.]|[\s\S]", re.DOTALL)
_DEEPEST = 40
_PLAIN = re.compile(r"[\w.′∞]+|[√∂∇]?\w+|\([^()]*\)|‖[^‖]*‖|\|[^|]*\|")
_LOOSE = re.compile(r" {2,}")


def readable(text: str) -> str:
    """A Markdown text as plain text: formulas in Unicode, code and emphasis without their marks."""
    parts: list[str] = []
    at = 0
    for found in _MATH.finditer(text):
        parts += [_prose(text[at : found.start()]), formula(found[1] or found[2])]
        at = found.end()
    return "".join([*parts, _prose(text[at:])])


def formula(tex: str) -> str:
    """One formula as Unicode text."""
    tokens: list[str] = _TOKEN.findall(tex[:4000])
    return _LOOSE.sub(" ", "".join(_Reader(tokens).many(0))).strip()


def _prose(text: str) -> str:
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*\*([^*\n]+)\*\*|\*([^*\n]+)\*", lambda m: m[1] or m[2], text)
    return re.sub(r"\\([$*_`\[\]<])", r"\1", re.sub(r"`([^`\n]*)`", r"\1", text))


class _Reader:
    """Reads TeX from left to right, one group at a time."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = tokens, 0

    def many(self, depth: int, end: str = "") -> Iterator[str]:
        """What stands until a closing part, or until the end."""
        while self.at < len(self.tokens):
            if end and self.tokens[self.at] == end:
                self.at += 1
                return
            yield self.one(depth)

    def one(self, depth: int) -> str:
        """The next thing, whatever it is."""
        part = self.tokens[self.at]
        self.at += 1
        if depth > _DEEPEST:
            return part
        if part == "{":
            return "".join(self.many(depth + 1, "}"))
        if part in "^_":
            return self._script(part, depth)
        if part.startswith("\\"):
            return self._command(part, depth)
        if part.isspace():
            return " "
        return {"&": "  ", "~": " ", "}": "", "'": "′", "-": "−", "*": "∗"}.get(part, part)

    def argument(self, depth: int) -> str:
        """What a command or a script applies to."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.one(depth + 1).strip() if self.at < len(self.tokens) else ""

    def _option(self, depth: int) -> str:
        """What stands in square brackets, if anything does."""
        if self.at < len(self.tokens) and self.tokens[self.at] == "[":
            self.at += 1
            return "".join(self.many(depth + 1, "]")).strip()
        return ""

    def _script(self, part: str, depth: int) -> str:
        """An exponent or index: small signs where all of it has them."""
        inner = self.argument(depth).replace("⊤", "ᵀ") if part == "^" else self.argument(depth)
        if inner in {"ᵀ", "′", "∗"} and part == "^":
            return inner
        table = RAISED if part == "^" else LOWERED
        close = inner.replace(" ", "")
        if close and all(c in table for c in close):
            return "".join(table[c] for c in close)
        return f"{part}{inner}" if len(inner) == 1 else f"{part}({inner})"

    def _command(self, part: str, depth: int) -> str:
        name = part[1:]
        if name in SIGNS:
            return SIGNS[name]
        if name in ACCENTS:
            inner = self.argument(depth)
            return inner + ACCENTS[name] if len(inner) == 1 else f"{WORDS.get(name, name)}({inner})"
        if name in ALPHABETS:
            return "".join(ALPHABETS[name].get(c, c) for c in self.argument(depth))
        return self._built(name, depth)

    def _built(self, name: str, depth: int) -> str:
        """A command that puts its arguments together; the name of any other."""
        found = name
        if name in FRACTIONS:
            found = f"{_held(self.argument(depth))}/{_held(self.argument(depth))}"
        elif name in BINOMIALS:
            found = f"C({self.argument(depth)}, {self.argument(depth)})"
        elif name == "sqrt":
            which, inner = self._option(depth), self.argument(depth)
            root = {"": "√", "3": "∛", "4": "∜"}.get(which, f"{which}√")
            found = root + (inner if len(inner) == 1 or inner.isdigit() else f"({inner})")
        elif name in UPRIGHT:
            found = self._words(depth)
        elif name in {"begin", "end"}:
            found = self._environment(name, depth)
        elif name in SIZED:
            following = self.argument(depth)
            found = "" if following == "." else following
        return found

    def _words(self, depth: int) -> str:
        """Text inside a formula, with its own spaces."""
        inner = self.argument(depth)
        following = self.tokens[self.at] if self.at < len(self.tokens) else ""
        return inner + (" " if len(inner) > 1 and following.isalpha() else "")

    def _environment(self, name: str, depth: int) -> str:
        """A matrix or the like, on one line: rows between brackets, parted by semicolons."""
        kind = self.argument(depth)
        if name == "end":
            return ""
        rows = [""]
        while self.at < len(self.tokens):
            if self.tokens[self.at] == "\\end":
                self.at += 1
                self.argument(depth)
                break
            if self.tokens[self.at] == "\\\\":
                self.at += 1
                rows.append("")
                continue
            if self.tokens[self.at] == "&":
                self.at += 1
                rows[-1] += "  " if kind == "cases" or "matrix" not in kind else ", "
                continue
            rows[-1] += self.one(depth + 1)
        lines = [_LOOSE.sub(" ", row).replace(" ,", ",").strip() for row in rows if row.strip()]
        if kind == "cases":
            return "{ " + "; ".join(lines) + " }"
        if "matrix" not in kind and kind != "array":
            return "; ".join(lines)
        around = {"vmatrix": "||", "Vmatrix": "‖‖", "pmatrix": "()"}.get(kind, "[]")
        return around[0] + "; ".join(lines) + around[1]


def _held(text: str) -> str:
    """The part of a fraction, in brackets unless it is one thing."""
    return text if _PLAIN.fullmatch(text) else f"({text})"
