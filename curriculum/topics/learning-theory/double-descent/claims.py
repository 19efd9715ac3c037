"""Checks of the page on double descent. Noise is averaged exactly; only the features are drawn."""

from itertools import product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome

Side = Literal["above", "below"]


def expected_error(n, p, signal, hidden, noise):
    """The formula of the page: squared norms of the used and unused coefficients, and the variance of the noise."""
    rest = noise + hidden
    if n - 1 <= p <= n + 1:
        return np.inf
    if p < n:
        return rest * (1 + p / (n - p - 1))
    return signal * (1 - n / p) + rest * (1 + n / (p - n - 1))


def error_given(x, beta, used, noise, penalty=0.0):
    """The expected squared error on fresh data for these features (rows), averaged over label noise and over the unused features' part.

    The unused features enter as noise of their own, drawn with x.
    """
    p, kept = used, x[:, :used]
    if p == len(x) and penalty == 0:
        inverse = np.linalg.inv(kept)
    elif p > len(x):
        inverse = np.linalg.solve(kept @ kept.T + penalty * np.eye(len(x)), kept).T
    else:
        inverse = np.linalg.solve(kept.T @ kept + penalty * np.eye(p), kept.T)
    drift = inverse @ (x @ beta) - beta[:p]  # what the noiseless labels lead to
    return noise + beta[p:] @ beta[p:] + drift @ drift + noise * np.sum(inverse**2)


@claim(
    "exact-risk",
    "Minimum-norm least squares has the expected error τ²(1 + p/(n − p − 1)) below the threshold and ‖β‖²(1 − n/p) + τ²(1 + n/(p − n − 1)) above it.",
    assumes=("the features are independent standard Gaussians", "the noise is independent of the features", "no penalty"),
)
def exact_risk(
    rng,
    side: Side = "above",
    distance: Annotated[int, Range(8, 60)] = 20,
    unused: Annotated[int, Range(0, 20)] = 5,
    noise: Annotated[float, Range(0.0, 4.0)] = 1.0,
):
    n, trials = (30, 150) if side == "above" else (distance + 4, 150)
    p = n + distance if side == "above" else 4
    beta = rng.normal(size=p + unused)
    found = np.array([error_given(rng.normal(size=(n, p + unused)), beta, p, noise) for _ in range(trials)])
    truth = expected_error(n, p, beta[:p] @ beta[:p], beta[p:] @ beta[p:], noise)
    return outcome(
        equal("mean error", found.mean(), truth, tolerance=6 * found.std() / np.sqrt(trials) + 1e-9),
        figure("n", n), figure("p", p), figure("τ²", noise + beta[p:] @ beta[p:]),
        message=f"{trials} draws of {n} examples with {p} features used and {unused} unused; label noise is averaged exactly. "
        "The curve is for 30 examples and 300 features; the first five carry half of the signal.",
        plot=curve(rng),
    )  # fmt: skip


def curve(rng):
    """The curve for 30 examples and 300 features, of which the first p are used; five carry half of the signal, the rest the other half."""
    n, every, noise = 30, 300, 0.1
    beta = np.sqrt(np.where(np.arange(every) < 5, 0.5 / 5, 0.5 / (every - 5)))
    below, above = np.arange(1, n - 1), np.unique(np.geomspace(n + 2, every, 60).astype(int))
    exact = [[expected_error(n, p, beta[:p] @ beta[:p], beta[p:] @ beta[p:], noise) for p in ps] for ps in (below, above)]
    some = np.array([1, 4, 10, 18, 24, 30, 36, 44, 60, 120, 300])
    x = [rng.normal(size=(n, every)) for _ in range(6)]
    seen = [np.median([error_given(one, beta, p, noise) for one in x]) for p in some]
    return Plot(
        "features used, p", "squared error on fresh data",
        (Line("formula, p < n", below, exact[0]), Line("formula, p > n", above, exact[1]), Points("median of six draws", some, seen)),
        "The error falls for the first features, rises to a peak at p = 30, the number of examples, and falls again beyond.",
        log_x=True, log_y=True,
    )  # fmt: skip


