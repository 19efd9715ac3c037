"""Checks of the page on Stirling's approximation.

Factorials and binomial coefficients are exact whole numbers; only their logarithms are rounded.
"""

from fractions import Fraction
from math import comb, factorial, lgamma, log, log1p, pi
from typing import Annotated

import numpy as np

from cairn.claims import (
    Line,
    Plot,
    Points,
    Range,
    at_least,
    at_most,
    claim,
    derivation,
    equal,
    failure,
    outcome,
    that,
)

BERNOULLI = (
    1 / 6,
    -1 / 30,
    1 / 42,
    -1 / 30,
    5 / 66,
    -691 / 2730,
    7 / 6,
    -3617 / 510,
    43867 / 798,
    -174611 / 330,
)
ROUNDING = 2e-13  # of the logarithms that are subtracted here, all below 400


def log_stirling(x):
    """The logarithm of √(2πx) (x/e)^x."""
    return 0.5 * log(2 * pi * x) + x * log(x) - x


def log_error(n):
    """The logarithm of n! over Stirling's formula, from the whole number n!."""
    return log(factorial(n)) - log_stirling(n)


def bounds(n):
    """The two bounds on that logarithm."""
    return 1 / (12 * n + 1), 1 / (12 * n)


def evens(m):
    """The probability of m heads in 2m fair tosses, from whole numbers."""
    return float(Fraction(comb(2 * m, m), 4**m))


def entropy(p):
    """The entropy of a coin, in nats."""
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


@claim(
    "two-bounds",
    "The logarithm of n! over Stirling's formula lies between 1/(12n + 1) and 1/(12n).",
    assumes=("n is a whole number", "n ≥ 1"),
)
def two_bounds(rng, n: Annotated[int, Range(1, 50)] = 10):
    error, shown = log_error(n), list(range(1, 21))
    lower, upper = bounds(n)
    return outcome(
        at_least("log of the error factor, from below", error, lower),
        at_most("log of the error factor, from above", error, upper),
        equal("144 n² × the gap below", 144 * n**2 * (error - lower), 1, tolerance=0.5 / n),
        equal(
            "360 n³ × the gap above",
            360 * n**3 * (upper - error),
            1,
            tolerance=0.3 / n**2 + 360 * n**3 * ROUNDING,
        ),
        plot=Plot(
            "n",
            "12n × log of the error factor",
            (
                Line("upper bound", shown, [12 * k * bounds(k)[1] for k in shown]),
                Points("exact", shown, [12 * k * log_error(k) for k in shown]),
                Line("lower bound", shown, [12 * k * bounds(k)[0] for k in shown]),
            ),
            alt="The exact values lie between the two bounds, nearer to the upper one, and all three draw level at 1.",
        ),
    )


@claim(
    "short-by-a-twelfth",
    "The formula is too small, by a relative error of at most 1/(12n), and so by less than 8 %.",
    assumes="n ≥ 1",
)
def short_by_a_twelfth(rng, n: Annotated[int, Range(1, 50)] = 10):
    error = 1 - np.exp(-log_error(n))
    return outcome(
        at_most("relative error", error, 0.08),
        at_least("the formula is too small by", error, 0),
        at_most("relative error over its bound", error / bounds(n)[1], 1),
        equal("12n × relative error", 12 * n * error, 1, tolerance=0.07 / n),
    )


@failure(
    "between-nought-and-one",
    "Below 1 the relative error grows to all of the value: the formula tends to 0, and the gamma function to 1.",
    of="short-by-a-twelfth",
    without="n ≥ 1",
)
def between_nought_and_one(rng, x: Annotated[float, Range(0.001, 0.8)] = 0.1):
    error = 1 - np.exp(log_stirling(x) - lgamma(x + 1))
    return outcome(
        at_most("relative error", error, 0.08),
        given=[that("x is positive", x > 0)],
        message=f"Γ({x + 1:g}) = {np.exp(lgamma(x + 1)):.3f}, the formula gives {np.exp(log_stirling(x)):.3f}.",
    )


