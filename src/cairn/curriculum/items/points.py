"""The points at which two formulas are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cairn.curriculum.items.language import LanguageError, parse
from cairn.curriculum.items.rng import Rng

SCALAR_POINTS = 16
MATRIX_POINTS = 3


def points(
    variables: Mapping[str, str], arrays: Mapping[str, str | Sequence[str | int]], names: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    """Values for the names of a formula: one mapping with all points at once, or where there are matrices one for each.

    Raises:
        LanguageError: a range or shape cannot be worked out.
    """
    rng = Rng("points")
    ranges = {name: _range(text, names) for name, text in variables.items()}
    if not arrays:
        drawn = {
            name: np.array([rng.uniform(*ends) for _ in range(SCALAR_POINTS)]).astype(complex)
            for name, ends in ranges.items()
        }
        return (drawn,)
    found = []
    for _ in range(MATRIX_POINTS):
        here: dict[str, Any] = {name: np.complex128(rng.uniform(*ends)) for name, ends in ranges.items()}
        here |= {name: _array(spec, names, rng) for name, spec in arrays.items()}
        found.append(here)
    return tuple(found)


def _range(text: str, names: Mapping[str, Any]) -> tuple[float, float]:
    low, dots, high = text.partition("..")
    if not dots:
        msg = f"{text!r} is no range; write low..high"
        raise LanguageError(msg)
    ends = float(parse(low)(names)), float(parse(high)(names))
    if not ends[0] < ends[1]:
        msg = f"the range {text!r} is empty"
        raise LanguageError(msg)
    return ends


def _array(spec: str | Sequence[str | int], names: Mapping[str, Any], rng: Rng) -> np.ndarray[Any, Any]:
    if isinstance(spec, str):
        word, _, size = spec.strip().partition(" ")
        n = int(parse(size or "0")(names))
        if word not in {"identity", "ones", "symmetric", "positive"} or not 1 <= n <= 8:
            msg = f"{spec!r} is no array; write [m, n], identity n, ones n, symmetric n or positive n, sizes up to 8"
            raise LanguageError(msg)
        square = _random((n, n), rng)
        made = {
            "identity": np.eye(n) + 0j,
            "ones": np.ones((n, 1)) + 0j,
            "symmetric": square + square.T,
            "positive": square @ square.T + np.eye(n),
        }[word]
        return np.asarray(made)
    sizes = [int(parse(str(s))(names)) for s in spec]
    if len(sizes) not in {1, 2} or not all(1 <= s <= 8 for s in sizes):
        msg = f"{spec!r} is no shape of a vector or matrix with sizes from 1 to 8"
        raise LanguageError(msg)
    return _random((sizes[0], sizes[1] if len(sizes) == 2 else 1), rng)


def _random(shape: tuple[int, int], rng: Rng) -> np.ndarray[Any, Any]:
    count = shape[0] * shape[1]
    return np.array([rng.normal() for _ in range(count)]).reshape(shape).astype(complex)
