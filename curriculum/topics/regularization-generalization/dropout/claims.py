"""Checks of the page on dropout. Nearly all of them list every mask, so no chance is involved."""

from itertools import product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Bars, Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

TAUGHT = use("exercises/dropout-layer-numpy/solution.py")

Drop = Annotated[float, Range(0.0, 0.9)]
Some = Annotated[float, Range(0.05, 0.9)]
Units = Annotated[int, Range(1, 8)]


def masks(units, p):
    """Every mask of a layer, one row each, and its probability when units are dropped independently."""
    rows = np.array(list(product([0.0, 1.0], repeat=units)))
    return rows, np.prod(np.where(rows == 1, 1 - p, p), axis=1)


def inverted(h, p):
    """All training outputs of inverted dropout, and their probabilities."""
    rows, chance = masks(len(h), p)
    return rows * h / (1 - p), chance


def added_variance(w, h, p):
    """The variance that the mask gives a weighted sum."""
    return p / (1 - p) * np.sum((w * h) ** 2)


@claim(
    "mean-is-kept",
    "Over all masks a linear unit receives on average what it receives at inference; the variance is p/(1 − p) Σ wⱼ²hⱼ².",
    assumes=("each unit is dropped independently with probability p", "training divides by 1 − p, inference does nothing", "the next step is linear"),
)
def mean_is_kept(rng, p: Drop = 0.5, units: Units = 6):
    h, w = rng.normal(size=units), rng.normal(size=units)
    out, chance = inverted(h, p)
    sums = out @ w
    old = (out * (1 - p)) @ w  # the original form: no division in training, a factor 1 − p at inference
    return outcome(
        equal("mean of each unit", chance @ out, h, tolerance=1e-9),
        equal("mean of the sum", chance @ sums, w @ h, tolerance=1e-9),
        equal("the same in the original form", chance @ old, (1 - p) * (w @ h), tolerance=1e-9),
        equal("variance of the sum", chance @ (sums - w @ h) ** 2, added_variance(w, h, p), tolerance=1e-9),
        figure("masks listed", len(out)),
    )


