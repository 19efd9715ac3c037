"""What can be seen in an item's rendered texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from cairn.curriculum.items.item import Kind
from cairn.curriculum.items.rules.place import Place
from cairn.curriculum.items.variant import Variant

FEWEST = {Kind.NUMERIC: 8, Kind.EXPRESSION: 2, Kind.SHAPE: 5, Kind.OUTPUT: 4}
"""How many different questions the variants of an item must show, by kind."""

SEEN = 5
"""How many variants are read for their texts."""


def texts(drawn: Sequence[Variant], at: Place) -> None:
    """No formula is left open, no hole unfilled, no two signs stand in a row."""
    for made in drawn[:SEEN]:
        for path, text in _shown_texts(made):
            problem = _broken(text)
            if problem:
                hint = "see it with: cairn item show " + made.item.id
                at.error(path, "text", f"{problem} (seed {made.seed})", hint)
                return


def variety(drawn: Sequence[Variant], at: Place) -> None:
    """That the seed changes the question, and that drawing is not mostly refused."""
    item = drawn[0].item
    different = len({(v.ask, v.code, frozenset(o.text for o in v.options)) for v in drawn})
    fewest = FEWEST.get(item.kind, 1)
    if different < fewest:
        message = (
            f"{len(drawn)} seeds give {different} different questions; {item.kind.value} items need {fewest}"
        )
        at.error(("vary",), "variety", message, "vary more")
    if item.kind is Kind.CHOICE and different < 2:
        message = "every seed gives the same question with the same options"
        at.warn((), "variety", message, "vary the case, or write more options than are shown")
    draws = float(np.mean([v.draws for v in drawn]))
    if draws > 20:
        message = f"on average {draws:.0f} draws are needed for one that fits"
        at.warn(("vary",), "draws", message, "draw what fits in the first place")


def _shown_texts(made: Variant) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("ask",), made.ask
    yield ("explain",), made.explanation
    for option in made.options:
        yield ((), option.text)
    for foreseen in made.foreseen:
        yield ((), foreseen.says)


_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_FILLER = re.compile(
    r"\b(simply|obviously|trivially|delve|powerful|leverage[sd]?|cutting-edge)\b", re.IGNORECASE
)


def _broken(text: str) -> str:
    """What is wrong with a rendered text, or nothing."""
    control = _CONTROL.search(text)
    if control:
        return f'the control character {control[0]!r}, as "\\top" in double quotes makes: write \\\\top or no quotes'
    bare = _CODE.sub(" ", text)
    if bare.replace("\\$", "").count("$") % 2:
        return "a $ without its partner"
    if "<<" in bare or ">>" in bare:
        return "a hole that was not filled"
    if re.search(r"\+\s*-\d|-\s*-\d", bare):
        return "two signs in a row, as in + -3: use the form :signed or :term"
    filler = _FILLER.search(bare)
    return f"the filler word {filler[0]!r}" if filler else ""
