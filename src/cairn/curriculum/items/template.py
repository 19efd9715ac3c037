"""Texts with holes: `<<expression>>` or `<<expression:form>>`, filled from an item's parameters."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from cairn.curriculum.items.language import Expression, LanguageError, Names, parse

_HOLE = re.compile(r"<<(.+?)(?::(?P<form>[a-z]+|[+,]?(?:\.\d+)?[fge%]?))?>>(?!>)", re.DOTALL)
_NUMBER = re.compile(r"^\+?,?(?:\.\d{1,2})?[fge%]?$")


class Template:
    """One text with its holes."""

    def __init__(self, parts: tuple[str | tuple[Expression, str], ...]) -> None:
        self._parts = parts

    def __call__(self, names: Names) -> str:
        """The text with every hole filled.

        Raises:
            LanguageError: a hole cannot be worked out or shown.
        """
        return "".join(p if isinstance(p, str) else show(p[0](names), p[1]) for p in self._parts)

    @property
    def names(self) -> frozenset[str]:
        """The names its holes use."""
        return frozenset().union(*(p[0].names for p in self._parts if not isinstance(p, str)))


@cache
def template(text: str) -> Template:
    """The template a text stands for. Parsed once and kept.

    Raises:
        LanguageError: a hole holds no expression, or asks for an unknown form.
    """
    parts: list[str | tuple[Expression, str]] = []
    at = 0
    for match in _HOLE.finditer(text):
        form = match["form"] or ""
        if form and form not in FORMS and not _NUMBER.match(form):
            msg = f"there is no form {form!r}; use {', '.join(FORMS)} or a number format such as .3f"
            raise LanguageError(msg)
        parts += [text[at : match.start()], (parse(match[1]), form)]
        at = match.end()
    rest = text[at:]
    return Template((*parts, rest))


def fill(text: str, names: Names) -> str:
    """A text with every hole filled."""
    return template(text)(names)


def show(value: Any, form: str = "") -> str:  # noqa: ANN401
    """A value as text, in one of the forms.

    Raises:
        LanguageError: the value cannot be shown in this form.
    """
    try:
        if form in FORMS:
            return FORMS[form](value)
        if form:
            return _number(value, form)
        return plain(value)
    except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
        msg = f"{str(value)[:80]} cannot be shown as {form or 'text'}: {error}"
        raise LanguageError(msg) from None


def plain(value: Any) -> str:  # noqa: ANN401, PLR0911
    """A value as a person would write it: `3`, `0.25`, `3/4`, `(1, 2)`, a matrix in LaTeX."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int | Fraction):
        return str(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, np.ndarray | list | tuple):
        if np.ndim(np.asarray(value, dtype=object)) == 2:
            return _matrix(value)
        return "(" + ", ".join(plain(v) for v in value) + ")"
    return str(value)


def _float(value: float) -> str:
    if not math.isfinite(value):
        msg = "it is not finite"
        raise ValueError(msg)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.6g}"


def _number(value: Any, form: str) -> str:  # noqa: ANN401
    if isinstance(value, np.ndarray | list | tuple):
        inner = [_number(v, form) for v in value]
        if inner and inner[0].startswith("("):
            rows = [row[1:-1].replace(", ", " & ") for row in inner]
            return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"
        return "(" + ", ".join(inner) + ")"
    text = format(float(value) if form[-1:] in "fge%" else value, form)
    if not text.strip("-0.%"):
        text = text.removeprefix("-")  # no minus before a zero
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}")


def _matrix(value: Any) -> str:  # noqa: ANN401
    rows = [value] if np.ndim(np.asarray(value, dtype=object)) == 1 else list(value)
    return (
        r"\begin{pmatrix}"
        + r" \\ ".join(" & ".join(plain(v) for v in row) for row in rows)
        + r"\end{pmatrix}"
    )


def _column(value: Any) -> str:  # noqa: ANN401
    return r"\begin{pmatrix}" + r" \\ ".join(plain(v) for v in value) + r"\end{pmatrix}"


def _code(value: Any) -> str:  # noqa: ANN401
    """As Python source."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    return repr(list(value) if isinstance(value, tuple) else value)


def _signed(value: Any) -> str:  # noqa: ANN401
    return f"- {plain(-value)}" if value < 0 else f"+ {plain(value)}"


def _factor(value: Any) -> str:  # noqa: ANN401
    return {"1": "", "-1": "-"}.get(plain(value), plain(value))


def _term(value: Any) -> str:  # noqa: ANN401
    return f"- {_factor(-value)}" if value < 0 else f"+ {_factor(value)}"


def _bracketed(value: Any) -> str:  # noqa: ANN401
    return f"({plain(value)})" if value < 0 else plain(value)


def _fraction(value: Any) -> str:  # noqa: ANN401
    exact = value if isinstance(value, Fraction) else Fraction(value).limit_denominator(10_000)
    if exact.denominator == 1:
        return str(exact.numerator)
    sign = "-" if exact < 0 else ""
    return f"{sign}\\frac{{{abs(exact.numerator)}}}{{{exact.denominator}}}"


def _scientific(value: Any) -> str:  # noqa: ANN401
    digits, exponent = (
        f"{float(value):.3g}".partition("e")[::2] if "e" in f"{float(value):.3g}" else (None, "")
    )
    if digits is None:
        digits, exponent = f"{float(value):.2e}".split("e")
        digits = digits.rstrip("0").rstrip(".")
    return f"{digits} \\times 10^{{{int(exponent)}}}" if digits != "1" else f"10^{{{int(exponent)}}}"


def _percent(value: Any) -> str:  # noqa: ANN401
    return plain(float(f"{float(value) * 100:.10g}"))


FORMS: dict[str, Callable[[Any], str]] = {
    "matrix": _matrix,
    "column": _column,
    "list": _code,
    "signed": _signed,
    "factor": _factor,
    "term": _term,
    "paren": _bracketed,
    "frac": _fraction,
    "sci": _scientific,
    "percent": _percent,
}
"""The named forms: `matrix` and `column` in LaTeX, `list` as Python, `signed` (+ 3), `factor` (1 and -1 hidden),
`term` (signed factor), `paren` (brackets round a negative), `frac` in LaTeX, `sci` in LaTeX,
`percent` without the sign."""
