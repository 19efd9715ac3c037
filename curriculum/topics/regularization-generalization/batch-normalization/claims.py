"""Checks of the page on batch normalisation: the layer, its gradients, and what its invariances imply."""

from itertools import product
from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

TAUGHT = use("exercises/batchnorm-implement/solution.py")

Batch = Annotated[int, Range(2, 64)]
Features = Annotated[int, Range(1, 8)]
Factor = Annotated[float, Range(0.1, 20)]


def normalised(x, eps=0.0):
    """x̂ and the root it was divided by, feature by feature."""
    root = np.sqrt(x.var(axis=0) + eps)
    return (x - x.mean(axis=0)) / root, root


def layer(x, gamma, beta, eps=0.0):
    """The layer in training."""
    return gamma * normalised(x, eps)[0] + beta


def inference(x, gamma, beta, mean, var, eps=1e-5):
    """The layer at inference."""
    return gamma * (x - mean) / np.sqrt(var + eps) + beta


def backward(g, x, gamma, eps=0.0):
    """The gradient by the inputs, as the page has it."""
    hat, root = normalised(x, eps)
    return gamma / root * (g - g.mean(axis=0) - hat * np.mean(g * hat, axis=0))


def slope(function, at, h=1e-6):
    """The gradient of a function of an array, by central differences."""
    found = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        kept = at[place]
        at[place] = kept + h
        above = function()
        at[place] = kept - h
        found[place] = (above - function()) / (2 * h)
        at[place] = kept
    return found


@claim(
    "standardises",
    "In training each feature of the output has mean β and standard deviation |γ|, whatever came in.",
    assumes=("ε is negligible beside σ²", "B ≥ 2, and not all values of a feature are equal"),
)
def standardises(rng, batch: Batch = 16, features: Features = 3, scale: Annotated[float, Range(0.01, 1000)] = 50.0):
    x = scale * (rng.normal(size=(batch, features)) + 3)
    gamma, beta = rng.normal(size=features) + 2, rng.normal(size=features)
    y = layer(x, gamma, beta)
    taught, mean, var = TAUGHT.batch_norm(x, gamma, beta, np.zeros(features), np.ones(features), True, eps=1e-12)
    return outcome(
        equal("mean of each feature", y.mean(axis=0), beta, tolerance=1e-9),
        equal("standard deviation", y.std(axis=0), np.abs(gamma), relative=1e-9),
        equal("the exercise's solution", taught, y, tolerance=1e-6),
        equal("stored mean after one step", mean, 0.1 * x.mean(axis=0), relative=1e-9),
        equal("stored variance after one step", var, 0.9 + 0.1 * x.var(axis=0, ddof=1), relative=1e-9),
    )


@claim(
    "gradients",
    "The formula is the derivative of the loss by each input, through the mean and the variance too.",
    assumes=("batch statistics", "each example acts on the loss through the mean and the variance as well"),
)
def gradients(
    rng, batch: Annotated[int, Range(2, 12)] = 5, features: Features = 3, eps: Annotated[float, Range(0.0, 1.0)] = 1e-5
):
    x, pull = rng.normal(size=(batch, features)), rng.normal(size=(batch, features))
    gamma, beta = rng.normal(size=features), rng.normal(size=features)

    def loss():
        return np.sum(pull * np.sin(layer(x, gamma, beta, eps)))

    g = pull * np.cos(layer(x, gamma, beta, eps))
    dx = backward(g, x, gamma, eps)
    taught = TAUGHT.batch_norm_backward(g, x, gamma, eps=eps)
    scale = np.abs(dx).max() + 1
    return outcome(
        equal("∂L/∂x", dx, slope(loss, x), tolerance=1e-4 * scale if batch == 2 else 1e-6 * scale),
        equal("∂L/∂γ", taught[1], slope(loss, gamma), tolerance=1e-6),
        equal("∂L/∂β", taught[2], slope(loss, beta), tolerance=1e-6),
        equal("∂L/∂x of the exercise's solution", taught[0], dx, tolerance=1e-9 * scale),
        equal("sum of ∂L/∂x over the batch", dx.sum(axis=0), np.zeros(features), tolerance=1e-9 * scale),
    )


def normalised_unit(x, w, eps):
    """A linear unit without bias, batch-normalised, over a batch."""
    return layer((x @ w)[:, None], 1.0, 0.0, eps)[:, 0]


