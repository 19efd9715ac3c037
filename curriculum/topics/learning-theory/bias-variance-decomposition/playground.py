"""Bias and variance of polynomials, estimated from many training sets, with the reference solution's least squares."""

from functools import lru_cache
from typing import Annotated

import numpy as np

from cairn.playgrounds import Band, Line, Note, Plot, Points, Scene, Slider, playground, use

regression = use("exercises/write-linear-regression/solution.py")

SETS = 30
HIGHEST = 9
PLACES = np.linspace(-1, 1, 61)


def truth(x):
    """What is to be learnt."""
    return np.sin(np.pi * x) + 0.4 * x


def powers(x, degree):
    """Legendre polynomials 1 to `degree`: the same curves as powers of x, in numbers of one size."""
    return np.polynomial.legendre.legvander(x, degree)[:, 1:]


@lru_cache(maxsize=16)
def training_sets(n, noise):
    """SETS training sets of n points: x and y of shape (SETS, n). One x falls in each n-th of the interval, so that no
    set leaves a wide hole."""
    rng = np.random.default_rng(0)
    x = -1 + 2 * (np.arange(n) + rng.uniform(size=(SETS, n))) / n
    return x, truth(x) + noise * rng.normal(size=(SETS, n))


@lru_cache(maxsize=256)
def predictions(n, noise, degree):
    """What the polynomials fitted to each training set say at PLACES; shape (SETS, places)."""
    xs, ys = training_sets(n, noise)
    made = []
    for x, y in zip(xs, ys):
        if degree == 0:
            made.append(np.full(len(PLACES), y.mean()))
        else:
            w, b = regression.fit(powers(x, degree), y)
            made.append(regression.predict(powers(PLACES, degree), w, b))
    return np.array(made)


def parts(n, noise, degree):
    """Squared bias and variance, averaged over PLACES; the variance over the sets with divisor SETS."""
    p = predictions(n, noise, degree)
    return float(((p.mean(axis=0) - truth(PLACES)) ** 2).mean()), float(p.var(axis=0).mean())


@playground(
    "bias-and-variance",
    "Bias and variance",
    "Fit polynomials to many small training sets, and see error move from bias to variance as the degree grows.",
    after="Statement",
    sources={"book-esl": "Section 7.3, the decomposition", "paper-bias-variance-dilemma": "the dilemma"},
)
def bias_variance(
    degree: Annotated[int, Slider(0, HIGHEST, label="degree of the polynomial", plays=True)] = 3,
    n: Annotated[int, Slider(12, 60, step=4, label="training points")] = 20,
    noise: Annotated[float, Slider(0, 1, step=0.1, label="noise, standard deviation")] = 0.3,
) -> Scene:
    p = predictions(n, noise, degree)
    mean, spread = p.mean(axis=0), p.std(axis=0)
    x, y = training_sets(n, noise)
    table = [parts(n, noise, k) for k in range(HIGHEST + 1)]
    biases, variances = (np.array(c) for c in zip(*table))
    errors = biases + variances + noise**2
    best = int(errors.argmin())
    bias, variance = table[degree]
    says = (
        f"Degree {degree}: squared bias {bias:.3g}, variance {variance:.3g}, noise {noise**2:.2g}; "
        f"expected error {errors[degree]:.3g}. The least is at degree {best}, {errors[best]:.3g}."
    ).replace("e-", "e−").replace("e+0", "e")
    low, high = -3.0, 3.0

    def inside(values):
        return np.clip(values, low, high)

    fits = Plot(
        "x", "y",
        [
            Band("mean ± one standard deviation", PLACES, inside(mean - spread), inside(mean + spread)),
            Line("truth", PLACES, truth(PLACES)),
            Line("mean of the fits", PLACES, inside(mean)),
            Line("fit of the set shown", PLACES, inside(p[0])),
            Points("one training set", x[0], inside(y[0])),
        ],
        f"The truth, the mean of {SETS} fits of degree {degree} with a band of one standard deviation, and one training set.",
    )
    degrees = np.arange(HIGHEST + 1)
    floor = 1e-4
    curves = Plot(
        "degree", "error",
        [
            Line("expected error", degrees, np.maximum(errors, floor)),
            Line("squared bias", degrees, np.maximum(biases, floor)),
            Line("variance", degrees, np.maximum(variances, floor)),
            Points("this degree", [degree], [max(errors[degree], floor)]),
        ],
        f"Bias falls and variance rises with the degree; their sum with the noise is least at degree {best}.",
        log_y=True,
    )
    return Scene(says, [
        fits,
        curves,
        Note(
            f"Estimated from {SETS} training sets; the mean of so few fits adds about variance/{SETS} to the squared bias. "
            "Values beyond ±3 are drawn at the edge."
        ),
    ])
