"""Whether samples come from the distribution they should: a test with a stated rate of false alarms."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cairn.judge.checks.compare import failed

FALSE_ALARMS = 1e-6


def statistical(
    samples: Any,
    *,
    probabilities: Sequence[float] | None = None,
    cdf: Callable[[np.ndarray[Any, Any]], Any] | None = None,
    mean: float | None = None,
    std: float | None = None,
    false_alarms: float = FALSE_ALARMS,
) -> None:
    """Check a sampler by what it drew. Give one of `probabilities`, `cdf`, or `mean` with `std`.

    Args:
        samples: what was drawn.
        probabilities: of the values 0, 1, 2, ...: a chi-squared test of the counts.
        cdf: of a continuous distribution: a Kolmogorov-Smirnov test.
        mean: with `std` (the true one): a z-test of the average.
        std: the true standard deviation of one draw.
        false_alarms: how often a right sampler may fail by chance.

    Raises:
        CheckFailed: with the test's p-value and what was seen.
    """
    drawn = np.asarray(samples)
    if drawn.dtype.kind not in "biuf" or drawn.size == 0 or not np.isfinite(drawn).all():
        raise failed("the samples are numbers", "The samples are not finite numbers.", got=samples)
    if probabilities is not None:
        p, text = _chi_squared(drawn.ravel(), np.asarray(probabilities, dtype=float))
    elif cdf is not None:
        p, text = _kolmogorov(np.sort(drawn.ravel().astype(float)), cdf)
    elif mean is not None and std is not None:
        z = abs(float(drawn.mean()) - mean) / (std / math.sqrt(drawn.size))
        p, text = math.erfc(z / math.sqrt(2)), f"their average is {drawn.mean():.4g}, not {mean:.4g}"
    else:
        raise TypeError("give probabilities, a cdf, or mean and std")
    if p < false_alarms:
        message = (
            f"These are not samples of the distribution: {text} (by chance once in {1 / max(p, 1e-300):.0e})."
        )
        raise failed(
            "the samples follow the distribution", message, detail={"p": p, "false_alarms": false_alarms}
        )


def _chi_squared(drawn: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> tuple[float, str]:
    strange = drawn[(drawn < 0) | (drawn >= len(wanted)) | (drawn != np.floor(drawn))]
    if strange.size:
        return 0.0, f"{strange[0]} is none of 0 to {len(wanted) - 1}"
    counts = np.bincount(drawn.astype(int), minlength=len(wanted)).astype(float)
    expected = wanted / wanted.sum() * drawn.size
    never = (expected == 0) & (counts > 0)
    if never.any():
        return 0.0, f"{int(np.argmax(never))} was drawn, which has probability 0"
    used = expected > 0
    value = float((((counts - expected) ** 2)[used] / expected[used]).sum())
    worst = int(np.argmax(np.abs(counts - expected)))
    text = f"{worst} was drawn {int(counts[worst])} times in {drawn.size}, expected {expected[worst]:.0f}"
    return upper_gamma((int(used.sum()) - 1) / 2, value / 2), text


def _kolmogorov(drawn: np.ndarray[Any, Any], cdf: Callable[[np.ndarray[Any, Any]], Any]) -> tuple[float, str]:
    n = drawn.size
    wanted = np.asarray(cdf(drawn), dtype=float)
    gaps = np.maximum(np.arange(1, n + 1) / n - wanted, wanted - np.arange(n) / n)
    worst = int(np.argmax(gaps))
    x = float(gaps[worst]) * (math.sqrt(n) + 0.12 + 0.11 / math.sqrt(n))
    terms = (2 * (-1) ** (k - 1) * math.exp(-2 * (k * x) ** 2) for k in range(1, 101))
    p = 1.0 if x < 0.2 else min(1.0, max(0.0, sum(terms)))
    return p, f"{(worst + 1) / n:.3f} of them lie below {drawn[worst]:.4g}, where {wanted[worst]:.3f} should"


def upper_gamma(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function: the tail of the chi-squared distribution.

    Series below the mean, continued fraction above (Press et al., Numerical Recipes, section 6.2).
    """
    if x <= 0 or a <= 0:
        return 1.0
    front = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, 10_000):
            term *= x / (a + n)
            total += term
            if term < total * 1e-15:
                break
        return max(0.0, 1 - total * front)
    tiny = 1e-300
    b, c = x + 1 - a, 1 / tiny
    d = h = 1 / b
    for i in range(1, 10_000):
        an = -i * (i - a)
        b += 2
        d = 1 / ((an * d + b) or tiny)
        c = (b + an / c) or tiny
        h *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return front * h
