"""Checks of the page on sub-Gaussian variables. Laws are finite sums or named, so that every moment and tail is exact."""

from math import erfc, factorial
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome

Law = Literal["sign", "rare event", "in an interval"]
RARE = 0.05


def upper_tail(t, proxy):
    """The bound on P(X − μ ≥ t) for a variable with this proxy σ²."""
    return np.exp(-(t**2) / (2 * proxy))


def maximum_bound(size, proxy):
    """The bound on the mean of the largest of this many centred variables."""
    return np.sqrt(2 * proxy * np.log(size))


def interval_proxy(low, high):
    return (high - low) ** 2 / 4


def rare_proxy(p):
    """The least proxy of a 0–1 variable with chance p ≠ 1/2 (Kearns and Saul)."""
    return (1 - 2 * p) / (2 * np.log((1 - p) / p))


def law_of(rng, kind):
    """Whole values and weights of a law, and a proxy of it."""
    if kind == "sign":
        return np.array([-1, 1]), np.array([0.5, 0.5]), 1.0
    if kind == "rare event":
        return np.array([0, 1]), np.array([1 - RARE, RARE]), rare_proxy(RARE)
    return np.arange(5), rng.dirichlet(np.ones(5)), interval_proxy(0, 4)


def sum_of(values, weights, n):
    """Centred values and weights of a sum of n independent copies."""
    step = np.zeros(values.max() - values.min() + 1)
    step[values - values.min()] = weights
    law = np.ones(1)
    for _ in range(n):
        law = np.convolve(law, step)
    return np.arange(len(law)) + n * values.min() - n * (weights @ values), law


def log_moment(values, weights, lam):
    """ln E exp(λ(X − μ)) for each λ."""
    centred = values - weights @ values
    exponents = np.multiply.outer(lam, centred)
    top = exponents.max(axis=-1)
    return top + np.log(np.exp(exponents - top[..., None]) @ weights)


@claim(
    "examples",
    "Signs have proxy 1, 0–1 variables with chance p the proxy (1 − 2p)/(2 ln((1 − p)/p)), and none smaller; all variables in [a, b] have (b − a)²/4, and no smaller number serves all of them.",
    assumes=("the law is one of these",),
)
def examples(rng, law: Law = "rare event", p: Annotated[float, Range(0.001, 0.49)] = 0.05):
    values, weights, proxy = law_of(rng, law)
    if law == "rare event":
        weights, proxy = np.array([1 - p, p]), rare_proxy(p)
    lam = np.concatenate([np.geomspace(1e-3, 40, 400), -np.geomspace(1e-3, 40, 400)])
    ratio = 2 * log_moment(values, weights, lam) / lam**2
    peak = 2 * np.log((1 - p) / p)
    tight = {
        "sign": [equal("the ratio near λ = 0", ratio[0], 1, tolerance=1e-5)],
        "rare event": [equal("the ratio at λ = 2 ln((1 − p)/p)", 2 * log_moment(values, weights, np.array([peak]))[0] / peak**2, proxy, relative=1e-9)],
        "in an interval": [equal("the ratio near λ = 0 for a coin on the ends", 2 * log_moment(values[[0, -1]], np.full(2, 0.5), lam)[0] / lam[0] ** 2, proxy, relative=1e-4)],
    }[law]  # fmt: skip
    return outcome(
        at_most("2 ln E exp(λ(X − μ))/λ², largest", ratio, proxy, slack=1e-7), *tight,
        at_most("variance", weights @ (values - weights @ values) ** 2, proxy, slack=1e-12),
        figure("proxy", proxy),
        message=f"Law: {law}. The ratio must stay below the proxy for all λ, positive and negative.",
    )  # fmt: skip


@claim(
    "tails",
    "P(X − μ ≥ t) ≤ exp(−t²/(2σ²)) for t ≥ 0, Var X ≤ σ², and proxies of independent terms add.",
    assumes=("E exp(λ(X − μ)) ≤ exp(λ²σ²/2) for all λ", "the terms are independent", "σ² is a proxy, not only the variance"),
)
def tails(rng, n: Annotated[int, Range(1, 300)] = 100, law: Law = "sign"):
    values, weights, proxy = law_of(rng, law)
    centred, total = sum_of(values, weights, n)
    tail = np.cumsum(total[::-1])[::-1]
    shown = (centred > 0) & (tail > 1e-12)
    t, tail = centred[shown], tail[shown]
    far = np.abs(t - 4 * np.sqrt(n)) <= 1
    compared = law == "sign" and n >= 50 and far.any()
    near = [at_least("ln P, about four deviations out", np.log(tail[far]), 1.5 * np.log(upper_tail(t[far], n * proxy)))] if compared else []
    return outcome(
        at_most("P(S − E S ≥ t), at the tightest t", tail, upper_tail(t, n * proxy)),
        at_most("variance of S", total @ centred**2, n * proxy, slack=1e-9),
        *near,
        message=f"A sum of {n} independent terms, law: {law}.",
        plot=Plot(
            "t", "probability", (Line("exact tail", t, tail), Line("exp(−t²/2nσ²)", t, upper_tail(t, n * proxy))),
            "On a logarithmic scale the exact tail of the sum stays below the bound, a parabola.", log_y=True,
        ) if len(t) > 1 else None,
    )  # fmt: skip


