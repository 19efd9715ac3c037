"""The concentration lab: how often a mean is far off, counted, summed exactly, and bounded twice."""

from functools import lru_cache
from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Line, Note, Number, Plot, Points, Scene, Slider, Table, playground

LAWS = {
    "coin": ("a fair coin: 0 or 1", (0.5, 0.5)),
    "rare": ("rare: 1 with chance 0.05", (0.95, 0.05)),
    "three": ("0, ½, 1, equally likely", (1 / 3, 1 / 3, 1 / 3)),
    "middle": ("0, ¼, ½, ¾, 1, mostly ½", (0.03, 0.12, 0.7, 0.12, 0.03)),
}
REPEATS = 20_000


def moments(weights):
    """Mean and variance of a law on the points 0, 1/m, …, 1."""
    points = np.arange(len(weights)) / (len(weights) - 1)
    mean = points @ weights
    return mean, (points - mean) ** 2 @ weights


@lru_cache(maxsize=128)
def sum_law(name, n):
    """The probabilities of the sum of n draws, in units of 1/m: the law convolved with itself, by repeated squaring."""
    power, made = np.array(LAWS[name][1]), np.ones(1)
    while n:
        if n & 1:
            made = np.convolve(made, power)
        n >>= 1
        if n:
            power = np.convolve(power, power)
    return made


def hoeffding(n, t):
    """Bound on P(mean − μ ≥ t) for n independent variables in [0, 1]."""
    return np.exp(-2 * n * t**2)


def bernstein(n, t, variance, size):
    """Bound on P(mean − μ ≥ t) where |X − μ| ≤ size."""
    return np.exp(-n * t**2 / 2 / (variance + size * t / 3))


def needed(delta, t, exponent):
    """The least n with exp(−n·exponent) ≤ delta."""
    return int(np.ceil(np.log(1 / delta) / exponent))


@playground(
    "concentration-lab",
    "Concentration lab",
    "Draw a mean twenty thousand times, and compare how often it is far off with what Hoeffding and Bernstein allow.",
    after="Statement",
    sources={"paper-hoeffding": "Theorem 2", "book-hdp": "Theorem 2.8.4 (Bernstein, bounded variables)"},
)
def lab(
    law: Annotated[str, Choice({k: v[0] for k, v in LAWS.items()}, label="one draw is")] = "rare",
    n: Annotated[int, Slider(5, 500, step=5, label="draws in a mean, n")] = 100,
    t: Annotated[float, Slider(0.01, 0.4, step=0.01, label="distance t")] = 0.08,
    seed: Annotated[int, Number(0, 9999)] = 1,
) -> Scene:
    weights = np.array(LAWS[law][1])
    m = len(weights) - 1
    mean, variance = moments(weights)
    size = max(mean, 1 - mean)
    counts = np.random.default_rng(seed).multinomial(n, weights, size=REPEATS)
    sums = counts @ np.arange(m + 1)
    every = sum_law(law, n)
    upper = np.cumsum(every[::-1])[::-1]

    def first(distance):
        """The least sum, in units of 1/m, that is at least so far above its mean."""
        return np.minimum(np.ceil((mean + distance) * n * m - 1e-9).astype(int), n * m + 1)

    def exact(distance):
        return np.append(upper, 0.0)[first(distance)]

    histogram = np.bincount(sums, minlength=n * m + 2)[: n * m + 2]
    beyond = np.cumsum(histogram[::-1])[::-1]

    def counted(distance):
        return beyond[first(distance)] / REPEATS

    longest = min(0.45, 1 - mean)
    distances = np.linspace(0.0, longest, 91)
    shown = np.linspace(0.0, longest, 31)
    floor = 1e-9
    found = counted(shown)
    p, q = float(counted(np.array([t]))[0]), float(exact(np.array([t]))[0])
    h, b = float(hoeffding(n, t)), float(bernstein(n, t, variance, size))
    better = "Bernstein" if b < h else "Hoeffding"
    lines = [
        Points("counted", shown[found > 0], found[found > 0]),
        Line("exact", distances, np.where(exact(distances) > floor, exact(distances), np.nan)),
        Line("Hoeffding", distances, np.where(hoeffding(n, distances) > floor, hoeffding(n, distances), np.nan)),
        Line("Bernstein", distances, np.where(bernstein(n, distances, variance, size) > floor, bernstein(n, distances, variance, size), np.nan)),
    ]
    says = (
        f"A mean of {n} draws is at least {t:g} too high in {p:.3g} of the runs, exactly with probability {q:.3g}. "
        f"Hoeffding allows {h:.3g}, Bernstein {b:.3g}: {better} is closer here."
    ).replace("e-", "e−")

    def number(value):
        return f"{value:.3g}".replace("e-", "e−")

    rows = [
        ("counted", number(p), "–"),
        ("exact", number(q), "–"),
        ("Hoeffding", number(h), str(needed(0.05, t, 2 * t**2))),
        ("Bernstein", number(b), str(needed(0.05, t, t**2 / 2 / (variance + size * t / 3)))),
    ]
    return Scene(says, [
        Plot("distance t above the mean", "probability", lines,
             f"Four falling curves; at {t:g} the exact tail is {q:.2g}, Hoeffding {h:.2g}, Bernstein {b:.2g}.", log_y=True),
        Table(f"P(mean − μ ≥ {t:g})", ("", "probability", "draws for at most 0.05"), rows),
        Note(
            f"μ = {mean:.3g}, σ² = {variance:.3g}, |X − μ| ≤ {size:.3g}. Hoeffding knows only that a draw lies in [0, 1] and pays for "
            f"the largest variance there, ¼. Bernstein uses σ² and wins where that is small and t is not large. "
            f"Once in {REPEATS:,} runs is the least that can be counted.".replace(",000", "\u202f000")
        ),
    ])
