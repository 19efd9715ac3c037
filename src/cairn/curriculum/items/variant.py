"""One variant of an item: the question as a person sees it, its key, and what each foreseen mistake means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from cairn.curriculum.items import building
from cairn.curriculum.items.drawing import draw, pack, unpack
from cairn.curriculum.items.item import Item
from cairn.curriculum.items.key import Foreseen, Key
from cairn.curriculum.items.language import LanguageError, parse
from cairn.curriculum.items.rng import Rng
from cairn.curriculum.items.template import fill

MOST_DRAWS = 300


class ItemError(ValueError):
    """Raised when no variant can be made of an item. `path` is where in the item the reason stands."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Option:
    """An option or step that can be chosen. Its key stays the same wherever it is shown."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A question drawn from an item.

    Attributes:
        item: the item.
        seed: what it was drawn with.
        parameters: the drawn values, as JSON can hold them; with the seed they give the same variant again.
        ask: the question, in Markdown with LaTeX.
        code: for an output item, the program; else empty.
        options: what can be chosen, ordered or ticked, in the order it is shown.
        key: what is right.
        shown: the right answer for a person, in Markdown.
        foreseen: the wrong answers that are recognised.
        explanation: why the answer is right, in Markdown.
        draws: how often parameters were drawn until they fitted.
    """

    item: Item
    seed: int
    parameters: Mapping[str, Any]
    ask: str
    code: str
    options: tuple[Option, ...]
    key: Key
    shown: str
    foreseen: tuple[Foreseen, ...]
    explanation: str
    draws: int


def variant(item: Item, seed: int, parameters: Mapping[str, Any] | None = None) -> Variant:
    """The variant of an item for a seed: always the same one for the same item version.

    Parameters are drawn until every constraint holds and no foreseen wrong answer equals the right one or another.

    Args:
        item: the item.
        seed: any whole number.
        parameters: those of an earlier variant, to have it again after the item's `vary` has changed.

    Raises:
        ItemError: the item is broken: an expression fails, or no draw fits.
    """
    with np.errstate(all="ignore"):  # a value that is not finite is refused where it matters
        return _drawn(item, seed, parameters)


def _drawn(item: Item, seed: int, parameters: Mapping[str, Any] | None) -> Variant:
    rng = Rng(f"{item.id}:{seed}")
    if parameters is not None:
        made = _attempt(item, seed, unpack(parameters), rng, 1)
        if made is None:
            raise ItemError((), "the kept parameters no longer fit the item")
        return made
    for draws in range(1, MOST_DRAWS + 1):
        try:
            values = draw(item, rng)
        except LanguageError as error:
            raise ItemError(("vary",), str(error)) from None
        made = _attempt(item, seed, values, rng, draws)
        if made is not None:
            return made
    message = f"none of {MOST_DRAWS} draws fits `where` with every wrong answer different from the right one"
    raise ItemError(("vary",), message)


def _attempt(item: Item, seed: int, values: dict[str, Any], rng: Rng, draws: int) -> Variant | None:
    """The variant with these values, or None where they do not fit."""
    names: dict[str, Any] = {"rng": rng, **item.functions, **values}
    for i, condition in enumerate(item.sheet.where):
        try:
            if not parse(condition)(names):
                return None
        except ValueError as error:  # those of the language, and an array that is neither true nor false
            raise ItemError(("where", i), str(error)) from None
    try:
        built = building.build(item, names, Rng(f"{item.id}:{seed}:order"))
    except building.BuildError as error:
        raise ItemError(error.path, str(error)) from None
    if built is None:
        return None
    return Variant(
        item=item,
        seed=seed,
        parameters=_packed(values),
        ask=_filled(item, "ask", names),
        code=built.code,
        options=tuple(Option(key, text) for key, text in built.options),
        key=built.key,
        shown=built.shown,
        foreseen=built.foreseen,
        explanation=_filled(item, "explain", {**names, **built.names}),
        draws=draws,
    )


def _packed(values: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return pack(values)
    except LanguageError as error:
        raise ItemError(("vary",), str(error)) from None


def _filled(item: Item, field: str, names: Mapping[str, Any]) -> str:
    try:
        return fill(getattr(item.sheet, field), names).strip()
    except LanguageError as error:
        raise ItemError((field,), str(error)) from None