@claim(
    "sums",
    "For independent terms Σ aᵢXᵢ has proxy Σ aᵢ²σᵢ².",
    assumes=("the terms are independent", "E exp(λ(X − μ)) ≤ exp(λ²σ²/2) for all λ"),
)
def sums(rng, terms: Annotated[int, Range(1, 5)] = 4, law: Law = "sign"):
    values, weights, proxy = law_of(rng, law)
    a = rng.normal(size=terms)
    whole, mass = np.zeros(1), np.ones(1)
    for factor in a:
        whole, mass = np.add.outer(whole, factor * values).ravel(), np.outer(mass, weights).ravel()
    lam = np.linspace(-3, 3, 61)[np.arange(61) != 30]
    found = log_moment(whole, mass, lam)
    tight = [equal("2 ln E exp(λ·sum)/λ² near 0", 2 * log_moment(whole, mass, np.array([1e-3]))[0] / 1e-6, a @ a, relative=1e-4)]
    return outcome(
        at_most("ln E exp(λ·sum)", found, lam**2 * proxy * (a @ a) / 2, slack=1e-10),
        *(tight if law == "sign" else ()),
        figure("Σ aᵢ²σᵢ²", proxy * (a @ a)), figure("(Σ |aᵢ|σᵢ)²", proxy * np.abs(a).sum() ** 2),
    )  # fmt: skip


@claim(
    "maximum",
    "E max of N centred σ-sub-Gaussian variables is at most σ√(2 ln N), independent or not.",
    assumes=("mean 0", "each has proxy σ²"),
)
def maximum(rng, kind: Literal["Gaussian", "signs"] = "Gaussian", shared: Annotated[float, Range(0.0, 1.0)] = 0.0):
    sizes = np.unique(np.geomspace(1, 20_000, 15).astype(int))
    if kind == "Gaussian":
        means = np.array([np.sqrt(1 - shared) * gaussian_maximum(n) for n in sizes])  # a shared part has mean 0
    else:
        means = np.array([(1 - shared) * (1 - 2.0 ** (1 - n)) for n in sizes])  # with chance `shared` all are one sign
    bound = maximum_bound(sizes, 1.0)
    near = [at_least("the same, from below", means[-1], 0.87 * bound[-1])] if kind == "Gaussian" and shared == 0 else []
    return outcome(
        at_most("mean of the largest, against the bound, for N ≥ 2", means[1:], bound[1:]),
        *near,
        figure("for 1000 of them", np.interp(np.log(1000), np.log(sizes), means)),
        message=f"{kind}, correlation {shared:g}.",
        plot=Plot(
            "N", "mean of the largest", (Points("exact", sizes, means), Line("√(2 ln N)", sizes, bound)),
            "The mean of the largest of N variables grows slowly with N and stays below the bound.", log_x=True,
        ),
    )  # fmt: skip


def gaussian_maximum(n):
    """E max of n independent standard Gaussians: the integral of 1 − Φⁿ over x > 0 less that of Φⁿ over x < 0."""
    x = np.arange(-900, 901) / 100
    below = np.array([(0.5 * erfc(-v / np.sqrt(2))) for v in x]) ** n
    return np.trapezoid(np.where(x > 0, 1.0, np.where(x == 0, 0.5, 0.0)) - below, x)


