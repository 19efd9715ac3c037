"""How long an item takes: the median time of the average person, with each person's own pace taken out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cairn.study.calibration.table import Table

Floats = NDArray[np.float64]

_SHORTEST, _LONGEST = 1.0, 3600.0  # seconds; beyond, the person was not at work
_WEIGHT = 5.0  # answers that the mean of all items counts as


def minutes(table: Table) -> Floats:
    """(items,) minutes of each item; NaN for all where no time is known.

    The logarithm of a time is an item's plus a person's, both shrunk to zero around the mean; fitted in turn.
    """
    timed = np.isfinite(table.seconds) & (table.seconds > 0)
    if not timed.any():
        return np.full(len(table.items), np.nan)
    item, person = table.item[timed], table.person[timed]
    log = np.log(np.clip(table.seconds[timed].astype(np.float64), _SHORTEST, _LONGEST))
    mean = float(log.mean())
    log -= mean
    by_item = np.bincount(item, minlength=len(table.items)) + _WEIGHT
    by_person = np.bincount(person, minlength=table.people) + _WEIGHT
    length, pace = np.zeros(len(table.items)), np.zeros(table.people)
    for _ in range(4):
        length = np.bincount(item, log - pace[person], len(length)) / by_item
        pace = np.bincount(person, log - length[item], len(pace)) / by_person
    return np.exp(mean + length) / 60
