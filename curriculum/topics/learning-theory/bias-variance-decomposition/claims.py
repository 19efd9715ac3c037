"""Checks of the page on bias and variance. The noise takes two values, so that all training sets can be listed: nothing is simulated."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome

Method = Literal["three neighbours", "straight line", "median", "half the mean"]
Few = Annotated[int, Range(3, 10)]
Chance = Annotated[float, Range(0.1, 0.9)]
SIGMA = 0.8


def truth(x):
    return np.sin(4 * x) + x**2


def noise_law(chance):
    """Two values with mean 0 and variance SIGMA²; the positive one has this chance."""
    odds = np.sqrt(chance / (1 - chance))
    return np.array([SIGMA / odds, -SIGMA * odds]), np.array([chance, 1 - chance])


def all_samples(n, chance):
    """Every way n labels can be disturbed, one a row, and the probability of each."""
    values, chances = noise_law(chance)
    which = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return values[which], chances[which].prod(axis=1)


def predict(method, inputs, labels, x, k=3):
    """The prediction at x from each row of labels."""
    if method == "three neighbours":
        return labels[:, np.argsort(np.abs(inputs - x), kind="stable")[:k]].mean(axis=1)
    if method == "straight line":
        design = np.stack([np.ones_like(inputs), inputs], axis=1)
        return labels @ np.linalg.pinv(design).T @ np.array([1.0, x])
    if method == "median":
        return np.median(labels, axis=1)
    return 0.5 * labels.mean(axis=1)


def parts(predictions, weights, target):
    """Squared bias and variance of predictions that occur with these probabilities."""
    centre = weights @ predictions
    return (centre - target) ** 2, weights @ (predictions - centre) ** 2


@claim(
    "decomposition",
    "E (y − f̂)² = (f − f̄)² + E (f̂ − f̄)² + σ² at each fixed input.",
    assumes=(
        "the noise of the test label is independent of the training set", "the noise has mean 0",
        "the loss is the squared error",
    ),
)  # fmt: skip
def decomposition(rng, n: Few = 7, method: Method = "straight line", chance: Chance = 0.3):
    inputs, x = rng.uniform(-1, 1, size=n), rng.uniform(-1, 1)
    noise, weights = all_samples(n, chance)
    predictions = predict(method, inputs, truth(inputs) + noise, x)
    fresh, chances = noise_law(chance)
    error = sum(c * (weights @ (truth(x) + e - predictions) ** 2) for e, c in zip(fresh, chances))
    bias2, variance = parts(predictions, weights, truth(x))
    return outcome(
        equal("E (y − f̂)²", error, bias2 + variance + SIGMA**2, tolerance=1e-12),
        figure("bias²", bias2), figure("variance", variance), figure("noise", SIGMA**2),
        given=[equal("mean of the noise", fresh @ chances, 0, tolerance=1e-12),
               equal("variance of the noise", fresh**2 @ chances, SIGMA**2, tolerance=1e-12)],
        message=f"All {2**n} training sets of {n} labels, each with both values of the test label.",
    )  # fmt: skip


@claim(
    "neighbours",
    "For k nearest neighbours the bias is the truth minus its mean over the neighbours, and the variance is σ²/k.",
    assumes=("fixed inputs", "independent noise of equal variance"),
)
def neighbours(rng, k: Annotated[int, Range(1, 9)] = 3, chance: Chance = 0.5):
    inputs = np.linspace(-1, 1, 9)
    noise, weights = all_samples(9, chance)
    x = 0.4  # on a bump, which a stiff fit levels
    bias2, variance = parts(predict("three neighbours", inputs, truth(inputs) + noise, x, k), weights, truth(x))
    near = np.argsort(np.abs(inputs - x), kind="stable")[:k]
    many = np.linspace(-1, 1, 81)
    ks = np.arange(1, 82, 2)
    gaps = np.array([truth(x) - truth(many[np.argsort(np.abs(many - x), kind="stable")[:j]]).mean() for j in ks])
    total = gaps**2 + SIGMA**2 / ks + SIGMA**2
    return outcome(
        equal("bias²", bias2, (truth(x) - truth(inputs[near]).mean()) ** 2, tolerance=1e-12),
        equal("variance", variance, SIGMA**2 / k, tolerance=1e-12),
        at_most("least expected error over k, with 81 inputs", total.min(), min(total[0], total[-1]) - 0.1),
        figure("the best k with 81 inputs", ks[np.argmin(total)]),
        plot=Plot(
            "k", "expected squared error",
            (Line("bias²", ks, gaps**2), Line("variance", ks, SIGMA**2 / ks), Line("total with noise", ks, total)),
            "As k grows the squared bias rises and the variance falls; their sum with the noise is least in between.",
        ),
    )  # fmt: skip


@claim(
    "least-squares",
    "Least squares of the right form has bias 0, and its variance averages σ²p/n over the n training inputs.",
    assumes=("the truth is a combination of the p features", "full rank, n ≥ p", "independent noise of equal variance"),
)
def least_squares(rng, p: Annotated[int, Range(1, 6)] = 3, n: Annotated[int, Range(6, 10)] = 8, chance: Chance = 0.3):
    features, beta = rng.normal(size=(n, p)), rng.normal(size=p)
    noise, weights = all_samples(n, chance)
    fitted = (features @ beta + noise) @ np.linalg.pinv(features).T @ features.T
    both = np.array([parts(fitted[:, i], weights, features[i] @ beta) for i in range(n)])
    return outcome(
        equal("largest squared bias", both[:, 0].max(), 0, tolerance=1e-12),
        equal("mean variance", both[:, 1].mean(), SIGMA**2 * p / n, tolerance=1e-12),
    )


@claim(
    "averaging",
    "The mean of m predictions from independent training sets keeps the bias and divides the variance by m.",
    assumes=("the training sets are independent", "each prediction has one law"),
)
def averaging(rng, m: Annotated[int, Range(1, 8)] = 4, chance: Chance = 0.3):
    # One prediction takes two values; list all ways m of them can come out.
    noise, weights = all_samples(m, chance)
    bias = 0.7
    bias2, variance = parts((truth(0.0) + bias + noise).mean(axis=1), weights, truth(0.0))
    return outcome(
        equal("bias²", bias2, bias**2, tolerance=1e-12),
        equal("m · variance", m * variance, SIGMA**2, tolerance=1e-12),
    )


@claim(
    "simulated-bias",
    "From m simulated training sets the squared distance of their mean prediction from the truth is too large by variance/m on average.",
    assumes=("the training sets are independent",),
)
def simulated_bias(rng, m: Annotated[int, Range(1, 8)] = 5, chance: Chance = 0.3):
    noise, weights = all_samples(m, chance)
    bias = 0.3
    found = (bias + noise).mean(axis=1) ** 2
    return outcome(
        equal("mean of the estimate, less bias²", weights @ found - bias**2, SIGMA**2 / m, tolerance=1e-12),
        figure("true bias²", bias**2), figure("mean of the estimate", weights @ found),
        message=f"{m} training sets. The remedy is to subtract the estimated variance divided by {m}.",
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    def by_hand(values):
        bias2, variance = np.mean(values) ** 2, 1 / len(values)
        return bias2, variance, bias2 + variance + 1

    one, three, five = by_hand([0.0]), by_hand([1.0, 0, 1]), by_hand([4.0, 1, 0, 1, 4])
    dense = by_hand([1.0, 0.25, 0, 0.25, 1])
    return outcome(
        equal("total with one", one[2], 2), equal("bias² with three", three[0], 0.44, tolerance=5e-3),
        equal("variance with three", three[1], 0.33, tolerance=5e-3), equal("total with three", three[2], 1.78, tolerance=5e-3),
        equal("bias² with five", five[0], 4), equal("variance with five", five[1], 0.2, tolerance=1e-12),
        equal("total with five", five[2], 5.2, tolerance=1e-12),
        equal("bias² with five, inputs twice as dense", dense[0], 0.25, tolerance=1e-12),
        equal("total with five, inputs twice as dense", dense[2], 1.45, tolerance=1e-12),
        equal("training error with one", one[2] - 2, 0), equal("training error with three", three[2] - 2 / 3, 1.11, tolerance=5e-3),
    )  # fmt: skip


@derivation(
    "decomposition-steps", "The three cross terms vanish, each for a reason of its own.",
    assumes="test noise of mean 0, independent of the training set; finite second moments",
)  # fmt: skip
def decomposition_steps(rng, n: Few = 6, method: Method = "median", chance: Chance = 0.3):
    inputs, x = rng.uniform(-1, 1, size=n), rng.uniform(-1, 1)
    noise, weights = all_samples(n, chance)
    fresh, chances = noise_law(chance)
    fhat = np.repeat(predict(method, inputs, truth(inputs) + noise, x), 2)
    eps, weight = np.tile(fresh, len(weights)), np.repeat(weights, 2) * np.tile(chances, len(weights))
    f, mean = truth(x), weight @ fhat
    y = f + eps
    crossed = [weight @ ((f - mean) * (mean - fhat)), weight @ ((f - mean) * eps), weight @ ((mean - fhat) * eps)]
    squares = (f - mean) ** 2 + weight @ (mean - fhat) ** 2 + weight @ eps**2
    error = weight @ (y - fhat) ** 2
    return outcome(
        equal("y − f̂", y - fhat, (f - mean) + (mean - fhat) + eps, tolerance=1e-12),
        equal("E (y − f̂)²", error, squares + 2 * sum(crossed), tolerance=1e-12),
        equal("first cross term", crossed[0], (f - mean) * (mean - weight @ fhat), tolerance=1e-12),
        equal("second cross term", crossed[1], (f - mean) * (weight @ eps), tolerance=1e-12),
        equal("third cross term", crossed[2], (weight @ (mean - fhat)) * (weight @ eps), tolerance=1e-12),
        equal("what remains", error, (f - mean) ** 2 + parts(fhat, weight, f)[1] + SIGMA**2, tolerance=1e-12),
    )


@failure(
    "training-label",
    "At a training input with its training label the error is too low: the fit has followed that label's noise.",
    of="decomposition",
    without="the noise of the test label is independent of the training set",
)
def training_label(rng, n: Few = 7, method: Method = "straight line", chance: Chance = 0.3):
    inputs = rng.uniform(-1, 1, size=n)
    noise, weights = all_samples(n, chance)
    predictions = predict(method, inputs, truth(inputs) + noise, inputs[0])
    error = weights @ (truth(inputs[0]) + noise[:, 0] - predictions) ** 2
    bias2, variance = parts(predictions, weights, truth(inputs[0]))
    together = weights @ (noise[:, 0] * (predictions - weights @ predictions))
    return outcome(
        equal("E (y − f̂)²", error, bias2 + variance + SIGMA**2, tolerance=1e-12),
        figure("what is missing", bias2 + variance + SIGMA**2 - error), figure("twice the covariance of label and prediction", 2 * together),
        given=[equal("mean of the noise", weights @ noise[:, 0], 0, tolerance=1e-12),
               equal("E (y − f̂)², corrected by the covariance", error + 2 * together, bias2 + variance + SIGMA**2, tolerance=1e-12)],
        message="The third cross term is minus the covariance of label and prediction, and that is positive.",
    )  # fmt: skip


@failure(
    "noise-off-centre",
    "A sensor that reads too high adds more than its variance.",
    of="decomposition",
    without="the noise has mean 0",
)
def noise_off_centre(rng, n: Few = 7, shift: Annotated[float, Range(0.0, 2.0)] = 0.5, chance: Chance = 0.3):
    inputs, x = rng.uniform(-1, 1, size=n), rng.uniform(-1, 1)
    noise, weights = all_samples(n, chance)
    predictions = predict("straight line", inputs, truth(inputs) + noise, x)  # the training labels were read well
    fresh, chances = noise_law(chance)
    error = sum(c * (weights @ (truth(x) + e + shift - predictions) ** 2) for e, c in zip(fresh, chances))
    bias2, variance = parts(predictions, weights, truth(x))
    moved = parts(predictions, weights, truth(x) + shift)[0]
    return outcome(
        equal("E (y − f̂)²", error, bias2 + variance + SIGMA**2, tolerance=1e-12),
        given=[equal("E (y − f̂)², with the bias taken to the mean label", error, moved + variance + SIGMA**2, tolerance=1e-12),
               equal("variance of the noise", fresh**2 @ chances, SIGMA**2, tolerance=1e-12)],
        message=f"Test labels are {shift:g} too high. Against the mean label the decomposition holds again.",
    )  # fmt: skip


@failure(
    "zero-one-loss",
    "For the 0–1 loss the parts do not add up: where the majority errs, scatter helps.",
    of="decomposition",
    without="the loss is the squared error",
)
def zero_one_loss(rng, right: Annotated[float, Range(0.0, 1.0)] = 0.4):
    vote_right = right > 0.5
    bias, variance = 1.0 - vote_right, 1 - right if vote_right else right
    error = 1 - right
    grid = np.linspace(0, 1, 101)
    return outcome(
        equal("P(ĥ ≠ y)", error, bias + variance, tolerance=1e-12),
        figure("bias: does the majority err?", bias), figure("variance: share of runs unlike the majority", variance),
        given=[at_most("variance", variance, 0.5), at_least("the majority's share", max(right, 1 - right), 0.5)],
        message=f"A share {right:g} of the training sets gives the right class; labels have no noise. "
        + ("The majority is right, and here the sum holds." if vote_right else "More scatter would mean fewer errors."),
        plot=Plot(
            "share of training sets that give the right class", "probability",
            (Line("error", grid, 1 - grid), Line("bias + variance", grid, np.where(grid > 0.5, 1 - grid, 1 + grid))),
            "Error falls steadily; bias plus variance agrees with it where the majority is right and lies far above elsewhere.",
        ),
    )  # fmt: skip
