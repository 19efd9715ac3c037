"""The logistic baselines of knowledge tracing, fitted by scikit-learn on sparse columns.

IRT: items only. PFA: Pavlik, Cen and Koedinger 2009. Best-LR: Gervet and others 2020 (items, skills, counts of right
answers and attempts in all, in the skill and on the item). With recency: two running means beside.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cairn.learner.tracing import Answers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
KINDS = {"IRT (items only)": "irt", "PFA": "pfa", "Best-LR": "best", "Best-LR + recency": "recency"}


def before(key: Ints, value: Floats) -> Floats:
    """The sum of `value` over earlier rows with the same key."""
    order = np.argsort(key, kind="stable")
    total = np.cumsum(value[order]) - value[order]
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    out = np.empty(len(key))
    out[order] = total - np.repeat(total[starts], lengths)
    return out


def running(key: Ints, value: Floats, keep: float) -> Floats:
    """The exponentially weighted mean of earlier rows with the same key; .5 before the first."""
    state: dict[int, float] = {}
    out = np.empty(len(key))
    for row, (k, v) in enumerate(zip(key.tolist(), value.tolist(), strict=True)):
        mean = state.get(k, 0.5)
        out[row] = mean
        state[k] = keep * mean + (1 - keep) * v
    return out


def one_hot(index: Ints, size: int, value: Floats | None = None) -> sparse.csr_matrix:
    data = np.ones(len(index)) if value is None else value
    return sparse.csr_matrix((data, (np.arange(len(index)), index)), shape=(len(index), size))


def columns(kind: str, a: Answers) -> sparse.csr_matrix:
    in_skill = a.person * a.skills + a.skill
    right, tries = before(in_skill, a.correct), before(in_skill, np.ones(len(a.person)))
    if kind == "irt":
        return one_hot(a.item, a.items)
    if kind == "pfa":
        counts = [one_hot(a.skill, a.skills, np.log1p(c)) for c in (right, tries - right)]
        return sparse.hstack([one_hot(a.skill, a.skills), *counts]).tocsr()
    on_item = a.person * a.items + a.item
    dense = [np.log1p(c) for c in (right, tries)]
    for key in (a.person, on_item):
        dense += [np.log1p(before(key, a.correct)), np.log1p(before(key, np.ones(len(key))))]
    if kind == "recency":
        dense += [running(a.person, a.correct, 0.9), running(in_skill, a.correct, 0.7)]
    parts = [one_hot(a.item, a.items), one_hot(a.skill, a.skills), sparse.csr_matrix(np.stack(dense, 1))]
    return sparse.hstack(parts).tocsr()


def run(kind: str, train: Answers, test: Answers) -> tuple[Floats, float, float]:
    """Predictions for the test answers, seconds to fit and to predict."""
    begin = time.perf_counter()
    model = LogisticRegression(C=1.0, max_iter=1000).fit(columns(kind, train), train.correct)
    fitted = time.perf_counter()
    predicted = model.predict_proba(columns(kind, test))[:, 1]
    return predicted, fitted - begin, time.perf_counter() - fitted
