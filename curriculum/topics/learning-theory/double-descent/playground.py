"""Double descent of least squares on random features, with the reference solution's shortest fit."""

from functools import lru_cache
from typing import Annotated

import numpy as np

from cairn.playgrounds import Choice, Line, Note, Plot, Points, Scene, Slider, Stops, playground, use

regression = use("exercises/write-linear-regression/solution.py")

DIMENSION = 6
TESTS = 300
DRAWS = 3
WIDTHS = (2, 4, 7, 10, 14, 18, 22, 25, 27, 28, 29, 30, 31, 33, 36, 40, 50, 65, 90, 120)
POINTS = 30
"""Training points. A fit of p features and an intercept meets all of them from p = POINTS − 1 on."""


@lru_cache(maxsize=16)
def data(noise, draw):
    """Training and test points of a linear function with noise in the training labels, and random features."""
    rng = np.random.default_rng(100 + draw)
    x, tests = rng.normal(size=(POINTS, DIMENSION)), rng.normal(size=(TESTS, DIMENSION))
    slope = rng.normal(size=DIMENSION) / np.sqrt(DIMENSION)
    y = x @ slope + noise * rng.normal(size=POINTS)
    features = rng.normal(size=(DIMENSION, max(WIDTHS))) / np.sqrt(DIMENSION)
    return x, y, tests, tests @ slope, features


def lifted(x, features, p):
    """The first p random features, max(0, x·f)."""
    return np.maximum(x @ features[:, :p], 0)


@lru_cache(maxsize=4096)
def errors(noise, ridge, p, draw):
    """Training error, test error and length of the weights of a fit with p features.

    A penalty λ is least squares with p more rows √λ·I, whose labels are 0, on centred data.
    """
    x, y, tests, answers, features = data(noise, draw)
    a, b = lifted(x, features, p), lifted(tests, features, p)
    if ridge:
        centre, level = a.mean(axis=0), y.mean()
        rows = np.vstack([a - centre, np.sqrt(ridge) * np.eye(p), -np.sqrt(ridge) * np.eye(p)])
        # The rows ±√λ·I have mean zero, so the reference solution's own centring changes nothing; each counts half.
        rows[POINTS:] /= np.sqrt(2)
        w, _ = regression.fit(rows, np.concatenate([y - level, np.zeros(2 * p)]))
        shift = level - centre @ w
    else:
        w, shift = regression.fit(a, y)
    return (
        float(((regression.predict(a, w, shift) - y) ** 2).mean()),
        float(((regression.predict(b, w, shift) - answers) ** 2).mean()),
        float(np.linalg.norm(w)),
    )


def curve(noise, ridge, p):
    """The medians over the draws of training error, test error and length."""
    return np.median([errors(noise, ridge, p, d) for d in range(DRAWS)], axis=0)


@playground(
    "double-descent",
    "Double descent",
    "Widen a model past the point where it fits every label, and see the test error peak there and fall again.",
    after="Statement",
    sources={
        "paper-double-descent": "the double-descent curve and random features",
        "paper-deep-double-descent": "label noise and the height of the peak",
    },
)
def double_descent(
    noise: Annotated[float, Slider(0, 1, step=0.1, label="noise in the labels")] = 0.5,
    ridge: Annotated[str, Choice({"0": "none: the shortest fit", "0.01": "0.01", "0.3": "0.3"}, label="ridge penalty λ")] = "0",
    width: Annotated[int, Stops(WIDTHS, label="random features", plays=True)] = 29,
) -> Scene:
    penalty = float(ridge)
    table = np.array([curve(noise, penalty, p) for p in WIDTHS])
    training, test, length = table.T
    p, place = width, WIDTHS.index(width)
    peak = int(test.argmax())
    before = int(test[:peak].argmin()) if peak else 0
    kind = "underparametrised" if p < POINTS - 1 else "at the threshold" if p <= POINTS else "overparametrised"
    says = (
        f"{p} features for {POINTS} points, {kind}: training error {training[place]:.2g}, test error {test[place]:.3g}. "
        f"The test error is greatest at {WIDTHS[peak]} features, {test[peak]:.3g}."
    )
    floor = 1e-3
    return Scene(says.replace("e-", "e−").replace("e+0", "e"), [
        Plot(
            "random features", "mean squared error",
            [
                Line("test", WIDTHS, np.maximum(test, floor)),
                Line("training", WIDTHS, np.maximum(training, floor)),
                Line("length of the weights", WIDTHS, np.maximum(length, floor)),
                Points("this width", [p], [max(test[place], floor)]),
            ],
            f"The test error falls, peaks at {WIDTHS[peak]} features with {test[peak]:.2g} and falls again to {test[-1]:.2g}.",
            log_x=True, log_y=True,
        ),
        Note(
            f"Least before the peak: {test[before]:.3g} with {WIDTHS[before]} features; with {WIDTHS[-1]}: {test[-1]:.3g}. "
            "Near the threshold the only fit that meets all labels needs long weights. More features leave room for a shorter one; "
            "a penalty forbids the length and flattens the peak."
        ),
        Note(f"Medians of {DRAWS} draws; test labels are without noise. Training errors below 0.001 are drawn there."),
    ])
