"""From what an item may vary and a seed to the parameters of one variant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from cairn.curriculum.items.functions import array
from cairn.curriculum.items.item import Filled, Item, Sample
from cairn.curriculum.items.language import LanguageError, parse
from cairn.curriculum.items.rng import Rng

MOST_DRAWN = 400
"""Elements that a drawn array may have."""

_RANGE = re.compile(r"^(?P<low>.+?)\.\.(?P<high>.+?)(?:\s+by\s+(?P<step>.+))?$")


def draw(item: Item, rng: Rng) -> dict[str, Any]:
    """The values of everything an item varies, in file order. Constraints are not yet looked at.

    Raises:
        LanguageError: an entry cannot be read or worked out.
    """
    names: dict[str, Any] = {"rng": rng, **item.functions}
    values: dict[str, Any] = {}
    for name, entry in item.sheet.vary.items():
        try:
            values[name] = names[name] = _value(entry, names, rng)
        except (ValueError, TypeError, ArithmeticError) as error:  # a LanguageError is a ValueError
            msg = f"vary.{name}: {error}"
            raise LanguageError(msg) from None
    return values


def _value(entry: object, names: Mapping[str, Any], rng: Rng) -> Any:  # noqa: ANN401
    match entry:
        case str() if _RANGE.match(entry):
            return _from_range(entry, names, rng)
        case str():
            return parse(entry)(names)
        case list():
            return _choice(entry, rng)
        case Sample():
            return _sample(entry, names, rng)
        case Filled():
            return _filled(entry, names, rng)
        case _:
            return entry


def _choice(values: list[Any], rng: Rng) -> Any:  # noqa: ANN401
    if not values:
        msg = "the list to choose from is empty"
        raise LanguageError(msg)
    return rng.choice(values)


def _from_range(text: str, names: Mapping[str, Any], rng: Rng) -> int | float:
    match = _RANGE.match(text)
    if match is None:
        msg = f"{text!r} is no range; write low..high or low..high by step"
        raise LanguageError(msg)
    low, high = parse(match["low"])(names), parse(match["high"])(names)
    if match["step"] is None:
        if isinstance(low, int) and isinstance(high, int):
            return _integer(low, high, rng)
        return rng.uniform(low, high)
    step = parse(match["step"])(names)
    if not step > 0 or high < low:
        msg = f"the range {text!r} is empty"
        raise LanguageError(msg)
    exact = Fraction(str(low)) + _integer(0, int((high - low) / step + 1e-9), rng) * Fraction(str(step))
    return int(exact) if isinstance(low, int) and isinstance(step, int) else float(exact)


def _integer(low: int, high: int, rng: Rng) -> int:
    if high < low:
        msg = f"the range {low}..{high} is empty"
        raise LanguageError(msg)
    return rng.integer(low, high)


def _sample(entry: Sample, names: Mapping[str, Any], rng: Rng) -> list[Any]:
    pool = list(parse(entry.of)(names)) if isinstance(entry.of, str) else entry.of
    count = parse(str(entry.take))(names) if entry.take is not None else len(pool)
    try:
        return rng.sample(pool, count)
    except ValueError as error:
        raise LanguageError(str(error)) from None


def _filled(entry: Filled, names: Mapping[str, Any], rng: Rng) -> np.ndarray[Any, Any]:
    shape = [parse(str(size))(names) for size in entry.shape]
    total = int(np.prod(shape)) if shape else 1
    if total > MOST_DRAWN:
        msg = f"an array of {total} drawn numbers is too large for a question"
        raise LanguageError(msg)
    drawn: list[Any] = []
    for _ in range(10_000):
        if len(drawn) == total:
            return array(drawn).reshape(shape)
        value = _value(entry.each, names, rng)
        if not entry.distinct or value not in drawn:
            drawn.append(value)
    msg = f"there are not {total} different values to draw"
    raise LanguageError(msg)


def pack(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as JSON can hold them."""
    return {name: _packed(value) for name, value in values.items()}


def _packed(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "type": str(value.dtype)}
    if isinstance(value, Fraction):
        return {"fraction": [value.numerator, value.denominator]}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, list | tuple):
        return [_packed(v) for v in value]
    if isinstance(value, Mapping):
        return {"fields": {str(k): _packed(v) for k, v in value.items()}}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    msg = f"{value!r} cannot be kept; a parameter is a number, text, list, array or mapping of these"
    raise LanguageError(msg)


def unpack(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters from their JSON form."""
    return {name: _unpacked(value) for name, value in values.items()}


def _unpacked(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        if "array" in value:
            return np.asarray(value["array"], dtype=value.get("type", "float64"))
        if "fraction" in value:
            return Fraction(*value["fraction"])
        return {k: _unpacked(v) for k, v in value["fields"].items()}
    if isinstance(value, list):
        return [_unpacked(v) for v in value]
    return value
