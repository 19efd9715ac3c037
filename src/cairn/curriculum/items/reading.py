"""Read a learner's answer: numbers, lists, shapes. Total: what cannot be read gives a message for the person."""

from __future__ import annotations

import cmath
import re
from typing import Any

import numpy as np

from cairn.curriculum.items import units
from cairn.curriculum.items.algebra import AnswerError, parse, tidy
from cairn.curriculum.items.evaluation import value

MAX_NUMBERS = 400
_BEGIN = re.compile(r"\\(begin|end)\s*\{[a-z]*matrix\}")
_GROUPED = re.compile(r"^[-+]?[1-9]\d{0,2}([ \u202f\u00a0'_]\d{3})+(\.\d+)?$")
_COMMA = re.compile(r"^[-+]?\d+,\d+$")
_THOUSANDS = re.compile(r"^[-+]?[1-9]\d{0,2}(,\d{3})+$")
_MANY_THOUSANDS = re.compile(r"^[-+]?[1-9]\d{0,2}(,\d{3})+(,\d{3}|\.\d+)$")
_NOT_FINITE = re.compile(r"^[-+]?\s*(nan|inf|infinity|∞|\\infty)$", re.IGNORECASE)
_NAMED = re.compile(r"^\s*(?:[A-Za-z]\w*\s*=\s*|≈|=|~)\s*")


def number(text: str, unit: str | None = None) -> float:
    """The number that an answer states, in the unit asked for.

    Raises:
        AnswerError: it states no finite real number.
    """
    text = _NAMED.sub("", tidy(text), count=1)
    if _NOT_FINITE.match(text):
        msg = "A finite number is asked for."
        raise AnswerError(msg)
    text, factor = units.split(text, unit)
    text = text.strip()
    if _GROUPED.match(text) or _MANY_THOUSANDS.match(text):
        text = re.sub(r"[ ,'_\u202f\u00a0]", "", text)
    elif _THOUSANDS.match(text):
        msg = f"{text!r} can be read in two ways; write {text.replace(',', '')} or {text.replace(',', '.')}."
        raise AnswerError(msg)
    elif _COMMA.match(text):
        text = text.replace(",", ".")
    made = _finite(value(parse(text), {})) * factor
    return _finite(np.complex128(made))


def _finite(made: Any) -> float:  # noqa: ANN401
    if np.ndim(made) != 0:
        msg = "One number is asked for, not a list."
        raise AnswerError(msg)
    result = complex(made)
    if not cmath.isfinite(result):
        msg = "This is no finite number."
        raise AnswerError(msg)
    if abs(result.imag) > 1e-9 * max(1.0, abs(result.real)):
        msg = "This is no real number."
        raise AnswerError(msg)
    return result.real


def numbers(text: str, dimensions: int) -> np.ndarray[Any, Any]:
    """The vector (`dimensions` 1) or matrix (2) that an answer states.

    Raises:
        AnswerError: it states none, or rows of different lengths.
    """
    if "\\begin" in text and len(text) <= 4000:
        text = _BEGIN.sub(" ", text).replace("\\\\", ";").replace("&", ",")
    text = _NAMED.sub("", tidy(text, 4000), count=1)
    text = re.sub(r"^(np\.)?array\s*(?=\()", "", text).removesuffix("^T")
    rows = _rows(text, dimensions)
    read = [[_entry(e) for e in row] for row in rows]
    if len({len(row) for row in read}) != 1:
        lengths = ", ".join(str(len(row)) for row in read)
        msg = f"The rows have different lengths: {lengths}."
        raise AnswerError(msg)
    made = np.array(read)
    if dimensions == 1:
        return made.reshape(-1) if 1 in made.shape else made
    return made


def _rows(text: str, dimensions: int) -> list[list[str]]:
    nested = re.search(r"[\])]\s*[,;]?\s*[\[(]", text) if text.count("[") + text.count("(") > 1 else None
    if nested and re.match(r"^\s*[\[(]\s*[\[(]", text):
        inner = text.strip().lstrip("[(").rstrip("])")
        rows = re.split(r"[\])]\s*[,;]?\s*[\[(]", inner)
    else:
        inner = text.strip().lstrip("[(").rstrip("])") if _wrapped(text) else text
        lines = re.split(r"[;\n]", inner) if dimensions == 2 else [inner.replace("\n", " ")]
        rows = [line for line in lines if line.strip()] if dimensions == 2 else lines
    found = [_entries(row) for row in rows]
    if not found or sum(len(row) for row in found) > MAX_NUMBERS:
        msg = "Write the numbers with commas between them." if not found else "That is too many numbers."
        raise AnswerError(msg)
    return found


def _wrapped(text: str) -> bool:
    """Whether brackets stand round the whole: none closes before another opens. Linear in the length."""
    text = text.strip()
    if text[:1] not in {"[", "("} or text[-1:] not in {"]", ")"}:
        return False
    inner = text[1:-1]
    closes = min((i for i in (inner.find("]"), inner.find(")")) if i >= 0), default=len(inner))
    return closes > max(inner.rfind("["), inner.rfind("("))


def _entries(row: str) -> list[str]:
    row = row.strip().strip(",;")
    if ";" in row:  # decimal commas, as in 0,5; 0,25
        return [e.replace(",", ".") for e in row.split(";")]
    return row.split(",") if "," in row else row.split()


def _entry(text: str) -> float:
    if not text.strip():
        msg = "A number is missing between two commas."
        raise AnswerError(msg)
    return number(text)


_FAILS = frozenset(
    {"error", "an error", "it fails", "fails", "fail", "raises", "valueerror", "runtimeerror", "invalid"}
)


def sizes(text: str) -> tuple[str, ...] | None:
    """The sizes that an answer states as a shape, as texts; None where it says that the operation fails.

    Raises:
        AnswerError: it states no shape.
    """
    text = tidy(text).removeprefix("torch.Size").removeprefix("shape").strip(" =:.")
    if text.casefold() in _FAILS:
        return None
    if text.casefold() in {"()", "[]", "scalar", "a scalar", "a number", "(())"}:
        return ()
    inner = text.strip()
    for _ in range(3):
        if _wrapped(inner):
            inner = inner[1:-1].strip()
    parts = re.split(r",|\s+by\s+|;", inner) if re.search(r",|\sby\s|;", inner) else _by_signs(inner)
    found = tuple(p.strip() for p in parts if p.strip())
    if not found or len(found) > 8:
        msg = 'Write a shape such as (32, 10), () for a single number, or "error".'
        raise AnswerError(msg)
    return found


def _by_signs(text: str) -> list[str]:
    return re.split(r"(?<=[\d\s])[x*](?=[\d\s])|\s+", text)