@claim(
    "evens",
    "The formula gives 1/√(πm) for m heads in 2m fair tosses, with a relative error below 0.13/m.",
    assumes=("the term ½ log 2πn is kept", "m ≥ 1"),
)
def evens_claim(rng, m: Annotated[int, Range(1, 500)] = 50):
    estimate = np.exp(log_stirling(2 * m) - 2 * log_stirling(m) - 2 * m * log(2))
    error = estimate / evens(m) - 1
    return outcome(
        equal("estimate over exact probability", estimate / evens(m), 1, relative=0.13 / m),
        equal("√(πm) × the estimate", np.sqrt(pi * m) * estimate, 1, relative=1e-10),
        equal("8m × relative error", 8 * m * error, 1, tolerance=0.1 / m),
    )


@failure(
    "half-logarithm-dropped",
    "The estimate of the probability is 1, whatever m is.",
    of="evens",
    without="the term ½ log 2πn is kept",
)
def half_logarithm_dropped(rng, m: Annotated[int, Range(1, 500)] = 50):
    crude = np.exp((2 * m * log(2 * m) - 2 * m) - 2 * (m * log(m) - m) - 2 * m * log(2))
    return outcome(
        equal("estimate over exact probability", crude / evens(m), 1, relative=0.13 / m),
        given=[at_least("m", m, 1)],
        message=f"The estimate is {crude:.3f}; the probability is {evens(m):.4f}.",
    )


@claim(
    "choosing-is-entropy",
    "With p = k/n, the binomial coefficient is e^{nh(p)}/√(2πnp(1 − p)) times a factor between √π/2 and 1.",
    assumes=("1 ≤ k ≤ n − 1", "entropy in nats"),
)
def choosing_is_entropy(rng, n: Annotated[int, Range(2, 600)] = 100):
    k = np.arange(1, n)
    p = k / n
    logs = np.array([log(comb(n, int(j))) for j in k])
    factor = np.exp(logs - n * entropy(p)) * np.sqrt(2 * pi * n * p * (1 - p))
    bound, one_of_two = np.sqrt(pi) / 2, comb(2, 1) * np.exp(-2 * entropy(0.5)) * np.sqrt(2 * pi * 2 / 4)
    return outcome(
        at_least("smallest factor", factor.min(), bound, slack=1e-9),
        equal("factor of one out of two", one_of_two, bound, relative=1e-12),
        equal("factor of one out of n", factor[0], np.sqrt(2 * pi) * (1 - 1 / n) ** (n - 0.5), relative=1e-9),
        at_most("largest factor", factor.max(), 1, slack=1e-9),
        equal("4n × what the largest factor lacks", 4 * n * (1 - factor.max()), 1, tolerance=1 / n),
    )


def after_terms(n, terms):
    """The error of log n! when so many terms of Stirling's series are added."""
    series = sum(b / (2 * k * (2 * k - 1) * n ** (2 * k - 1)) for k, b in enumerate(BERNOULLI[:terms], 1))
    return abs(log_error(n) - series)


@claim(
    "terms-of-the-series",
    "Two to four terms of Stirling's series leave a smaller error than one term.",
    assumes=("few terms for the size of n", "n ≥ 1"),
)
def terms_of_the_series(rng, n: Annotated[int, Range(1, 4)] = 3, terms: Annotated[int, Range(2, 4)] = 3):
    omitted = abs(BERNOULLI[terms]) / (2 * (terms + 1) * (2 * terms + 1) * n ** (2 * terms + 1))
    return outcome(
        at_most("error over that of one term", after_terms(n, terms) / after_terms(n, 1), 1),
        at_most("error over the first omitted term", after_terms(n, terms) / omitted, 1),
        at_least("share of the first omitted term", after_terms(n, terms) / omitted, 1 - 0.7 / n),
    )


@failure(
    "series-diverges",
    "With more terms the error grows again, past every bound.",
    of="terms-of-the-series",
    without="few terms for the size of n",
)
def series_diverges(rng, terms: Annotated[int, Range(8, 10)] = 10):
    n, shown = 1, list(range(1, 11))
    ratio = after_terms(n, terms) / after_terms(n, 1)
    return outcome(
        at_most("error over that of one term", ratio, 1),
        given=[at_least("n", n, 1)],
        message=f"At n = {n} the error with {terms} terms is {ratio:.0f} times that of one term.",
        plot=Plot(
            "terms of the series",
            "error of log n!",
            (
                Line("n = 1", shown, [after_terms(1, t) for t in shown]),
                Line("n = 2", shown, [after_terms(2, t) for t in shown]),
            ),
            alt="At n = 1 the error falls until the third term, then climbs above 1; at n = 2 it falls until about the sixth.",
            log_y=True,
        ),
    )