@claim(
    "scale-invariance",
    "Multiplying the incoming weights by c > 0 leaves the output as it is and divides the weights' gradient by c; the gradient is orthogonal to the weights.",
    assumes=("ε is negligible beside σ²", "batch statistics"),
)
def scale_invariance(rng, c: Factor = 3.0, batch: Annotated[int, Range(3, 32)] = 8, inputs: Features = 4):
    x, w, pull = rng.normal(size=(batch, inputs)), rng.normal(size=inputs), rng.normal(size=batch)
    w *= 3 / np.linalg.norm(w)  # away from 0, where no differences can be taken
    grown = c * w
    small = slope(lambda: np.sum(pull * np.sin(normalised_unit(x, w, 0.0))), w)
    large = slope(lambda: np.sum(pull * np.sin(normalised_unit(x, grown, 0.0))), grown, h=1e-6 * c)
    size = np.linalg.norm(small) + 1e-3
    stepped = w - 0.1 * small
    return outcome(
        equal("output", normalised_unit(x, grown, 0.0), normalised_unit(x, w, 0.0), tolerance=1e-9),
        equal("c · gradient", c * large, small, tolerance=1e-5 * size),
        equal("gradient · weights", small @ w, 0, tolerance=1e-5 * size),
        equal("‖w‖² after a step of 0.1", stepped @ stepped, w @ w + 0.01 * small @ small, relative=1e-5),
        message="A step can only make such weights longer. Longer weights take smaller steps: the rate adapts by itself.",
    )


@claim(
    "affine-at-inference",
    "At inference the layer is a fixed affine map of each feature, so it merges into the linear layer before it.",
    assumes=("stored statistics",),
)
def affine_at_inference(rng, batch: Batch = 5, inputs: Features = 4, features: Features = 3):
    x, w, b = rng.normal(size=(batch, inputs)), rng.normal(size=(features, inputs)), rng.normal(size=features)
    gamma, beta, mean, var = rng.normal(size=features), rng.normal(size=features), rng.normal(size=features), rng.uniform(0.1, 4, size=features)
    y = inference(x @ w.T + b, gamma, beta, mean, var)
    scale = gamma / np.sqrt(var + 1e-5)
    merged = x @ (scale[:, None] * w).T + scale * (b - mean) + beta
    others = x.copy()
    others[1:] += rng.normal(size=(batch - 1, inputs))
    return outcome(
        equal("one merged linear layer", merged, y, tolerance=1e-9),
        equal("first output after the other examples changed", inference(others @ w.T + b, gamma, beta, mean, var)[0], y[0], tolerance=1e-12),
    )


def exact_statistics(values, chances, size):
    """E μ, Var μ, E σ² and E σ²·B/(B − 1) over all batches of independent draws from a law with a few values."""
    found = np.zeros(4)
    for pick in product(range(len(values)), repeat=size):
        batch = values[list(pick)]
        found += np.prod(chances[list(pick)]) * np.array([batch.mean(), batch.mean() ** 2, batch.var(), batch.var(ddof=1)])
    found[1] -= found[0] ** 2
    return found


@claim(
    "noisy-statistics",
    "Over random batches μ has the true mean and variance σ²/B; the biased σ² is too small by (B − 1)/B on average, the stored one is not.",
    assumes=("the examples of a batch are drawn independently",),
)
def noisy_statistics(rng, size: Annotated[int, Range(2, 6)] = 4):
    values, chances = rng.normal(size=3), rng.dirichlet(np.full(3, 4.0))
    true_mean = chances @ values
    true_var = chances @ (values - true_mean) ** 2
    mean, spread, biased, stored = exact_statistics(values, chances, size)
    return outcome(
        equal("E μ", mean, true_mean, tolerance=1e-9),
        equal("Var μ", spread, true_var / size, tolerance=1e-9),
        equal("E of the biased variance", biased, true_var * (size - 1) / size, tolerance=1e-9),
        equal("E of the stored variance", stored, true_var, tolerance=1e-9),
        message=f"All {3**size} batches of {size}.",
    )


def running(means, m):
    """The running mean, started at 0, over a sequence of batch means."""
    kept = 0.0
    for mean in means:
        kept = (1 - m) * kept + m * mean
    return kept


@claim(
    "running-mean",
    "After t steps the running mean is within (1 − m)ᵗ of the way to the true mean.",
    assumes=("the layers below stand still", "the examples of a batch are drawn independently"),
)
def running_mean(rng, steps: Annotated[int, Range(1, 200)] = 50, m: Annotated[float, Range(0.01, 0.5)] = 0.1, mean: Factor = 5.0):
    return outcome(
        equal("expected distance left, as a share", (mean - running(np.full(steps, mean), m)) / mean, (1 - m) ** steps, tolerance=1e-9),
        figure("steps until a hundredth is left", np.log(0.01) / np.log(1 - m)),
        message="The running mean is linear in the batch means, so its expectation is the running mean of their expectation.",
    )