@claim(
    "norm-falls",
    "Beyond the threshold each further feature makes the solution of minimum norm shorter, whatever the labels.",
    assumes=("each feature set contains the one before", "the examples are fitted exactly with minimum norm"),
)
def norm_falls(rng, n: Annotated[int, Range(2, 40)] = 20, more: Annotated[int, Range(2, 60)] = 40):
    x, y = rng.normal(size=(n, n + more)), rng.normal(size=n)
    solutions = [np.linalg.pinv(x[:, :p]) @ y for p in range(n, n + more + 1)]
    norms = np.array([s @ s for s in solutions])
    fits = max(np.abs(x[:, : len(s)] @ s - y).max() / (1 + np.linalg.norm(s)) for s in solutions)
    return outcome(
        at_most("change of ‖β̂‖² from one feature to the next", np.diff(norms) / norms[:-1], 1e-9),
        at_most("largest residual, relative", fits, 1e-7),
        figure("‖β̂‖² at the threshold", norms[0]), figure("‖β̂‖² at the end", norms[-1]),
        message=f"{n} examples with arbitrary labels, from {n} to {n + more} features.",
    )  # fmt: skip


@claim(
    "peak",
    "At p = n the error is more than twice that at p = 3n.",
    assumes=("no penalty", "the labels are noisy", "the features are independent standard Gaussians"),
)
def peak(rng, n: Annotated[int, Range(20, 40)] = 30, noise: Annotated[float, Range(0.5, 4.0)] = 1.0):
    return outcome(
        at_least("error at p = n / error at p = 3n, medians", *peak_ratio(rng, n, noise)),
        message=f"{n} examples, medians of 21 draws of the features, ‖β‖ = 1 at both sizes.",
    )


def peak_ratio(rng, n, noise, penalty=0.0):
    """The ratio of the page, and the 2 that it exceeds."""

    def median(p):
        beta = np.full(p, p**-0.5)
        return np.median([error_given(rng.normal(size=(n, p)), beta, p, noise, penalty) for _ in range(21)])

    return median(n) / median(3 * n), 2


@claim(
    "more-data-hurts",
    "For a fixed p the expected error rises when n grows from p/2 towards p, and falls when it grows beyond.",
    assumes=("no penalty", "the noise has at least the variance of the signal"),
)
def more_data_hurts(rng, p: Annotated[int, Range(10, 200)] = 60, signal: Annotated[float, Range(0.1, 1.0)] = 1.0):
    counts = np.array([n for n in range(2, 4 * p) if abs(n - p) > 1])
    errors = np.array([expected_error(n, p, signal, 0.0, 1.0) for n in counts])
    rising, falling = errors[(counts >= p / 2) & (counts < p)], errors[counts > p]
    return outcome(
        at_least("change from n to n + 1, from p/2 up to p − 2", np.diff(rising) if len(rising) > 1 else np.ones(1), 0),
        at_most("change from n to n + 1, from p + 2 on", np.diff(falling), 0),
        figure("error at p/2", rising[0]), figure("error at p − 2", rising[-1]), figure("error at 4p − 1", falling[-1]),
        plot=Plot(
            "examples, n", "expected squared error",
            (Line("below p", counts[counts < p], errors[counts < p]), Line("above p", counts[counts > p], errors[counts > p])),
            "The expected error rises to a peak where the number of examples equals that of the features, and falls afterwards.",
            log_y=True,
        ),
    )  # fmt: skip


@claim(
    "second-descent-wins",
    "With ten features for each example some p > n has a smaller expected error than every p < n.",
    assumes=("the signal is spread evenly over the features", "no penalty"),
)
def second_descent_wins(rng, n: Annotated[int, Range(10, 100)] = 40, noise: Annotated[float, Range(0.0, 0.3)] = 0.1):
    below, above = best_on_each_side(n, noise, lambda p: p / (10 * n))
    return outcome(
        at_most("least error above the threshold", above, below),
        figure("least error below", below), figure("error of predicting 0", 1 + noise),
    )  # fmt: skip


