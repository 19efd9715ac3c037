"""How good predicted probabilities are: ranking, likelihood, distance and calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Four scores of predictions against what happened.

    Attributes:
        auc: probability that a right answer was predicted above a wrong one, ties counting half.
        log_loss: mean negative log likelihood, in nats.
        rmse: root of the mean squared distance between probability and outcome.
        ece: expected calibration error over bins that hold equally many predictions.
    """

    auc: float
    log_loss: float
    rmse: float
    ece: float


def scores(outcome: Floats, predicted: Floats) -> Scores:
    """All four scores of `predicted` (n,) in [0, 1] against `outcome` (n,) of zeros and ones."""
    return Scores(
        auc=auc(outcome, predicted),
        log_loss=log_loss(outcome, predicted),
        rmse=float(np.sqrt(np.mean((outcome - predicted) ** 2))),
        ece=calibration_error(outcome, predicted),
    )


def auc(outcome: Floats, predicted: Floats) -> float:
    """Area under the ROC curve, as the Mann-Whitney statistic with mid-ranks; NaN where one class is empty."""
    right = int(np.count_nonzero(outcome > 0.5))
    wrong = len(outcome) - right
    if right == 0 or wrong == 0:
        return float("nan")
    values, inverse, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    del values
    middle = np.cumsum(counts) - (counts - 1) / 2
    total = float(middle[inverse][outcome > 0.5].sum())
    return (total - right * (right + 1) / 2) / (right * wrong)


def log_loss(outcome: Floats, predicted: Floats) -> float:
    """Mean negative log likelihood; a certainty that was wrong costs as much as 1e-15."""
    p = np.clip(predicted, 1e-15, 1 - 1e-15)
    return float(-np.mean(np.where(outcome > 0.5, np.log(p), np.log1p(-p))))


def calibration_error(outcome: Floats, predicted: Floats, bins: int = 20) -> float:
    """Expected calibration error: the mean distance of frequency and probability over `bins` equal shares.

    Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015,
    with bins of equal count instead of equal width, so that no bin is nearly empty.
    """
    order = np.argsort(predicted, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(float(outcome[part].mean() - predicted[part].mean())) * len(part) for part in parts]
    return sum(gaps) / max(1, len(outcome))
