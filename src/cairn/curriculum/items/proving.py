"""Prove a variant's key by a route that does not go through it, and that the grader takes it."""

from __future__ import annotations

from typing import Any

import numpy as np

from cairn.curriculum.items import algebra, building, comparing
from cairn.curriculum.items.drawing import unpack
from cairn.curriculum.items.grading import Answer, Mark, grade
from cairn.curriculum.items.item import ExpressionSheet, NumericSheet, OutputSheet, ShapeSheet
from cairn.curriculum.items.key import (
    ChoiceKey,
    ExpressionKey,
    Foreseen,
    FreeKey,
    NumericKey,
    OrderKey,
    OutputKey,
    ShapeKey,
)
from cairn.curriculum.items.language import parse
from cairn.curriculum.items.program import run
from cairn.curriculum.items.rng import Rng
from cairn.curriculum.items.template import fill, plain
from cairn.curriculum.items.variant import ItemError, Variant


def prove(made: Variant) -> None:
    """See that the grader takes the key and no foreseen mistake, and that `check` agrees.

    Raises:
        ItemError: it does not.
    """
    right = answer_for(made)
    graded = grade(made, right)
    if graded.mark is not Mark.RIGHT:
        raise ItemError(("answer",), f"the grader does not take the answer {right!r}: {graded.message}")
    for foreseen in made.foreseen:
        wrong = _as_answer(made, foreseen)
        if wrong is not None and grade(made, wrong).mark is not Mark.WRONG:
            raise ItemError(
                (), f"the wrong answer of {foreseen.misconception!r} is not taken as wrong: {wrong!r}"
            )
    try:
        _check(made)
    except ItemError:
        raise
    except (ValueError, TypeError) as error:  # those of the language and the formulas too
        raise ItemError(("check",), str(error)) from None


def answer_for(made: Variant) -> Answer:
    """An answer that is right, written as a person would give it."""
    match made.key:
        case ChoiceKey(right):
            return sorted(right)
        case OrderKey(steps):
            return list(steps)
        case FreeKey(points):
            return list(points)
        case key:
            return _written(key)


def _as_answer(made: Variant, foreseen: Foreseen) -> Answer:
    if isinstance(foreseen.key, str):
        match made.key:
            case ChoiceKey():
                return [foreseen.key]
            case OrderKey(steps):
                return [*steps, foreseen.key]
            case _:
                return None
    return _written(foreseen.key)


def _written(key: Any) -> str:  # noqa: ANN401
    match key:
        case NumericKey(value, _, _, unit):
            if np.ndim(value) == 0:
                return f"{value!r} {unit or ''}".strip()
            return str(np.asarray(value).tolist())
        case ExpressionKey(_, text):
            return text
        case ShapeKey(sizes):
            return building.shape_text(sizes)
        case OutputKey(text):
            return text
    raise TypeError(key)


def _check(made: Variant) -> None:
    sheet = made.item.sheet
    if isinstance(made.key, OutputKey) and run(made.code) != made.key.text:
        raise ItemError(("code",), "the program prints something else each time it is run")
    names = {
        "rng": Rng(f"{made.item.id}:{made.seed}:check"),
        **made.item.functions,
        **unpack(made.parameters),
    }
    match sheet, made.key:
        case NumericSheet(check=str(check)), NumericKey(value):
            other = parse(check)(names)
            rtol = sheet.check_within if sheet.check_within is not None else 1e-6
            if np.shape(other) != np.shape(value) or not np.allclose(other, value, rtol=rtol, atol=1e-9):
                _disagree(plain(value), plain(other))
        case ExpressionSheet(check=str(check)), ExpressionKey() as key:
            text = fill(check, names)
            if not comparing_loosely(key, algebra.parse(text, key.names, extra=("D",))):
                _disagree(key.text, text)
        case ShapeSheet(check=str(check)), ShapeKey() as key:
            other = parse(check)(names)
            sizes = None if isinstance(other, str) else tuple(plain(s) for s in other)
            if not comparing.same_shape(key, sizes):
                _disagree(building.shape_text(key.sizes), building.shape_text(sizes))
        case OutputSheet(answer=str(answer)), OutputKey(text):
            stated = fill(answer, names)
            if not comparing.same_output(text, stated):
                raise ItemError(("answer",), f"the program prints {text!r}, and `answer` says {stated!r}")


def _disagree(answer: str, other: str) -> None:
    raise ItemError(("check",), f"`answer` gives {answer}, and `check` gives {other}")


def comparing_loosely(key: ExpressionKey, node: algebra.Node) -> bool:
    """Equality at the points within what a numerical derivative can give."""
    from cairn.curriculum.items.evaluation import value  # noqa: PLC0415

    for here in key.points:
        right, got = (np.asarray(value(n, here)) for n in (key.node, node))
        known = np.isfinite(right)
        if not np.allclose(np.where(known, right, 0), np.where(known, got, 0), rtol=1e-5, atol=1e-7):
            return False
    return True