def best_on_each_side(n, noise, share):
    """The least expected error below and above the threshold; share(p) is the part of ‖β‖² = 1 in the first p features."""
    errors = {p: expected_error(n, p, share(p), 1 - share(p), noise) for p in range(1, 10 * n + 1)}
    return min(e for p, e in errors.items() if p < n), min(e for p, e in errors.items() if p > n)


@claim(
    "benign",
    "With k strong directions and N weak ones, interpolating noise of variance σ² costs about σ²(k/n + n/N), below a fifth of σ².",
    assumes=("far more than n weak directions share the noise", "few strong directions"),
)
def benign(rng, weak: Annotated[int, Range(800, 3000)] = 1500):
    cost, told = noise_cost(rng, weak)
    return outcome(
        at_most("cost of the noise / σ²", cost, 0.2),
        equal("cost, against k/n + n/N", cost / told, 1, tolerance=0.6),
        figure("k/n + n/N", told),
        message=f"40 examples, 3 strong directions, {weak} weak ones; the labels are fitted exactly.",
    )


def noise_cost(rng, weak, n=40, strong=3):
    """What the fitted noise adds to the error, over σ²: tr(Σ X⁺ X⁺ᵀ) for eigenvalues 1 (strong) and 2/weak (weak)."""
    eigenvalues = np.concatenate([np.ones(strong), np.full(weak, 2.0 / weak)])
    x = rng.normal(size=(n, len(eigenvalues))) * np.sqrt(eigenvalues)
    inverse = np.linalg.solve(x @ x.T, x).T
    return float(np.sum(eigenvalues[:, None] * inverse**2)), strong / n + n / weak


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    def at(p):
        return expected_error(20, p, 4, 0, 1)

    return outcome(
        equal("p = 10", at(10), 2.11, tolerance=5e-3), equal("p = 18", at(18), 19), equal("p = 22", at(22), 21.4, tolerance=0.05),
        equal("p = 40", at(40), 4.05, tolerance=5e-3), equal("p = 100", at(100), 4.45, tolerance=5e-3),
        equal("bias at p = 40", 4 * (1 - 20 / 40), 2), equal("variance at p = 40", 20 / 19, 1.05, tolerance=5e-3),
        equal("bias at p = 22", 4 * (1 - 20 / 22), 4 / 11, tolerance=1e-12), equal("bias at p = 100", 4 * (1 - 20 / 100), 3.2, tolerance=1e-12),
        equal("variance at p = 18", at(18) - 1, 18), equal("variance at p = 22", at(22) - 1 - 4 / 11, 20, tolerance=1e-9),
        equal("variance at p = 100", at(100) - 1 - 3.2, 0.25, tolerance=5e-3),
        equal("predicting 0", 4 + 1, 5),
        equal("n = 40 and p = 42", expected_error(40, 42, 4, 0, 1), 41.2, tolerance=0.05),
        equal("n = 20 and p = 42", expected_error(20, 42, 4, 0, 1), 4.05, tolerance=5e-3),
    )  # fmt: skip


