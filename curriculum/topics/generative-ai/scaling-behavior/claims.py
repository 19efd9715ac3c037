"""Checks of the page on scaling behaviour: the best split of a budget, and what a fit to small runs can foretell."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

# E, A, B, α, β as published by Hoffmann et al. (exponents with the digits of their source), and as refitted by Besiroglu et al.
FITS = {"Hoffmann": (1.69, 406.4, 410.7, 0.3392, 0.2849), "refit": (1.8172, 482.01, 2085.43, 0.3478, 0.3658)}
Fit = Literal["Hoffmann", "refit"]
Budget = Annotated[float, Range(17.0, 26.0)]
GOPHER = 5.76e23  # operations, the budget of Gopher and Chinchilla


def loss(n, d, fit):
    e, a, b, alpha, beta = fit
    return e + a / n**alpha + b / d**beta


def split(c, fit):
    """The best number of parameters and of tokens for a budget."""
    _, a, b, alpha, beta = fit
    g = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    return g * (c / 6) ** (beta / (alpha + beta)), (c / 6) ** (alpha / (alpha + beta)) / g


def at_sizes(sizes, c, fit, served=0.0):
    """The loss at these sizes when a budget pays for training and for reading this many tokens later on."""
    tokens = (c - 2 * sizes * served) / (6 * sizes)
    return np.where(tokens > 0, loss(sizes, np.maximum(tokens, 1.0), fit), np.inf)


FACTORS = 2.0 ** np.linspace(-4, 4, 161)


@claim(
    "best-split",
    "No size gives a lower loss for the same budget than N* = G(C/6)^(β/(α+β)).",
    assumes=("the loss is E + A/N^α + B/D^β", "only training is paid for", "training costs C = 6ND"),
)
def best_split(rng, log10_budget: Budget = 23.76, fit: Fit = "refit"):
    c, law = 10**log10_budget, FITS[fit]
    n, d = split(c, law)
    _, a, b, alpha, beta = law
    found = at_sizes(n * FACTORS, c, law)
    return outcome(
        at_least("losses at other sizes", found, at_sizes(n, c, law)[()], slack=1e-12),
        equal("budget spent", 6 * n * d / c, 1, relative=1e-9),
        equal("α A/N^α, against β B/D^β", alpha * a / n**alpha, beta * b / d**beta, relative=1e-9),
        figure("parameters, billions", n / 1e9), figure("tokens, billions", d / 1e9), figure("tokens per parameter", d / n),
        plot=Plot("parameters", "loss", (Line("the whole budget", n * FACTORS, found), Points("best split", [n], [loss(n, d, law)])),
                  "At a fixed budget the loss is a shallow valley in the number of parameters, with the best split at its lowest point.", log_x=True),
    )  # fmt: skip


@failure(
    "serving",
    "If the same budget must also pay for reading, a smaller model trained for longer has the lower loss.",
    of="best-split",
    without="only training is paid for",
)
def serving(rng, log10_budget: Budget = 23.76, served: Annotated[float, Range(0.0, 2.0)] = 1.0, fit: Fit = "refit"):
    c, law = 10**log10_budget, FITS[fit]
    n, d = split(c, law)
    found = at_sizes(n * FACTORS, c, law, served * d)
    best = n * FACTORS[np.argmin(found)]
    return outcome(
        at_least("losses at other sizes", found, at_sizes(n, c, law, served * d)[()], slack=1e-12),
        figure("best size, against N*", best / n),
        figure("its tokens per parameter", (c - 2 * best * served * d) / (6 * best) / best),
        figure("tokens per parameter for training alone", d / n),
        given=[at_least("losses at other sizes, without reading", at_sizes(n * FACTORS, c, law), at_sizes(n, c, law)[()], slack=1e-12)],
        message=f"{served:g} D* tokens are read after training, at 2N operations each.",
    )


@claim(
    "flat-valley",
    "A size wrong by a factor f, at the same budget, raises the reducible loss to (β f^(−α) + α f^β)/(α + β) of its least value.",
    assumes=("the loss is E + A/N^α + B/D^β", "training costs C = 6ND"),
)
def flat_valley(rng, log10_budget: Budget = 23.76, factor: Annotated[float, Range(0.1, 10.0)] = 2.0, fit: Fit = "refit"):
    c, law = 10**log10_budget, FITS[fit]
    e, _, _, alpha, beta = law
    n, d = split(c, law)
    ratio = (loss(n * factor, d / factor, law) - e) / (loss(n, d, law) - e)
    small = (loss(n * 1.01, d / 1.01, law) - e) / (loss(n, d, law) - e) - 1
    return outcome(
        equal("reducible loss, against its least", ratio, (beta * factor**-alpha + alpha * factor**beta) / (alpha + beta), relative=1e-9),
        equal("rise for a small miss, over αβ/2 · ln²f", small / (alpha * beta / 2 * np.log(1.01) ** 2), 1, relative=0.01),
        figure("rise of the reducible loss", 100 * (ratio - 1), unit="%"),
        figure("rise of the loss", 100 * (loss(n * factor, d / factor, law) / loss(n, d, law) - 1), unit="%"),
    )


def parts(n, vocabulary, aspect):
    """All parameters of a transformer with n outside the embedding, and the elasticity d ln total / d ln n."""
    embedding = vocabulary * (aspect * n / 12) ** (1 / 3)  # n = 12 d³/aspect, with d/aspect layers of 12 d² each
    return n + embedding, (n + embedding / 3) / (n + embedding)


def slope(n, fit, vocabulary=0.0, aspect=64.0):
    """Exponent of the best size in the budget, both counted without embeddings, over the range of n: a straight line in logarithms."""
    _, a, b, alpha, beta = fit
    total, elastic = parts(n, vocabulary, aspect)
    d = (beta * b / (alpha * a * total**-alpha * elastic)) ** (1 / beta)
    return np.polyfit(np.log(6 * n * d), np.log(n), 1)[0]


Start = Annotated[float, Range(3.0, 6.0)]


@claim(
    "exponent",
    "The best size grows as C to the power β/(α + β), at every scale.",
    assumes=("every parameter is counted, in the size and in the budget", "the loss is E + A/N^α + B/D^β"),
)
def exponent(rng, start: Start = 3.0, fit: Fit = "refit"):
    law = FITS[fit]
    n = np.geomspace(10**start, 1.5e9, 60)
    budgets = np.geomspace(1e17, 1e24, 8)
    alpha, beta = law[3:]
    return outcome(
        equal("fitted exponent", slope(n, law), beta / (alpha + beta), relative=1e-9),
        equal("exponent of the best split", np.polyfit(np.log(budgets), np.log(split(budgets, law)[0]), 1)[0], beta / (alpha + beta), relative=1e-9),
    )


@failure(
    "embeddings-left-out",
    "Counted without embeddings, the same law shows a much larger exponent over small models.",
    of="exponent",
    without="every parameter is counted, in the size and in the budget",
)
def embeddings_left_out(
    rng, start: Start = 3.0, vocabulary: Annotated[int, Range(1000, 100000)] = 50000, fit: Fit = "refit"
):
    law = FITS[fit]
    alpha, beta = law[3:]
    small, large = np.geomspace(10**start, 1.5e9, 60), np.geomspace(1e11, 1e13, 60)
    return outcome(
        equal("fitted exponent", slope(small, law, vocabulary), beta / (alpha + beta), relative=1e-9),
        figure("exponent with every parameter", beta / (alpha + beta)),
        figure("exponent from 100 billion parameters on", slope(large, law, vocabulary)),
        given=[equal("exponent without a vocabulary", slope(small, law), beta / (alpha + beta), relative=1e-9)],
        message=f"From 10^{start:g} to 1.5 billion parameters outside the embedding; a vocabulary of {vocabulary}, width 64 times the depth.",
    )


RUNS = np.geomspace(1e18, 1e20, 9)  # budgets of the small runs
TARGET = 1e22


def frontier(c, fit=FITS["refit"]):
    """The loss of the best split."""
    return loss(*split(c, fit), fit)


def line(c, losses, offset):
    """Slope and height of ln(loss − offset) against ln(c), by least squares, and the squared misfit of the losses."""
    k, h = np.polyfit(np.log(c), np.log(losses - offset), 1)
    return k, h, np.sum((losses - offset - np.exp(h) * c**k) ** 2)


def predicted(c, losses, target, with_offset=True):
    """The loss at a larger budget, from a power law with or without an offset."""
    offset = 0.0
    if with_offset:
        low, high, share = 0.0, losses.min() * (1 - 1e-6), (np.sqrt(5) - 1) / 2
        for _ in range(60):
            a, b = high - share * (high - low), low + share * (high - low)
            low, high = (low, b) if line(c, losses, a)[2] < line(c, losses, b)[2] else (a, high)
        offset = (low + high) / 2
    k, h, _ = line(c, losses, offset)
    return offset + np.exp(h) * target**k


def uncertainty(c, target, noise, fit=FITS["refit"]):
    """Standard error of the predicted loss, to first order, when each run has this standard deviation."""
    e, _, _, alpha, beta = fit
    power = alpha * beta / (alpha + beta)
    scale = (frontier(c[0], fit) - e) * c[0] ** power
    def slopes(x):
        return np.stack([np.ones_like(x), x**-power * c[0] ** power, -scale * x**-power * np.log(x / c[0])], axis=-1)
    rows = slopes(c)
    at = slopes(np.array([target]))[0]
    return noise * np.sqrt(at @ np.linalg.solve(rows.T @ rows, at))


@claim(
    "extrapolation",
    "A power law with an offset, fitted to small runs on the frontier, foretells the loss of the large one.",
    assumes=("the offset is fitted too", "every run is tuned as well as the large one will be"),
)
def extrapolation(rng, decades: Annotated[float, Range(0.5, 4.0)] = 2.0, fit: Fit = "refit"):
    law, target = FITS[fit], RUNS[-1] * 10**decades
    losses = frontier(RUNS, law)
    noise = 0.003 * losses.mean()
    return outcome(
        equal("predicted loss", predicted(RUNS, losses, target), frontier(target, law), tolerance=2e-3),
        figure("loss of the large run", frontier(target, law)),
        figure("standard error if each run varies by 0.3%", uncertainty(RUNS, target, noise, law)),
        figure("standard error within the range of the runs", uncertainty(RUNS, RUNS[4], noise, law)),
        message="Nine runs over two decades of budget, without noise.",
    )


@failure(
    "no-offset",
    "A pure power law is too straight, and foretells a loss that is too low.",
    of="extrapolation",
    without="the offset is fitted too",
)
def no_offset(rng, decades: Annotated[float, Range(0.5, 4.0)] = 2.0, fit: Fit = "refit"):
    law, target = FITS[fit], RUNS[-1] * 10**decades
    losses = frontier(RUNS, law)
    shown = np.geomspace(RUNS[0], RUNS[-1] * 1e4, 60)
    straight = np.array([predicted(RUNS, losses, c, with_offset=False) for c in shown])
    return outcome(
        equal("predicted loss", predicted(RUNS, losses, target, with_offset=False), frontier(target, law), tolerance=2e-3),
        figure("loss of the large run", frontier(target, law)),
        figure("largest misfit within the runs", np.abs(straight[0] - losses[0])),
        given=[equal("predicted with the offset", predicted(RUNS, losses, target), frontier(target, law), tolerance=2e-3)],
        message="Within the runs both curves fit to a few hundredths. Beyond them they part.",
        plot=Plot("budget, operations", "loss",
                  (Line("the law", shown, frontier(shown, law)), Line("pure power law", shown, straight), Points("runs", RUNS, losses)),
                  "Both curves pass through the runs; beyond them the pure power law falls below the law.", log_x=True),
    )  # fmt: skip


@failure(
    "untuned-runs",
    "Settings tuned at the smallest size grow worse with size, the curve bends too early, and the forecast is too high.",
    of="extrapolation",
    without="every run is tuned as well as the large one will be",
)
def untuned_runs(rng, loss_per_decade: Annotated[float, Range(0.005, 0.05)] = 0.02, fit: Fit = "refit"):
    law = FITS[fit]
    spoilt = frontier(RUNS, law) + loss_per_decade * np.log10(RUNS / RUNS[0])
    return outcome(
        equal("predicted loss", predicted(RUNS, spoilt, TARGET), frontier(TARGET, law), tolerance=2e-3),
        figure("loss of the large run, well tuned", frontier(TARGET, law)),
        figure("worst harm within the runs", loss_per_decade * 2),
        given=[equal("predicted from runs tuned alike", predicted(RUNS, frontier(RUNS, law), TARGET), frontier(TARGET, law), tolerance=2e-3)],
        message=f"Each tenfold budget adds {loss_per_decade:g} to the loss, because the settings no longer fit.",
    )


@derivation(
    "split-steps",
    "From the parametric loss to the best split of a budget.",
    assumes=("the loss is E + A/N^α + B/D^β", "training costs C = 6ND"),
)
def split_steps(rng, log10_budget: Budget = 21.0):
    fit = (rng.uniform(1, 2), rng.uniform(200, 800), rng.uniform(300, 2500), rng.uniform(0.2, 0.6), rng.uniform(0.2, 0.6))
    e, a, b, alpha, beta = fit
    c = 10**log10_budget
    n, d = split(c, fit)
    g = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    m, h = n * rng.uniform(0.3, 3), 1e-4
    along = (at_sizes(n * np.exp(h), c, fit) - at_sizes(n * np.exp(-h), c, fit)) / (2 * h)
    power = alpha * beta / (alpha + beta)
    n2, d2 = split(10 * c, fit)
    return outcome(
        equal("loss along the budget", at_sizes(m, c, fit)[()], e + a * m**-alpha + b * (6 * m / c) ** beta, relative=1e-12),
        equal("slope in ln N at the best split", [along[()], alpha * a * n**-alpha / (beta * b * d**-beta)], [0, 1], tolerance=1e-5),
        equal("N*", n, g * (c / 6) ** (beta / (alpha + beta)), relative=1e-9),
        equal("D*", c / (6 * n), (c / 6) ** (alpha / (alpha + beta)) / g, relative=1e-9),
        equal("D*/N*", d / n, (c / 6) ** ((alpha - beta) / (alpha + beta)) / g**2, relative=1e-9),
        equal("reducible loss", [loss(n, d, fit) - e, (loss(n2, d2, fit) - e) / (loss(n, d, fit) - e)],
              [(1 + alpha / beta) * a * n**-alpha, 10**-power], relative=1e-9),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example and of the text.")
def worked_numbers(rng):
    refit, first, rounded = FITS["refit"], FITS["Hoffmann"], (1.69, 406.4, 410.7, 0.34, 0.28)
    (n, d), (n10, d10) = split(1e21, refit), split(1e22, refit)
    ratios = [split(GOPHER, law)[1] / split(GOPHER, law)[0] for law in (refit, first, rounded)]
    e, a, b, alpha, beta = refit
    left = frontier(1e21, refit) - e
    small = np.geomspace(1e3, 1.5e9, 60)
    return outcome(
        equal("best size", n / 1e9, 2.78, tolerance=5e-3, unit="billion"), equal("best tokens", d / 1e9, 60.0, tolerance=0.05, unit="billion"),
        equal("tokens per parameter", d / n, 21.6, tolerance=0.05), equal("budget over six", 1e21 / 6 / 1e20, 1.667, tolerance=5e-4),
        equal("exponent of the size", beta / (alpha + beta), 0.513, tolerance=5e-4), equal("exponent of the loss", alpha * beta / (alpha + beta), 0.178, tolerance=5e-4),
        equal("G", (alpha * a / (beta * b)) ** (1 / (alpha + beta)), 0.120, tolerance=5e-4),
        equal("part of the size", a / n**alpha, 0.250, tolerance=5e-4), equal("part of the tokens", b / d**beta, 0.238, tolerance=5e-4),
        equal("loss at the best split", loss(n, d, refit), 2.306, tolerance=5e-4),
        equal("reducible loss left by a tenfold budget", 100 * (frontier(1e22, refit) - e) / left, 66, tolerance=0.5, unit="%"),
        equal("size at a tenfold budget", n10 / n, 3.26, tolerance=5e-3), equal("tokens at a tenfold budget", d10 / d, 3.07, tolerance=5e-3),
        equal("loss at half the size", loss(n / 2, 2 * d, refit), 2.320, tolerance=5e-4), equal("loss at twice the size", loss(2 * n, d / 2, refit), 2.321, tolerance=5e-4),
        equal("Gopher", loss(280e9, 300e9, refit), 2.000, tolerance=5e-4), equal("Chinchilla", loss(70e9, 1.4e12, refit), 1.974, tolerance=5e-4),
        equal("ratio by the refit", ratios[0], 18.4, tolerance=0.05), equal("ratio by the first fit", ratios[1], 59, tolerance=0.5),
        equal("ratio by the rounded fit", ratios[2], 93, tolerance=0.5),
        equal("size ratio for a thousandfold budget at 0.73", 1000**0.73, 155, tolerance=0.5), equal("at 0.5", 1000**0.5, 32, tolerance=0.5),
        equal("rise for twice the best size", 100 * ((beta * 2**-alpha + alpha * 2**beta) / (alpha + beta) - 1), 3.1, tolerance=0.05, unit="%"),
        equal("without embeddings", slope(small, refit, 50000), 0.81, tolerance=5e-3),
        equal("standard error of the forecast", uncertainty(RUNS, TARGET, 0.003 * frontier(RUNS, refit).mean(), refit), 0.035, tolerance=5e-4),
        equal("standard error of a middle run", uncertainty(RUNS, RUNS[4], 0.003 * frontier(RUNS, refit).mean(), refit), 0.0044, tolerance=5e-5),
        equal("size with serving", serving_best(1.0), 0.64, tolerance=5e-3), equal("a pure power law", predicted(RUNS, frontier(RUNS), TARGET, with_offset=False), 1.847, tolerance=1e-3),
        equal("the law itself", frontier(TARGET), 2.141, tolerance=5e-4),
    )  # fmt: skip


def serving_best(served):
    """The best size against N*, at the budget of Gopher, when so many times D* tokens are read later on."""
    n, d = split(GOPHER, FITS["refit"])
    return FACTORS[np.argmin(at_sizes(n * FACTORS, GOPHER, FITS["refit"], served * d))]