@claim("worked-numbers", "The numbers of the worked example.", assumes=("batch 1, 3, 5", "γ = 2, β = 1", "ε = 0"))
def worked_numbers(rng):
    x, g = np.array([[1.0], [3], [5]]), np.array([[1.0], [0], [0]])
    hat, root = normalised(x)
    y = layer(x, 2.0, 1.0)[:, 0]
    dx = backward(g, x, 2.0)[:, 0]
    kept_mean, kept_var = 0.9 * 0 + 0.1 * 3, 0.9 * 1 + 0.1 * x.var(ddof=1)
    return outcome(
        equal("μ", x.mean(), 3), equal("σ²", x.var(), 8 / 3, tolerance=1e-12),
        equal("x̂", hat[:, 0], [-1.22, 0, 1.22], tolerance=5e-3),
        equal("y of the first", y[0], -1.45, tolerance=5e-3), equal("y of the last", y[2], 3.45, tolerance=5e-3),
        equal("stored mean", kept_mean, 0.3, tolerance=1e-12), equal("stored variance", kept_var, 1.3, tolerance=1e-12),
        equal("y of 3 at inference", inference(3.0, 2.0, 1.0, kept_mean, kept_var, 0.0), 5.74, tolerance=5e-3),
        equal("γ/σ", 2 / root[0], 1.225, tolerance=5e-4),
        equal("mean of g", g.mean(), 1 / 3, tolerance=1e-12), equal("mean of g x̂", np.mean(g * hat), -0.408, tolerance=5e-4),
        equal("gradient by the inputs", dx, [0.204, -0.408, 0.204], tolerance=5e-4),
        equal("naive gradient of the first", 2 / root[0], 1.22, tolerance=5e-3),
        equal("its sum", dx.sum(), 0, tolerance=1e-12), equal("its product with x̂", dx @ hat[:, 0], 0, tolerance=1e-12),
        equal("x̂ of two values", np.abs(normalised(np.array([[2.0], [7]]))[0]), [[1], [1]], tolerance=1e-12),
    )  # fmt: skip


@derivation(
    "backward-steps",
    "Three paths from an input to the loss, and what their sum is.",
    assumes=("batch statistics", "each example acts on the loss through the mean and the variance as well"),
    after={2: (), 3: (), 4: (1, 2, 3)},
)
def backward_steps(rng, batch: Annotated[int, Range(3, 12)] = 6, eps: Annotated[float, Range(0.0, 1.0)] = 1e-5):
    x, g, gamma = rng.normal(size=(batch, 1)), rng.normal(size=(batch, 1)), 1.7
    hat, root = normalised(x, eps)
    held = float(x.mean())
    centred = x - held
    by_mean, by_var = slope(lambda: x.mean(), x), slope(lambda: x.var(), x)
    through_mean = -np.sum(gamma * g) / root
    through_var = np.sum(gamma * g * centred) * -0.5 / root**3
    total = gamma * g / root + through_mean / batch + through_var * 2 * centred / batch
    plain = backward(g, x, gamma)
    hat0, root0 = normalised(x)
    squares = gamma**2 / root0**2 * (np.sum(g**2) - np.sum(g) ** 2 / batch - np.sum(g * hat0) ** 2 / batch)
    return outcome(
        equal("through x̂ alone", gamma * g / root, slope(lambda: np.sum(gamma * g * (x - held) / root), x), tolerance=1e-6),
        equal("∂μ/∂x", by_mean, np.full((batch, 1), 1 / batch), tolerance=1e-8),
        equal("∂σ²/∂x", by_var, 2 * centred / batch, tolerance=1e-7),
        equal("∂L/∂x", total, slope(lambda: np.sum(gamma * g * normalised(x, eps)[0]), x), tolerance=1e-5),
        equal("with averages", backward(g, x, gamma, eps), total, tolerance=1e-9),
        equal("‖∂L/∂x‖² for ε = 0", np.sum(plain**2), squares[0], relative=1e-9),
    )  # fmt: skip


@failure(
    "constants-in-backward",
    "Treating mean and standard deviation as constants gives another gradient: it even says that a common shift matters.",
    of="gradients",
    without="each example acts on the loss through the mean and the variance as well",
)
def constants_in_backward(rng, batch: Annotated[int, Range(3, 12)] = 5, features: Features = 3):
    x, g = rng.normal(size=(batch, features)), rng.normal(size=(batch, features))
    root = normalised(x)[1]
    wrong = g / root
    right = slope(lambda: np.sum(g * layer(x, 1.0, 0.0)), x)
    return outcome(
        equal("∂L/∂x", wrong, right, tolerance=1e-6),
        figure("length of the wrong one, against the right one", np.linalg.norm(wrong) / np.linalg.norm(right)),
        given=[equal("the formula of the page", backward(g, x, 1.0), right, tolerance=1e-5)],
        message="The parts along 1 and along x̂ should be missing, and are not.",
    )