@derivation("risk-steps", "The expected error beyond the threshold, all features used.", assumes="p > n + 1, independent standard Gaussian features")
def risk_steps(rng, n: Annotated[int, Range(2, 8)] = 6, p: Annotated[int, Range(10, 60)] = 20):
    x, beta, noise = rng.normal(size=(n, p)), rng.normal(size=p), 0.7
    inverse = np.linalg.pinv(x)
    eps = np.sqrt(noise) * np.array(list(product([-1.0, 1.0], repeat=n)))  # all labels that can occur
    fitted = (x @ beta + eps) @ inverse.T
    seen = np.eye(p) - inverse @ x
    bias = beta @ seen @ beta
    inner = np.linalg.inv(x @ x.T)
    away = [x[i] - x[i] @ np.linalg.pinv(np.delete(x, i, 0)) @ np.delete(x, i, 0) for i in range(n)]
    free = p - n + 1
    r = np.linspace(1e-6, 12 + np.sqrt(free), 60_001)
    density = np.exp((free - 1) * np.log(r) - r**2 / 2 - ((free - 1) * np.log(np.sqrt(free)) - free / 2))
    return outcome(
        equal("β̂", fitted, (inverse @ x @ beta) + eps @ inverse.T, tolerance=1e-9),
        equal("E ‖β̂ − β‖²", ((fitted - beta) ** 2).sum(axis=1).mean(), bias + noise * np.trace(inner), relative=1e-9),
        equal("mean of the bias over directions of β", np.trace(seen) / p, 1 - n / p, tolerance=1e-9),
        equal("diagonal of the inverse", np.diag(inner), [1 / (v @ v) for v in away], relative=1e-6),
        equal("E 1/χ²", np.trapezoid(density / r**2, r) / np.trapezoid(density, r), 1 / (p - n - 1), relative=1e-4),
        message=f"{n} examples, {p} features. Noise takes two values, so that all {2**n} label vectors can be listed.",
    )


@failure(
    "tuned-penalty",
    "A ridge penalty of the right size removes the peak.",
    of="peak",
    without="no penalty",
)
def tuned_penalty(rng, n: Annotated[int, Range(20, 40)] = 30, penalty: Annotated[float, Range(0.0, 3.0)] = 1.0):
    noise = 1.0
    return outcome(
        at_least("error at p = n / error at p = 3n, medians", *peak_ratio(rng, n, noise, penalty * n * noise)),
        given=[at_least("the same without a penalty", *peak_ratio(rng, n, noise))],
        message=f"Penalty {penalty:g}·n." + (" Without a penalty the peak is back." if penalty == 0 else " The error is flat where the peak was."),
    )


@failure(
    "no-noise",
    "Without noise, and with all features in use, the exact fit at p = n is the truth: no peak.",
    of="peak",
    without="the labels are noisy",
)
def no_noise(rng, n: Annotated[int, Range(20, 40)] = 30, noise: Annotated[float, Range(0.0, 0.001)] = 0.0):
    return outcome(
        at_least("error at p = n / error at p = 3n, medians", *peak_ratio(rng, n, noise)),
        given=[at_least("the same with noise of variance 1", *peak_ratio(rng, n, 1.0))],
        message="What blows up near the threshold is noise. The signal is fitted exactly with n features, and only partly with 3n.",
    )


@failure(
    "few-features-matter",
    "If a few known features carry the signal, a small model beats every large one.",
    of="second-descent-wins",
    without="the signal is spread evenly over the features",
)
def few_features_matter(rng, n: Annotated[int, Range(20, 100)] = 40, features: Annotated[int, Range(1, 10)] = 5, noise: Annotated[float, Range(0.01, 0.3)] = 0.1):
    below, above = best_on_each_side(n, noise, lambda p: min(1.0, p / features))
    spread = best_on_each_side(n, noise, lambda p: p / (10 * n))
    return outcome(
        at_most("least error above the threshold", above, below),
        given=[at_most("the same with the signal spread evenly", spread[1], spread[0])],
        message=f"All of the signal lies in the first {features} features.",
    )


@failure(
    "few-weak-directions",
    "With little more than n weak directions, the fitted noise has nowhere to hide.",
    of="benign",
    without="far more than n weak directions share the noise",
)
def few_weak_directions(rng, weak: Annotated[int, Range(40, 800)] = 60):
    cost, told = noise_cost(rng, weak)
    return outcome(
        at_most("cost of the noise / σ²", cost, 0.2),
        given=[at_most("the same with 3000 weak directions", noise_cost(rng, 3000)[0], 0.2)],
        message=f"40 examples and {weak} weak directions: the labels are fitted exactly all the same.",
    )
