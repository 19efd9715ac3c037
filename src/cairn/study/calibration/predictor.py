"""The online predictor in the parameters: fitted on some people, scored on others, written by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cairn.learner.tracing import FEATURES, Scores, Tracer, fit_tracer, scores
from cairn.study.calibration.table import Table

_MOST = 300_000  # answers it is fitted on
_FEWEST = 1_000


def fit(table: Table) -> tuple[Tracer, Scores] | None:
    """The predictor fitted on four fifths of the people, and its scores on the rest; None where answers are too few.

    Of more than 300 000 answers, those of the first people are taken.
    """
    ends = np.searchsorted(table.person, np.arange(table.people), side="right")
    people = int(np.searchsorted(ends, _MOST, side="right")) or 1
    cut = people * 4 // 5
    if cut < 1 or ends[people - 1] < _FEWEST:
        return None
    train, test = table.answers(0, cut), table.answers(cut, people)
    if len({*train.correct.tolist()}) < 2 or not 0 < test.correct.mean() < 1:
        return None
    tracer = fit_tracer(train)
    return tracer, scores(test.correct, tracer.replay(test))


def document(table: Table, tracer: Tracer, on_others: Scores) -> dict[str, Any]:
    """As JSON values: effects by name, weights by feature."""
    return {
        "baseline": round(tracer.baseline, 6),
        "weights": {name: round(float(w), 6) for name, w in zip(FEATURES, tracer.weights, strict=True)},
        "items": _named(table.items, tracer.item),
        "skills": _named(table.skills, tracer.skill),
        "scores": {
            "auc": round(on_others.auc, 4),
            "log_loss": round(on_others.log_loss, 4),
            "rmse": round(on_others.rmse, 4),
            "ece": round(on_others.ece, 4),
        },
    }


def _named(names: tuple[str, ...], values: np.ndarray) -> dict[str, float]:
    return {name: round(float(v), 4) for name, v in zip(names, values, strict=True)}


def restore(document: Mapping[str, Any], items: list[str], skills: list[str]) -> Tracer:
    """The predictor over some items and skills; those it has not seen get an effect of zero.

    Raises:
        KeyError: a weight is missing.
    """
    return Tracer(
        item=np.array([document["items"].get(name, 0.0) for name in items]),
        skill=np.array([document["skills"].get(name, 0.0) for name in skills]),
        weights=np.array([document["weights"][name] for name in FEATURES]),
        baseline=float(document["baseline"]),
    )