@claim(
    "taught-layer",
    "The layer drops a share p, leaves the mean as it is, and its backward pass uses the same mask and the same factor.",
    assumes=("each unit is dropped independently with probability p",),
)
def taught_layer(rng, p: Drop = 0.3, size: Annotated[int, Range(2000, 20000)] = 10000):
    x = 1 + rng.random(size=(2, size // 2))
    y, mask = TAUGHT.dropout(x, p, rng)
    pull = rng.normal(size=x.shape)
    place = (0, 1)
    step = np.zeros_like(x)
    step[place] = 1e-6
    change = np.sum(pull * ((x + step) * mask - (x - step) * mask)) / 2e-6
    error = 6 * np.sqrt(p * (1 - p) / x.size)
    return outcome(
        equal("share that was dropped", np.mean(y == 0), p, tolerance=error),
        equal("mean of the outputs", y.mean(), x.mean(), tolerance=2 * error / (1 - p)),
        equal("one entry of the gradient", TAUGHT.dropout_backward(pull, mask)[place], change, tolerance=1e-6),
        equal("at inference", TAUGHT.dropout(x, p, rng, training=False)[0], x, tolerance=0),
        message="Six standard errors of room for the share.",
    )


def expected_loss(x, y, w, p):
    """The squared error summed over the examples, averaged over all masks of each."""
    total = 0.0
    for row, target in zip(x, y):
        out, chance = inverted(row, p)
        total += chance @ (target - out @ w) ** 2
    return total


def penalty(x, w, p):
    """The ridge penalty that dropout amounts to."""
    return p / (1 - p) * np.sum(w**2 * np.sum(x**2, axis=0))


@claim(
    "linear-regression",
    "On linear regression dropout of the inputs adds p/(1 − p) Σ wⱼ² Σ xᵢⱼ² to the squared error: a ridge penalty.",
    assumes=("linear model, squared error", "each unit is dropped independently with probability p"),
)
def linear_regression(rng, p: Some = 0.5, features: Annotated[int, Range(1, 6)] = 4, examples: Annotated[int, Range(6, 30)] = 10):
    x, y, w = rng.normal(size=(examples, features)), rng.normal(size=examples), rng.normal(size=features)
    best = np.linalg.solve(x.T @ x + p / (1 - p) * np.diag(np.sum(x**2, axis=0)), x.T @ y)
    nudged = [expected_loss(x, y, best + 1e-3 * e, p) for e in np.vstack([np.eye(features), -np.eye(features)])]
    return outcome(
        equal("loss averaged over all masks", expected_loss(x, y, w, p), np.sum((y - x @ w) ** 2) + penalty(x, w, p), relative=1e-9),
        at_least("loss around the ridge solution", np.array(nudged), expected_loss(x, y, best, p), slack=1e-12),
        figure("penalty as a share of the loss", penalty(x, w, p) / expected_loss(x, y, w, p)),
    )


def softmax(z):
    shifted = np.exp(z - z.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def geometric(probabilities, chance):
    """The normalised geometric mean of some distributions with these weights."""
    return softmax(chance @ np.log(probabilities))


@claim(
    "one-softmax-layer",
    "For one softmax layer, inference with all units is the normalised geometric mean of all thinned predictions.",
    assumes=("one softmax layer after the dropped units", "training divides by 1 − p, inference does nothing"),
)
def one_softmax_layer(rng, p: Some = 0.5, units: Units = 6, size: Annotated[float, Range(0.1, 5)] = 1.0):
    h, w, b = rng.normal(size=units), size * rng.normal(size=(3, units)), rng.normal(size=3)
    out, chance = inverted(h, p)
    thinned = softmax(out @ w.T + b)
    whole = softmax(w @ h + b)
    return outcome(
        equal("normalised geometric mean", geometric(thinned, chance), whole, tolerance=1e-9),
        figure("distance of the plain mean", np.abs(chance @ thinned - whole).max()),
        message=f"{len(out)} thinned networks.",
    )


@claim("worked-numbers", "The numbers of the worked example and of the text.", assumes=("h = (2, 4)", "p = 0.2"))
def worked_numbers(rng):
    h, w = np.array([2.0, 4.0]), np.ones(2)
    out, chance = inverted(h, 0.2)
    sums = out @ w
    order = np.argsort(-sums)
    return outcome(
        equal("mask (1, 0)", np.array([1, 0]) * h / 0.8, [2.5, 0], tolerance=1e-12),
        equal("chances", chance[order], [0.64, 0.16, 0.16, 0.04], tolerance=1e-12),
        equal("sums", sums[order], [7.5, 5, 2.5, 0], tolerance=1e-12),
        equal("mean of the sum", chance @ sums, 6, tolerance=1e-12),
        equal("variance of the sum", chance @ (sums - 6) ** 2, 5, tolerance=1e-12),
        equal("by the formula", added_variance(w, h, 0.2), 5, tolerance=1e-12),
        equal("squared errors for y = 7", (7 - sums[order]) ** 2, [0.25, 4, 20.25, 49], tolerance=1e-9),
        equal("mean squared error for y = 7", chance @ (7 - sums) ** 2, 6, tolerance=1e-9),
        equal("penalty, one of two copies", penalty(np.ones((1, 2)), np.array([1.0, 0.0]), 0.5), 1),
        equal("penalty, shared by both", penalty(np.ones((1, 2)), np.array([0.5, 0.5]), 0.5), 0.5),
        equal("chance that ten partners are all there, p = 0.5", 0.5**10 * 1024, 1),
        equal("factor by p instead of 1 − p, p = 0.1", 0.1 / 0.9, 1 / 9, tolerance=1e-12),
        equal("all units kept, 20 units, p = 0.1", 0.9**20, 0.122, tolerance=5e-4),
    )


@derivation(
    "ridge-steps",
    "Dropout on linear regression is a weighted ridge penalty.",
    assumes=("linear model, squared error", "each unit is dropped independently with probability p"),
    after={3: (1,), 4: (2,), 5: (3, 4)},
)
def ridge_steps(rng, p: Some = 0.4, features: Annotated[int, Range(1, 6)] = 4):
    x, w, y = rng.normal(size=features), rng.normal(size=features), rng.normal()
    rows, chance = masks(features, p)
    predictions = (rows * x / (1 - p)) @ w
    mean = chance @ predictions
    return outcome(
        equal("E and Var of a mask's factor", [chance @ (rows[:, 0] / (1 - p)), chance @ (rows[:, 0] / (1 - p) - 1) ** 2], [1, p / (1 - p)], tolerance=1e-9),
        equal("mean prediction", mean, w @ x, tolerance=1e-9),
        equal("its variance", chance @ (predictions - mean) ** 2, added_variance(w, x, p), tolerance=1e-9),
        equal("expected squared error", chance @ (y - predictions) ** 2, (y - mean) ** 2 + chance @ (predictions - mean) ** 2, tolerance=1e-9),
        equal("one example of the sum", chance @ (y - predictions) ** 2, (y - w @ x) ** 2 + penalty(x[None], w, p), tolerance=1e-9),
    )


@derivation(
    "geometric-steps",
    "Why one forward pass averages an exponential number of softmax layers.",
    assumes=("one softmax layer after the dropped units", "training divides by 1 − p, inference does nothing"),
    after={3: (), 4: (2, 3)},
)
def geometric_steps(rng, p: Some = 0.4, units: Annotated[int, Range(1, 6)] = 4):
    h, w = rng.normal(size=units), rng.normal(size=(3, units))
    out, chance = inverted(h, p)
    z = out @ w.T
    logs = np.log(softmax(z))
    offsets = np.log(np.exp(z).sum(axis=1))
    return outcome(
        equal("log-probabilities of a thinned network", logs, z - offsets[:, None], tolerance=1e-9),
        equal("log of the geometric mean", chance @ logs, chance @ z - chance @ offsets, tolerance=1e-9),
        equal("mean of the logits", chance @ z, w @ h, tolerance=1e-9),
        equal("after normalising", geometric(softmax(z), chance), softmax(w @ h), tolerance=1e-9),
    )


@failure(
    "factor-p",
    "Multiplying by the drop probability at inference gives the next layer far too little, or too much.",
    of="mean-is-kept",
    without="training divides by 1 − p, inference does nothing",
)
def factor_p(rng, p: Some = 0.1, mistake: Literal["p at inference", "scaled twice", "no scale"] = "p at inference"):
    h, w = rng.random(6), rng.random(6)
    rows, chance = masks(6, p)
    factor = {"p at inference": p, "scaled twice": 1 - p, "no scale": 1.0}[mistake]
    train = rows * h / (1 - p) if mistake == "scaled twice" else rows * h
    return outcome(
        equal("mean of the sum", chance @ (train @ w), factor * (w @ h), tolerance=1e-9),
        figure("what inference gives, against training", factor * (w @ h) / (chance @ (train @ w))),
        given=[equal("mean of the sum, done right", chance @ (rows * h / (1 - p)) @ w, w @ h, tolerance=1e-9)],
        message=f"Drop probability {p:g}; mistake: {mistake}. At p = 0.5 the first mistake cannot be seen.",
    )


@failure(
    "curved-unit",
    "Behind a ReLU the mean is no longer kept: the variance of the mask is turned into a shift.",
    of="mean-is-kept",
    without="the next step is linear",
)
def curved_unit(rng, p: Some = 0.5, bias: Annotated[float, Range(-3, 3)] = -1.0):
    h, w = np.ones(8), np.tile([0.5, -0.5], 4)
    out, chance = inverted(h, p)
    sums = out @ w + bias
    rates = np.linspace(0.01, 0.9, 60)
    shift = [masks(8, r)[1] @ np.maximum(inverted(h, r)[0] @ w + bias, 0) for r in rates]
    return outcome(
        equal("mean of the unit's output", chance @ np.maximum(sums, 0), max(w @ h + bias, 0), tolerance=1e-9),
        given=[equal("mean of its input", chance @ sums, w @ h + bias, tolerance=1e-9)],
        message="A closed unit opens for some masks, and a convex activation can only gain by that.",
        plot=Plot("drop probability p", "mean output in training",
                  (Line("training, mean over masks", rates, shift), Line("inference", [0.01, 0.9], [max(w @ h + bias, 0)] * 2)),
                  "The mean output in training rises with the drop probability while the output at inference stays where it is."),
    )  # fmt: skip


@failure(
    "one-coin-for-all",
    "One coin for all features is no ridge penalty: it only punishes large predictions.",
    of="linear-regression",
    without="each unit is dropped independently with probability p",
)
def one_coin_for_all(rng, p: Some = 0.5, features: Annotated[int, Range(2, 6)] = 4):
    x, y, w = rng.normal(size=(10, features)), rng.normal(size=10), rng.normal(size=features)
    predictions = x @ w
    loss = p * np.sum(y**2) + (1 - p) * np.sum((y - predictions / (1 - p)) ** 2)
    return outcome(
        equal("loss averaged over all masks", loss, np.sum((y - predictions) ** 2) + penalty(x, w, p), relative=1e-9),
        figure("what it adds", loss - np.sum((y - predictions) ** 2)),
        figure("p/(1 − p) times the squared predictions", p / (1 - p) * np.sum(predictions**2)),
        given=[equal("mean prediction", (1 - p) * predictions / (1 - p), predictions, tolerance=1e-9)],
    )


@failure(
    "hidden-layer-between",
    "With a hidden layer in between, one pass is only an approximation of the mean.",
    of="one-softmax-layer",
    without="one softmax layer after the dropped units",
)
def hidden_layer_between(rng, p: Some = 0.5, units: Annotated[int, Range(2, 8)] = 6):
    h, first, second = rng.normal(size=units) + 1, rng.normal(size=(5, units)), rng.normal(size=(3, 5))
    out, chance = inverted(h, p)
    thinned = softmax(np.tanh(out @ first.T) @ second.T)
    whole = softmax(np.tanh(first @ h) @ second.T)
    mean = geometric(thinned, chance)
    return outcome(
        equal("normalised geometric mean", mean, whole, tolerance=1e-9),
        given=[equal("mean of the hidden layer's inputs", chance @ (out @ first.T), first @ h, tolerance=1e-9)],
        message="Often close, never exact. Averaging many masked passes is the honest, slower way.",
        plot=Plot("class", "probability", (Bars("mean over masks", np.arange(1, 4), mean), Points("one pass with all units", np.arange(1, 4), whole)),
                  "For each of three classes the mean over all masks and the single pass differ somewhat."),
    )  # fmt: skip


@failure(
    "stored-variance",
    "A layer that stores the variance in training finds a smaller one at inference.",
    of="mean-is-kept",
    without="the next step is linear",
)
def stored_variance(rng, p: Some = 0.5, mean: Annotated[float, Range(0.0, 3.0)] = 1.0):
    values = mean + np.array([-1.0, 0.0, 1.0])  # a unit over the data, three values equally likely
    training = np.mean(values**2) / (1 - p) - mean**2
    return outcome(
        equal("mean of the squared deviation, training against inference", training, values.var(), tolerance=1e-9),
        figure("ratio of the variances", training / values.var()),
        figure("var + p/(1 − p) · mean square", values.var() + p / (1 - p) * np.mean(values**2)),
        given=[equal("mean in training", np.mean(0 * p + (1 - p) * values / (1 - p)), mean, tolerance=1e-9)],
        message="Batch normalisation behind dropout divides by the stored, larger variance.",
    )
