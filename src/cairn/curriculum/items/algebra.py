"""What a learner types as a formula: our own tokens and grammar, with limits. Nothing here is ever run as code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from cairn.curriculum.items.formula import AnswerError, Call, Node, Num, Op, Row, Var

__all__ = [
    "CONSTANTS",
    "FUNCTIONS",
    "AnswerError",
    "Call",
    "Node",
    "Num",
    "Op",
    "Row",
    "Var",
    "parse",
    "tidy",
]

MAX_LENGTH = 1000
MAX_NODES = 300
MAX_DEPTH = 40

FUNCTIONS = frozenset({
    "exp", "log", "ln", "log2", "log10", "sqrt", "abs", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan",
    "sigmoid", "relu", "max", "min", "sum", "mean", "dot", "inv", "transpose", "trace", "tr", "det", "norm", "diag",
    "factorial", "comb",
})  # fmt: skip
CONSTANTS = frozenset({"pi", "e"})

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<name>[A-Za-z\u0370-\u03ff][A-Za-z0-9_\u0370-\u03ff]*)"
    r"|(?P<op>\*\*|\.\*|\.T\b|[-+*/^@()\[\],;|!']))"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "θ": "theta", "λ": "lambda",
    "μ": "mu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "Σ": "Sigma",
}  # fmt: skip
_REPLACED = {
    "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "⁄": "/", "⊙": ".*", "∘": ".*",
    "√": "sqrt", "ᵀ": "^T", "⊤": "^T", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)",
    "{": "(", "}": ")",
}  # fmt: skip
_FRAC = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


def tidy(text: str, limit: int = MAX_LENGTH) -> str:
    """An answer in plain characters: Unicode signs, superscripts and simple LaTeX written out.

    Raises:
        AnswerError: it is empty, too long, or holds control characters.
    """
    if len(text) > limit:
        msg = f"The answer is {len(text)} characters long; at most {limit} are read."
        raise AnswerError(msg)
    text = text.strip().strip("$").strip()
    if not text:
        msg = "The answer is empty."
        raise AnswerError(msg)
    text = _from_latex(text) if "\\" in text else text
    text = re.sub("[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^(" + m[0].translate(_SUPERSCRIPT) + ")", text)
    for sign, plain in _REPLACED.items():
        text = text.replace(sign, plain)
    text = unicodedata.normalize("NFKC", text)
    if len(text) > 4 * limit:  # one sign may stand for many letters
        msg = "The answer holds signs that cannot be read; type it plainly."
        raise AnswerError(msg)
    for letter, name in _GREEK.items():
        text = text.replace(letter, f" {name} " if len(text) > 1 else name)
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in "\n\t" for c in text):
        msg = "The answer holds a control character; type it again."
        raise AnswerError(msg)
    return text.strip()


def _from_latex(text: str) -> str:
    """The few LaTeX commands that a pasted formula commonly has."""
    text = re.sub(r"\\(left|right|,|;|!|quad|displaystyle)(?![A-Za-z])", " ", text)
    text = re.sub(r"\\(cdot|times)(?![A-Za-z])", "*", text)
    text = re.sub(r"\\odot(?![A-Za-z])", ".*", text)
    text = re.sub(r"\\(operatorname|mathrm|mathbf|text)\s*\{([A-Za-z]+)\}", r"\2", text)
    text = re.sub(r"\\top(?![A-Za-z])", "T", text)
    for _ in range(8):
        text, changed = _FRAC.subn(r"((\1)/(\2))", text)
        if not changed:
            break
    text = re.sub(r"\\sqrt\s*\{([^{}]*)\}", r"sqrt(\1)", text)
    text = re.sub(r"\\([A-Za-z]+)", r" \1 ", text)
    if "\\" in text or "frac" in text:
        msg = "This LaTeX cannot be read; write it plainly, as in (x + 1)/2 or sqrt(x)."
        raise AnswerError(msg)
    return text.replace("{", "(").replace("}", ")")


def parse(text: str, names: Collection[str] = (), extra: Collection[str] = ()) -> Node:
    """The formula a text stands for.

    Args:
        text: as typed.
        names: the variables that may stand in it.
        extra: functions beyond the learner's, for an author's formula.

    Raises:
        AnswerError: it is no formula, too long, or names something unknown.
    """
    return _Parser(tidy(text), frozenset(names), FUNCTIONS | frozenset(extra)).whole()


class _Parser:
    """Recursive descent: sum, product, sign, power, atom."""

    def __init__(self, text: str, names: frozenset[str], functions: frozenset[str]) -> None:
        self.names, self.functions = names, functions
        self.tokens = self._tokens(text)
        self.at = self.nodes = self.depth = 0

    def _tokens(self, text: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None:
                rest = text[at:].lstrip()
                msg = f"The sign {rest[0]!r} cannot stand in an answer."
                raise AnswerError(msg)
            at = match.end()
            kind = match.lastgroup or ""
            if kind == "name":
                found += self._split(match["name"])
            else:
                found.append((kind, match[kind]))
        return found

    def _split(self, name: str) -> list[tuple[str, str]]:
        """A run of letters that is no name but a product of one-letter names: `xy` is `x y`."""
        known = self.names | self.functions | CONSTANTS | {"T"}
        if name in known or not all(c in self.names for c in name):
            return [("name", name)]
        return [("name", c) for c in name]

    def whole(self) -> Node:
        node = self.sum()
        if self.at < len(self.tokens):
            msg = f"{self.tokens[self.at][1]!r} stands where nothing more is expected."
            raise AnswerError(msg)
        return node

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, *signs: str) -> str:
        if self.kind() == "op" and self.peek() in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def need(self, sign: str) -> None:
        if not self.take(sign):
            there = f"{self.peek()!r} stands" if self.peek() else "the answer ends"
            msg = f"{sign!r} is missing where {there}."
            raise AnswerError(msg)

    def made(self, node: Node) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            msg = "The formula is too long to be read."
            raise AnswerError(msg)
        return node

    def sum(self) -> Node:
        with self.deeper():
            node = self.product()
            while sign := self.take("+", "-"):
                node = self.made(Op(sign, (node, self.product())))
        return node

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One formula within another; there is an end to it."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            msg = "The formula has too many brackets, powers or functions within one another."
            raise AnswerError(msg)
        yield
        self.depth -= 1

    def product(self) -> Node:
        node = self.signed()
        while True:
            sign = self.take("*", "/", "@", ".*")
            if sign:
                node = self.made(Op(sign, (node, self.signed())))
            elif self.kind() in {"number", "name"} or self.peek() in {"(", "["}:
                if self.kind() == "number" and isinstance(node, Num):
                    msg = f"Two numbers stand side by side: {node.text} {self.peek()}."
                    raise AnswerError(msg)
                node = self.made(Op("@", (node, self.power())))  # written side by side
            else:
                return node

    def signed(self) -> Node:
        minus = False
        while sign := self.take("+", "-"):
            minus ^= sign == "-"
        node = self.power()
        return self.made(Op("neg", (node,))) if minus else node

    def power(self) -> Node:
        node = self.after(self.atom())
        if self.take("^", "**"):
            if self.peek() == "T" and "T" not in self.names:
                self.at += 1
                return self.power_of(self.made(Op("T", (node,))))
            if self._bracketed_transpose():
                self.at += 3
                return self.power_of(self.made(Op("T", (node,))))
            with self.deeper():
                node = self.made(Op("^", (node, self.signed())))
        return node

    def power_of(self, node: Node) -> Node:
        """What may follow a transpose: another one, or a power."""
        node = self.after(node)
        if not self.take("^", "**"):
            return node
        with self.deeper():
            return self.made(Op("^", (node, self.signed())))

    def _bracketed_transpose(self) -> bool:
        signs = [text for _, text in self.tokens[self.at : self.at + 3]]
        return signs == ["(", "T", ")"] and "T" not in self.names

    def after(self, node: Node) -> Node:
        while sign := self.take(".T", "'", "!"):
            node = self.made(Call("factorial", (node,)) if sign == "!" else Op("T", (node,)))
        return node

    def atom(self) -> Node:
        kind, text = (self.kind(), self.peek())
        if kind == "number":
            self.at += 1
            return self.made(Num(float(text), text))
        if kind == "name":
            return self.name(text)
        if self.take("("):
            node = self.sum()
            if self.peek() in {",", ";"}:
                return self.row(node, ")")
            self.need(")")
            return node
        if self.take("["):
            return self.row(self.sum(), "]")
        if self.take("|"):
            node = self.sum()
            self.need("|")
            return self.made(Call("abs", (node,)))
        there = f"before {text!r}" if text else "at the end"
        msg = f"Something is missing {there}."
        raise AnswerError(msg)

    def row(self, first: Node, end: str) -> Node:
        members = [first]
        while self.take(",", ";"):
            if self.peek() == end:
                break
            members.append(self.sum())
        self.need(end)
        return self.made(Row(tuple(members)))

    def name(self, text: str) -> Node:
        self.at += 1
        if text in self.names:
            return self.made(Var(text))
        if text in self.functions:
            return self.call(text)
        if text in CONSTANTS:
            return self.made(Var(text))
        allowed = ", ".join(sorted(self.names))
        hint = f"; the variables here are {allowed}" if allowed else "; a number is asked for"
        msg = f"{text[:40]!r} is unknown{hint}."
        raise AnswerError(msg)

    def call(self, name: str) -> Node:
        if not self.take("("):
            if self.take("^", "**"):
                msg = f"Write the power after the bracket: {name}(x)^2."
                raise AnswerError(msg)
            with self.deeper():
                return self.made(Call(name, (self.power(),)))  # `log 2`, `sqrt 3`
        arguments = [self.sum()]
        while self.take(",", ";"):
            arguments.append(self.sum())
        self.need(")")
        return self.made(Call(name, tuple(arguments)))
