"""Checks of the page on layer normalisation: what it keeps, what it forgets, and its Jacobian."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

TAUGHT = use("exercises/write-layer-norm/solution.py")

Width = Annotated[int, Range(3, 64)]
Tokens = Annotated[int, Range(2, 12)]


def normalised(x, eps=0.0):
    """x̂ along the last axis."""
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + eps)


def layer(x, gain, bias, eps=1e-5):
    """The layer."""
    return gain * normalised(x, eps) + bias


def backward(g, x, gain):
    """The gradient by one vector x, for ε = 0."""
    hat, scaled = normalised(x), gain * g
    return (scaled - scaled.mean() - hat * np.mean(scaled * hat)) / x.std()


def jacobian(x):
    """The Jacobian of x̂ by the formula of the page."""
    d, hat = len(x), normalised(x)
    return (np.eye(d) - np.ones((d, d)) / d - np.outer(hat, hat) / d) / x.std()


def measured(function, x, h=1e-6):
    """The Jacobian of a function of a vector, by central differences; one column for each entry."""
    steps = h * np.eye(len(x))
    return np.array([(function(x + e) - function(x - e)) / (2 * h) for e in steps]).T


def spread(rng, d):
    """A random vector whose standard deviation is not close to 0."""
    x = rng.normal(size=d) + np.linspace(-1, 1, d)
    return x + rng.normal()


@claim(
    "standardises",
    "Before gain and bias each token has mean 0 and mean square 1: it lies on a sphere of radius √d, orthogonal to 1.",
    assumes=("not all features are equal", "ε is negligible", "the variance is computed from centred values"),
)
def standardises(rng, d: Width = 8, shift: Annotated[float, Range(-1000, 1000)] = 100.0, size: Annotated[float, Range(0.1, 100)] = 5.0):
    x = shift + size * np.array([spread(rng, d) for _ in range(6)])
    hat = normalised(x)
    gain, bias = rng.normal(size=d), rng.normal(size=d)
    return outcome(
        equal("mean of each token", hat.mean(axis=-1), np.zeros(6), tolerance=1e-9),
        equal("squared length, over d", np.sum(hat**2, axis=-1) / d, np.ones(6), tolerance=1e-6),
        equal("the exercise's solution", TAUGHT.layer_norm(x, gain, bias), layer(x, gain, bias), tolerance=1e-9),
        figure("parameters", 2 * d),
    )


@claim(
    "blind-to",
    "Replacing x by cx + b1 with c > 0 leaves the output as it is.",
    assumes=("ε is negligible", "not all features are equal", "c > 0"),
)
def blind_to(rng, d: Width = 8, c: Annotated[float, Range(0.01, 100)] = 3.0, b: Annotated[float, Range(-100, 100)] = 7.0):
    x, gain, bias = spread(rng, d), rng.normal(size=d), rng.normal(size=d)
    return outcome(
        equal("output", layer(c * x + b, gain, bias, 0.0), layer(x, gain, bias, 0.0), tolerance=1e-8),
        equal("x̂ of −x", normalised(-x), -normalised(x), tolerance=1e-9),
        at_least("change of x̂ when one feature alone is shifted", np.abs(normalised(x + 3 * np.eye(d)[0]) - normalised(x)).max(), 1e-3),
    )


@claim(
    "each-token-alone",
    "A token's output depends on that token only, in training and at inference alike.",
    assumes=("the averages run over the features only",),
)
def each_token_alone(rng, tokens: Tokens = 6, d: Width = 8):
    x, gain, bias = rng.normal(size=(3, tokens, d)), rng.normal(size=d), rng.normal(size=d)
    others = x.copy()
    others[1:] += 1
    others[0, 1:] += rng.normal(size=(tokens - 1, d))
    return outcome(
        equal("first token after all others changed", first_token(layer(others, gain, bias)), first_token(layer(x, gain, bias)), tolerance=0),
        equal("alone, as in generation", layer(x[0, 0], gain, bias), first_token(layer(x, gain, bias)), tolerance=1e-12),
        figure("means taken", 3 * tokens),
    )


def first_token(y):
    """The output at the first position of the first sentence."""
    return y[0, 0]


@claim(
    "jacobian",
    "∂x̂/∂x = (I − 11ᵀ/d − x̂x̂ᵀ/d)/σ: it removes two directions and divides the others by σ.",
    assumes=("ε = 0", "not all features are equal", "d ≥ 3"),
)
def whole_jacobian(rng, d: Width = 6, size: Annotated[float, Range(0.1, 50)] = 2.0):
    x = size * spread(rng, d)
    j, sigma = jacobian(x), x.std()
    values = np.sort(np.linalg.eigvalsh((j + j.T) / 2)) * sigma
    return outcome(
        equal("∂x̂/∂x · σ", j * sigma, measured(normalised, x, 1e-6 * size) * sigma, tolerance=1e-6),
        equal("eigenvalues · σ", values, np.r_[0, 0, np.ones(d - 2)], tolerance=1e-9),
        equal("along 1", j @ np.ones(d) * sigma, np.zeros(d), tolerance=1e-9),
        equal("along x̂", j @ normalised(x) * sigma, np.zeros(d), tolerance=1e-9),
        at_least("directions that still learn", np.sum(values > 0.5), 1),
    )


@claim("worked-numbers", "The numbers of the worked example.", assumes=("x = (1, 2, 3, 6)", "γ = 1, β = 0", "ε = 0"))
def worked_numbers(rng):
    x, g = np.array([1.0, 2, 3, 6]), np.array([1.0, 0, 0, 0])
    hat = normalised(x)
    root = x / np.sqrt(np.mean(x**2))
    return outcome(
        equal("μ", x.mean(), 3), equal("variance", x.var(), 3.5), equal("σ", x.std(), 1.871, tolerance=5e-4),
        equal("x̂", hat, [-1.07, -0.53, 0, 1.60], tolerance=5e-3),
        equal("sum of x̂", hat.sum(), 0, tolerance=1e-12), equal("sum of x̂²", np.sum(hat**2), 4, tolerance=1e-12),
        equal("mean of g", g.mean(), 0.25), equal("mean of g x̂", np.mean(g * hat), -0.267, tolerance=5e-4),
        equal("bracket", backward(g, x, 1.0) * x.std(), [0.464, -0.393, -0.25, 0.179], tolerance=5e-4),
        equal("gradient", backward(g, x, 1.0), [0.248, -0.210, -0.134, 0.095], tolerance=5e-4),
        equal("x̂ of ten times x", normalised(10 * x), hat, tolerance=1e-12),
        equal("largest entry of the gradient at ten times x", backward(g, 10 * x, 1.0)[0], 0.0248, tolerance=5e-5),
        equal("RMS norm of the same", root, [0.28, 0.57, 0.85, 1.70], tolerance=5e-3),
        equal("unbiased instead", (x[3] - 3) / x.std(ddof=1), 1.39, tolerance=5e-3),
    )  # fmt: skip


@derivation(
    "jacobian-steps",
    "The Jacobian, and the backward pass that follows from it.",
    assumes=("ε = 0", "not all features are equal"),
    after={2: (), 3: (1, 2), 6: (4,)},
)
def jacobian_steps(rng, d: Width = 6):
    x, gain, g = spread(rng, d), rng.normal(size=d), rng.normal(size=d)
    hat, sigma = normalised(x), x.std()
    centre = np.eye(d) - np.ones((d, d)) / d
    p = jacobian(x) * sigma
    return outcome(
        equal("centring is linear", centre @ x, x - x.mean(), tolerance=1e-9),
        equal("∂σ/∂x", measured(lambda v: np.array([v.std()]), x)[0], hat / d, tolerance=1e-7),
        equal("quotient rule", centre / sigma - np.outer(x - x.mean(), hat / d) / sigma**2, measured(normalised, x), tolerance=1e-6),
        equal("∂x̂/∂x", jacobian(x), centre / sigma - np.outer(hat, hat) / (d * sigma), tolerance=1e-9),
        equal("projection", p @ p, p, tolerance=1e-9),
        equal("∂L/∂x", backward(g, x, gain), measured(lambda v: np.array([g @ layer(v, gain, 0.0, 0.0)]), x)[0], tolerance=1e-5),
    )


@failure(
    "over-length-too",
    "Averaged over the length as well, an early token changes when a later one does.",
    of="each-token-alone",
    without="the averages run over the features only",
)
def over_length_too(rng, tokens: Tokens = 6, d: Width = 8):
    x = rng.normal(size=(3, tokens, d))
    others = x.copy()
    others[0, -1] += 5  # only the last token of the first sentence

    def whole(y):
        flat = y.reshape(3, tokens * d)
        return normalised(flat).reshape(3, tokens, d)

    return outcome(
        equal("first token after all others changed", first_token(whole(others)), first_token(whole(x)), tolerance=0),
        given=[equal("the same, averaged over the features only", first_token(normalised(others)), first_token(normalised(x)), tolerance=0)],
        message="In a language model the future would leak into the past, in spite of the causal mask.",
    )  # fmt: skip


@failure(
    "nearly-equal-features",
    "When the features are nearly equal, ε decides how large the output is.",
    of="standardises",
    without="ε is negligible",
)
def nearly_equal_features(
    rng, log10_spread: Annotated[float, Range(-6.0, -1.0)] = -3.0, d: Width = 8
):
    x = spread(rng, d)
    x *= 10**log10_spread / x.std()
    lengths = np.geomspace(1e-6, 1, 60)
    return outcome(
        equal("squared length, over d", np.sum(normalised(x, 1e-5) ** 2) / d, 1, tolerance=1e-2),
        figure("for the larger ε", np.sum(normalised(x, 1e-5) ** 2) / d), figure("for ε = 1e-12", np.sum(normalised(x, 1e-12) ** 2) / d),
        given=[equal("for ε = 0", np.sum(normalised(x) ** 2) / d, 1, tolerance=1e-6)],
        message=f"Standard deviation 10^{log10_spread:g}. The same weights under another ε are another model.",
        plot=Plot("standard deviation of the features", "mean square of the output",
                  (Line("ε = 10⁻⁵", lengths, lengths**2 / (lengths**2 + 1e-5)), Line("ε = 10⁻¹²", lengths, lengths**2 / (lengths**2 + 1e-12))),
                  "Below a standard deviation of about the root of epsilon the output shrinks towards zero.", log_x=True),
    )  # fmt: skip


@failure(
    "squares-minus-square",
    "In single precision the mean of the squares minus the square of the mean loses the variance of features that lie far from 0.",
    of="standardises",
    without="the variance is computed from centred values",
)
def squares_minus_square(
    rng, shift: Annotated[float, Range(0.0, 100000)] = 3000.0, precision: Literal["single", "double"] = "single"
):
    kind = np.float32 if precision == "single" else np.float64
    x = (shift + np.array([spread(rng, 16) for _ in range(50)])).astype(kind)
    shortcut = np.mean(x * x, axis=-1) - np.mean(x, axis=-1) ** 2
    hat = (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(np.maximum(shortcut, 0) + kind(1e-5))[:, None]
    right = normalised(x, kind(1e-5))
    return outcome(
        equal("squared length, over d", np.sum(hat.astype(float) ** 2, axis=-1) / 16, np.ones(50), tolerance=1e-2),
        figure("least variance found", shortcut.min()),
        figure("true variance of the same token", np.var(x[np.argmin(shortcut)].astype(float))),
        given=[equal("by centred values", np.sum(right.astype(float) ** 2, axis=-1) / 16, np.ones(50), tolerance=1e-2)],
        message=f"Features around {shift:g}, in {precision} precision. A variance may even come out negative.",
    )


@failure(
    "two-features",
    "With two features everything but their order is lost, and no gradient comes back.",
    of="jacobian",
    without="d ≥ 3",
)
def two_features(rng, gap: Annotated[float, Range(0.01, 100)] = 2.0):
    x = np.array([1.0, 1.0 + gap])
    j = jacobian(x)
    gaps = np.linspace(-3, 3, 121)
    gaps = gaps[np.abs(gaps) > 1e-9]
    return outcome(
        at_least("directions that still learn", np.sum(np.linalg.eigvalsh((j + j.T) / 2) * x.std() > 0.5), 1),
        given=[equal("x̂", normalised(x), [-1, 1], tolerance=1e-9), equal("∂x̂/∂x", j, measured(normalised, x, 1e-6 * gap), tolerance=1e-4 / gap)],
        message="The output is (−1, 1) or (1, −1), whatever the two values are.",
        plot=Plot("second feature minus first", "second output", (Points("x̂₂", gaps, [normalised(np.array([0.0, v]))[1] for v in gaps]),),
                  "The output jumps from minus one to one where the features change their order, and is flat elsewhere."),
    )  # fmt: skip