@failure(
    "tiny-variance",
    "Where the variance is of the size of ε, the output does depend on the scale of the weights.",
    of="scale-invariance",
    without="ε is negligible beside σ²",
)
def tiny_variance(
    rng, log10_scale: Annotated[float, Range(-6.0, -1.0)] = -3.0, c: Annotated[float, Range(2.0, 20.0)] = 3.0
):
    x, w = rng.normal(size=(16, 4)), rng.normal(size=4)
    w *= 10**log10_scale / np.std(x @ w)
    before, after = normalised_unit(x, w, 1e-5), normalised_unit(x, c * w, 1e-5)
    return outcome(
        equal("output", after, before, tolerance=1e-3),
        figure("standard deviation of the output before", before.std()), figure("after", after.std()),
        given=[equal("output for ε = 0", normalised_unit(x, c * w, 0.0), normalised_unit(x, w, 0.0), tolerance=1e-9)],
        message=f"Standard deviation of the input 10^{log10_scale:g}, ε = 10⁻⁵, weights multiplied by {c:g}.",
    )  # fmt: skip


@failure(
    "batch-of-one-class",
    "A batch whose examples resemble each other has another mean: its statistics are not those of the data.",
    of="noisy-statistics",
    without="the examples of a batch are drawn independently",
)
def batch_of_one_class(rng, gap: Annotated[float, Range(0.0, 8)] = 4.0, size: Annotated[int, Range(2, 6)] = 4):
    spread = np.array([-1.0, 1.0])
    half = np.array([0.5, 0.5])
    classes = [exact_statistics(spread + shift, half, size) for shift in (-gap / 2, gap / 2)]
    true_var = 1 + gap**2 / 4
    stored = np.mean([c[3] for c in classes])
    of_mean = np.mean([c[1] + c[0] ** 2 for c in classes])
    return outcome(
        equal("Var μ", of_mean, true_var / size, tolerance=1e-9),
        figure("E of the stored variance", stored), figure("true variance", true_var),
        given=[equal("E μ over both classes", np.mean([c[0] for c in classes]), 0, tolerance=1e-9)],
        message=f"Two classes {gap:g} apart, every batch from one of them. The stored variance misses the distance between them.",
    )  # fmt: skip


@failure(
    "moving-layers",
    "While the layers below learn, the running mean lags behind.",
    of="running-mean",
    without="the layers below stand still",
)
def moving_layers(rng, move: Annotated[float, Range(0.0, 0.5)] = 0.05, m: Annotated[float, Range(0.01, 0.5)] = 0.1):
    steps = 200
    means = 5 + move * np.arange(1, steps + 1)
    kept = np.array([running(means[:k], m) for k in range(1, steps + 1)])
    return outcome(
        equal("expected distance left, as a share", (means[-1] - kept[-1]) / means[-1], (1 - m) ** steps, tolerance=1e-3),
        figure("lag", means[-1] - kept[-1]), figure("move · (1 − m)/m", move * (1 - m) / m),
        given=[equal("the share if nothing moves", (5 - running(np.full(steps, 5.0), m)) / 5, (1 - m) ** steps, tolerance=1e-9)],
        message=f"The true mean moves by {move:g} a step, m = {m:g}.",
        plot=Plot("step", "mean", (Line("true mean", np.arange(1, steps + 1), means), Line("running mean", np.arange(1, steps + 1), kept)),
                  "The running mean rises from zero and then follows the true mean at a constant distance below it."),
    )  # fmt: skip


@failure(
    "peers-in-training",
    "In training an example's output depends on the others in its batch.",
    of="affine-at-inference",
    without="stored statistics",
)
def peers_in_training(rng, batch: Batch = 5, change: Annotated[float, Range(0.1, 10)] = 1.0):
    x = rng.normal(size=(batch, 3))
    others = x.copy()
    others[1:] += change * rng.normal(size=(batch - 1, 3))
    first, second = layer(x, 1.0, 0.0)[0], layer(others, 1.0, 0.0)[0]
    return outcome(
        equal("first output after the other examples changed", second, first, tolerance=1e-6),
        given=[equal("first input", others[0], x[0], tolerance=0)],
        message=f"The first of {batch} examples is the same in both batches.",
    )
