"""How long an item takes: the median time of the average person, with each person's own pace taken out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cairn.study.calibration.table import Table

Floats = NDArray[np.float64]

_SHORTEST, _LONGEST = 1.0, 3600.0  # seconds; beyond, the person was not at work
_WEIGHT = 5.0  # answers that the mean counts as, to begin with


def minutes(table: Table) -> Floats:
    """(items,) minutes of each item; NaN for all where no time is known.

    The logarithm of a time is an item's plus a person's, both normal around zero, plus the mean; fitted in turn, each
    shrunk by its own variance against that of what is left.
    """
    timed = np.isfinite(table.seconds) & (table.seconds > 0)
    if not timed.any():
        return np.full(len(table.items), np.nan)
    item, person = table.item[timed], table.person[timed]
    log = np.log(np.clip(table.seconds[timed].astype(np.float64), _SHORTEST, _LONGEST))
    mean = float(log.mean())
    log -= mean
    length, pace = np.zeros(len(table.items)), np.zeros(table.people)
    weight = [_WEIGHT, _WEIGHT]
    for _ in range(8):
        length = _effects(item, log - pace[person], len(length), weight[0])
        pace = _effects(person, log - length[item], len(pace), weight[1])
        left = max(float(np.var(log - length[item] - pace[person])), 1e-6)
        weight = [min(20.0, left / max(float(np.var(e)), left / 20)) for e in (length, pace)]
    return np.exp(mean + length) / 60


def _effects(index: NDArray[np.int32], value: Floats, size: int, weight: float) -> Floats:
    return np.bincount(index, value, size) / (np.bincount(index, minlength=size) + weight)