@derivation(
    "stirling-steps",
    "The two bounds, and the constant √(2π).",
    assumes="n ≥ 1",
    after={4: (2,), 5: (3, 4), 7: (), 8: (6, 7)},
)
def stirling_steps(rng):
    n = int(rng.integers(1, 40))
    x = 1 / (2 * n + 1)
    d = [log(factorial(m)) - (m + 0.5) * log(m) + m for m in (n, n + 1)]
    series = sum(x ** (2 * k) / (2 * k + 1) for k in range(1, 40))
    above, below = x**2 / (3 * (1 - x**2)), x**2 / (3 - x**2)
    last = bounds(n)[0] - bounds(n + 1)[0]
    far = 10**6  # by then d has settled to seven digits
    settled = lgamma(far + 1) - (far + 0.5) * log(far) + far
    angles = (np.arange(4000) + 0.5) * (pi / 2) / 4000
    before, here, beyond = (pi / 2 * (np.sin(angles) ** k).mean() for k in (2 * n - 1, 2 * n, 2 * n + 1))
    low, high = 1 / np.sqrt(pi * (n + 0.5)), 1 / np.sqrt(pi * n)
    squeeze = 2 / pi * np.sqrt([here * beyond, here * here, here * before])
    return outcome(
        equal("step 1", d[0] - d[1], (n + 0.5) * log((n + 1) / n) - 1, tolerance=ROUNDING),
        equal(
            "step 2",
            [log((1 + x) / (1 - x)) / (2 * x) - 1] * 2,
            [(n + 0.5) * log1p(1 / n) - 1, series],
            tolerance=1e-13,
        ),
        that("step 3", series < above and np.isclose(above, (1 / n - 1 / (n + 1)) / 12, rtol=1e-9, atol=0)),
        that(
            "step 4",
            series > below > last
            and np.allclose([1 / below, 1 / last], [12 * n * n + 12 * n + 2, 12 * n * n + 14 * n + 13 / 12]),
        ),
        that("step 5", bounds(n)[0] < d[0] - settled < bounds(n)[1]),
        equal("step 6", evens(1000) * np.sqrt(1000), np.sqrt(2) * np.exp(-settled), relative=2e-4),
        equal("step 7", squeeze, [low, evens(n), high], tolerance=1e-6),
        equal("step 8", np.exp(settled), np.sqrt(2 * pi), relative=1e-6),
    )


@claim("worked-numbers", "The numbers of the worked example and of the pitfalls are right.")
def worked_numbers(rng):
    bits = log(comb(1000, 100)) / log(2)
    first = 1000 * entropy(0.1) / log(2)
    correction = 0.5 * np.log2(2 * pi * 1000 * 0.1 * 0.9)
    return outcome(
        equal("bits, exact", bits, 464.4, tolerance=0.05),
        equal("bits, entropy alone", first, 469.0, tolerance=0.05),
        equal("bits, correction", correction, 4.57, tolerance=0.005),
        equal("bits, estimate", first - correction, 464.4, tolerance=0.05),
        equal("ten, formula", np.exp(log_stirling(10)), 3598696, tolerance=0.5),
        equal("ten, corrected", np.exp(log_stirling(10) + 1 / 120), 3628810, tolerance=0.5),
        equal("ten, exact", factorial(10), 3628800),
        equal(
            "ten, percent short", 100 * (1 - np.exp(log_stirling(10)) / factorial(10)), 0.83, tolerance=0.005
        ),
        that("170! is a double, 171! is not", factorial(170) < int(np.finfo(float).max) < factorial(171)),
        equal("log-gamma of 10¹²", lgamma(1e12), 2.66e13, relative=0.005),
        equal("spacing of doubles there", np.spacing(lgamma(1e12)), 0.0039, relative=0.01),
    )