@claim(
    "sub-exponential",
    "For the square of a standard Gaussian P(X − 1 ≥ t) ≤ exp(−t²/8) up to t = 1, and ≤ exp(−t/8) beyond.",
    assumes=("E exp(λ(X − μ)) ≤ exp(2λ²) for |λ| ≤ 1/4",),
)
def sub_exponential(rng, largest: Annotated[float, Range(2.0, 60.0)] = 30.0):
    lam = np.linspace(-0.25, 0.25, 100)
    t = np.linspace(0.01, largest, 300)
    tail = np.array([erfc(np.sqrt((1 + v) / 2)) for v in t])
    bound = np.where(t <= 1, np.exp(-(t**2) / 8), np.exp(-t / 8))
    return outcome(
        at_most("ln E exp(λ(X − 1))", -lam - 0.5 * np.log1p(-2 * lam), 2 * lam**2, slack=1e-12),
        at_most("P(X − 1 ≥ t), at the tightest t", tail, bound),
        plot=Plot(
            "t", "probability",
            (Line("square of a Gaussian", t, tail), Line("bound", t, bound), Line("a Gaussian tail of the same variance", t[t < 12], np.exp(-(t[t < 12] ** 2) / 4))),
            "On a logarithmic scale the tail is nearly a straight line, below the bound, and soon far above a Gaussian tail.", log_y=True,
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    return outcome(
        equal("√(2 ln 1000)", maximum_bound(1000, 1.0), 3.72, tolerance=5e-3),
        equal("luck of the best, bound", maximum_bound(1000, 0.25), 1.86, tolerance=5e-3),
        equal("luck of the best, Gaussian", 0.5 * gaussian_maximum(1000), 1.62, tolerance=5e-3),
        equal("luck of the best of 20, bound", maximum_bound(20, 0.25), 1.22, tolerance=5e-3),
        equal("proxy of the mean of 100 scores", interval_proxy(0, 1) / 100, 0.0025, tolerance=1e-12),
        equal("tail at 0.1", upper_tail(0.1, 0.0025), 0.135, tolerance=5e-4),
        equal("the same by Hoeffding", np.exp(-2 * 100 * 0.1**2), 0.135, tolerance=5e-4),
        equal("proxy of 2X − 3Y", 4 * 1 + 9 * 4, 40),
        equal("proxy if they are dependent", (2 * 1 + 3 * 2) ** 2, 64),
        equal("variance at one in a hundred", 0.01 * 0.99, 0.0099, tolerance=1e-9),
        equal("proxy at one in a hundred", rare_proxy(0.01), 0.107, tolerance=5e-4),
        equal("proxy against variance", rare_proxy(0.01) / 0.0099, 10.8, tolerance=0.05),
    )


@derivation("basic-steps", "Tail, variance and sum from the definition.", assumes="E exp(λ(X − μ)) ≤ exp(λ²σ²/2) for all λ")
def basic_steps(rng, law: Law = "in an interval"):
    values, weights, proxy = law_of(rng, law)
    x = values - weights @ values
    t, lam = rng.uniform(0.1, 1) * x.max(), rng.uniform(0.2, 2)
    moment = weights @ np.exp(lam * x)
    grid = np.linspace(0, 4 * t / proxy, 4001)
    small = 1e-3
    other, chances = np.array([-1.0, 1.0]), np.array([0.5, 0.5])
    a, b = 1.5, -0.7
    both = np.outer(weights, chances) * np.exp(lam * np.add.outer(a * x, b * other))
    return outcome(
        at_most("P(X − μ ≥ t)", weights[x >= t - 1e-12].sum(), np.exp(-lam * t) * moment),
        at_most("the same", np.exp(-lam * t) * moment, np.exp(-lam * t + lam**2 * proxy / 2), slack=1e-12),
        equal("least exponent", np.min(-grid * t + grid**2 * proxy / 2), np.log(upper_tail(t, proxy)), relative=1e-5),
        equal("2(E exp(λ(X − μ)) − 1)/λ² at λ = 0.001", 2 * (weights @ np.expm1(small * x)) / small**2, weights @ x**2, relative=1e-2),
        at_most("E exp(λ(aX + bY))", both.sum(), np.exp(lam**2 * (a**2 * proxy + b**2 * 1.0) / 2), slack=1e-12),
    )


@derivation("max-steps", "The mean of the largest.", assumes="N variables with mean 0 and proxy σ², dependent or not")
def max_steps(rng, size: Annotated[int, Range(2, 50)] = 10, outcomes: Annotated[int, Range(2, 200)] = 40):
    x = rng.normal(size=(outcomes, size))  # equally likely outcomes of dependent variables
    x -= x.mean(axis=0)
    proxy = interval_proxy(x.min(axis=0), x.max(axis=0)).max()
    lam = rng.uniform(0.2, 2)
    grid = np.linspace(0.01, 10, 40_000) * np.sqrt(2 * np.log(size) / proxy)
    return outcome(
        at_most("exp(λ E max)", np.exp(lam * x.max(axis=1).mean()), np.exp(lam * x.max(axis=1)).mean()),
        at_most("E exp(λ max)", np.exp(lam * x.max(axis=1)).mean(), np.exp(lam * x).mean(axis=0).sum()),
        at_most("Σ E exp(λXᵢ)", np.exp(lam * x).mean(axis=0).sum(), size * np.exp(lam**2 * proxy / 2)),
        at_most("E max", x.max(axis=1).mean(), np.log(size) / lam + lam * proxy / 2),
        equal("the least right side", np.min(np.log(size) / grid + grid * proxy / 2), maximum_bound(size, proxy), relative=1e-4),
    )


@derivation("circle-steps", "Four conditions, each with its constant.", assumes="mean 0")
def circle_steps(rng, law: Literal["sign", "rare event", "in an interval", "heaviest tail"] = "heaviest tail", k: Annotated[int, Range(1, 8)] = 3):
    if law == "heaviest tail":  # P(|X| ≥ t) = 2 exp(−t²/2) wherever that is below 1
        levels = (np.arange(4000) + 0.5) / 4000
        half = np.sqrt(2 * np.log(2 / levels))
        x, weights, proxy = np.concatenate([half, -half]), np.full(8000, 1 / 8000), 1.0
    else:
        x, weights, proxy = law_of(rng, law)
        x = x - weights @ x
    t = np.unique(np.abs(x))[:: max(1, len(x) // 400)]
    tail = np.array([weights[np.abs(x) >= v * (1 + 1e-12) - 1e-12].sum() for v in t])
    c2 = 6 * proxy
    small, large = np.linspace(0.01, 1, 50) / np.sqrt(c2), np.linspace(1, 6, 50) / np.sqrt(c2)
    moment = [weights @ np.exp(np.outer(x, lam)) for lam in (small, large)]
    square = weights @ np.exp(x**2 / c2)
    return outcome(
        at_most("P(|X| ≥ t)", tail, 2 * upper_tail(t, proxy), slack=1e-3),
        at_most("E X²ᵏ", weights @ x ** (2 * k), 2 ** (k + 1) * factorial(k) * proxy**k),
        at_most("E exp(X²/(6σ²))", square, 2),
        at_most("E exp(λX), |λ| ≤ 1/c", moment[0], np.minimum(weights @ np.exp(np.outer(x**2, small**2)), np.exp(small**2 * c2)), slack=1e-9),
        at_most("E exp(λX), |λ| ≥ 1/c", moment[1], np.exp(large**2 * c2)),
        message=f"Law: {law}, σ² = {proxy:.3g}, c² = 6σ².",
    )  # fmt: skip


@failure(
    "heavier-tails",
    "An exponential variable and the square of a Gaussian have tails that no Gaussian bound covers.",
    of="tails",
    without="E exp(λ(X − μ)) ≤ exp(λ²σ²/2) for all λ",
)
def heavier_tails(
    rng, law: Literal["exponential", "square of a Gaussian"] = "exponential", wider: Annotated[float, Range(1.0, 20.0)] = 4.0
):
    t = np.linspace(0.1, 12 + 3 * wider, 600)
    tail, variance = (np.exp(-1 - t), 1.0) if law == "exponential" else (np.array([erfc(np.sqrt((1 + v) / 2)) for v in t]), 2.0)
    bound = upper_tail(t, wider * variance)
    first = t[np.argmax(tail > bound)]
    return outcome(
        at_most("P(X − μ ≥ t), at the worst t", tail, bound),
        given=[at_most("the same for a Gaussian of this proxy", [0.5 * erfc(v / np.sqrt(2 * wider * variance)) for v in t], bound)],
        message=f"Even {wider:g} times the variance as a proxy fails, from t = {first:.1f} on. A larger one fails farther out.",
        plot=Plot(
            "t", "probability", (Line(law, t[tail > 1e-15], tail[tail > 1e-15]), Line("bound", t[bound > 1e-15], bound[bound > 1e-15])),
            "On a logarithmic scale the tail is a straight line and crosses the parabola of the bound.", log_y=True,
        ),
    )  # fmt: skip


@failure(
    "added-without-independence",
    "If all terms are the same variable, the tail of the sum is far above what added proxies promise.",
    of="tails",
    without="the terms are independent",
)
def added_without_independence(rng, n: Annotated[int, Range(1, 300)] = 25):
    return outcome(
        at_most("P(S − E S ≥ n)", 0.5, upper_tail(n, n * 1.0)),
        given=[at_most("P(X ≥ 1) for one sign", 0.5, upper_tail(1.0, 1.0)), at_most("P(S − E S ≥ n), with the safe proxy n²", 0.5, upper_tail(n, float(n) ** 2))],
        message=f"{n} copies of one sign. The proxy {n} is wrong; n² = {n**2} is right." if n > 1 else "With one term there is nothing to add.",
    )


@failure(
    "variance-for-proxy",
    "For a rare event the variance in the place of the proxy gives a false bound.",
    of="tails",
    without="σ² is a proxy, not only the variance",
)
def variance_for_proxy(rng, p: Annotated[float, Range(0.001, 0.3)] = 0.01):
    variance, t = p * (1 - p), 1 - p
    return outcome(
        at_most("P(X − μ ≥ 1 − p)", p, upper_tail(t, variance)),
        figure("variance", variance), figure("least proxy", rare_proxy(p)),
        given=[at_most("the same with the least proxy", p, upper_tail(t, rare_proxy(p)))],
        message=f"The proxy is {rare_proxy(p) / variance:.1f} times the variance.",
    )  # fmt: skip
