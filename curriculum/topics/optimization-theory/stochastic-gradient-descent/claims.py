"""Checks of the page on stochastic gradient descent. Every expectation is exact: all batches, or all paths, are listed."""

from functools import partial
from itertools import combinations, product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Size = Annotated[int, Range(1, 4)]
Rate = Annotated[float, Range(0.02, 1.9)]
Steps = Annotated[int, Range(1, 2000)]


def batches(examples, size, drawn):
    """Every batch that can be drawn, each as likely as the others."""
    if drawn == "with replacement":
        return list(product(range(examples), repeat=size))
    return list(combinations(range(examples), size))


def spread(gradients):
    """The mean squared distance of the rows from their mean."""
    return np.mean(np.sum((gradients - gradients.mean(axis=0)) ** 2, axis=1))


def fewer(examples, size, drawn):
    """What drawing without replacement leaves of the variance."""
    return 1.0 if drawn == "with replacement" else (examples - size) / (examples - 1)


@claim(
    "mini-batch",
    "The mini-batch gradient has mean ∇f and variance σ²/B, or σ²/B · (N − B)/(N − 1) without replacement.",
    assumes=("indices are drawn uniformly", "indices are drawn independently, or without replacement"),
)
def mini_batch(
    rng, size: Size = 2, examples: Annotated[int, Range(4, 6)] = 5,
    drawn: Literal["with replacement", "without replacement"] = "with replacement",
):  # fmt: skip
    gradients = rng.normal(size=(examples, 3)) + rng.normal(size=3)
    means = np.array([gradients[list(b)].mean(axis=0) for b in batches(examples, size, drawn)])
    full = gradients.mean(axis=0)
    return outcome(
        equal("mean of the estimates", means.mean(axis=0), full, tolerance=1e-12),
        equal(
            "variance of the estimate",
            np.mean(np.sum((means - full) ** 2, axis=1)),
            spread(gradients) / size * fewer(examples, size, drawn),
            tolerance=1e-12,
        ),
        figure("batches listed", len(means)),
        message=f"{examples} examples with random gradients, batches of {size}, {drawn}.",
    )


def second_moments(rates, lam, s2, start):
    """E θ² after each step on λθ²/2, for gradient noise of variance s² that is independent of the past."""
    moments = [start**2]
    for rate in rates:
        moments.append((1 - rate * lam) ** 2 * moments[-1] + rate**2 * s2)
    return np.array(moments)


def floor(rate, lam, s2):
    """Where E θ² settles under a constant rate."""
    return rate * s2 / (lam * (2 - rate * lam))


@claim(
    "noise-floor",
    "On λθ²/2 with a constant rate, E θ² tends to αs²/(λ(2 − αλ)), by the factor (1 − αλ)² a step.",
    assumes=("0 < αλ < 2", "the noise has mean 0 and variance s² at every θ", "the noise of each step is independent of the past"),
)
def noise_floor(rng, rate: Rate = 0.4, steps: Annotated[int, Range(1, 10)] = 6, lam: Annotated[float, Range(0.2, 1.0)] = 1.0):
    noise = np.array([-1.0, 2.0])  # with chances ⅔ and ⅓: mean 0, variance 2
    chance = np.array([2 / 3, 1 / 3])
    at, weight = np.array([3.0]), np.ones(1)
    for _ in range(steps):  # the law of θ, path by path
        at = np.subtract.outer((1 - rate * lam) * at, rate * noise).ravel()
        weight = np.multiply.outer(weight, chance).ravel()
    low = floor(rate, lam, 2.0)
    shrink = (1 - rate * lam) ** 2
    long = second_moments([rate] * 60, lam, 2.0, 3.0)
    return outcome(
        equal("E θ²", weight @ at**2, low + shrink**steps * (9 - low), relative=1e-9),
        equal("the same by the recursion", long[steps], weight @ at**2, relative=1e-9),
        figure("floor", low),
        figure("paths listed", len(at)),
        message=f"α = {rate:g}, started at 3. Straight down at first, then a floor.",
        plot=Plot(
            "step", "E θ²",
            (Line("E θ²", np.arange(61), long), Line("floor", [0, 60], [low, low]),
             Line("without noise", np.arange(25), np.maximum(9 * shrink ** np.arange(25), 1e-3))),
            "On a logarithmic scale the mean squared distance falls on a straight line and bends into a horizontal one.",
            log_y=True,
        ),
    )  # fmt: skip


def robbins_monro(lam, s2, steps):
    """E θ² after so many steps with the rates 1/(λ(k + 1))."""
    return s2 / (lam**2 * steps)


@claim(
    "decaying-rate",
    "On λθ²/2 with rates 1/(λk) at step k = 1, 2, …, E θ² after k steps is s²/(λ²k), whatever the start.",
    assumes=("Σα = ∞", "Σα² < ∞", "the noise has mean 0 and variance s² at every θ"),
)
def decaying_rate(
    rng, steps: Steps = 400, lam: Annotated[float, Range(0.2, 5)] = 1.0, start: Annotated[float, Range(-20, 20)] = 5.0
):
    k = np.arange(1, steps + 1)
    moments = second_moments(1 / (lam * k), lam, 2.0, start)
    constant = second_moments([0.1 / lam] * steps, lam, 2.0, start)
    draws = rng.normal(size=steps)
    theta = start
    for rate, draw in zip(1 / (lam * k), draws):
        theta -= rate * (lam * theta - lam * draw)
    return outcome(
        equal("E θ²", moments[-1], robbins_monro(lam, 2.0, steps), relative=1e-9),
        at_most("the same, as a bound for every k", moments[1:], robbins_monro(lam, 2.0, k), slack=1e-9),
        equal("the last iterate, on ½λ(θ − draw)²", theta, draws.mean(), tolerance=1e-9),
        message="With these rates the iterate is the running mean of all draws so far.",
        plot=Plot(
            "step", "E θ²", (Line("rate 1/(λk)", k, moments[1:]), Line("constant rate 0.1/λ", k, constant[1:])),
            "On logarithmic axes the decaying rate falls on a straight line; the constant one is as good only for a while.",
            log_x=True, log_y=True,
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.", assumes=("c = (1, 2, 3, 6)", "θ = 0"))
def worked_numbers(rng):
    gradients = -np.array([[1.0], [2], [3], [6]])
    variance = spread(gradients)
    return outcome(
        equal("full gradient", gradients.mean(), -3),
        equal("variance of one gradient", variance, 3.5, tolerance=1e-12),
        equal("variance, two with replacement", variance / 2, 1.75, tolerance=1e-12),
        equal("variance, two without replacement", variance / 2 * fewer(4, 2, "without replacement"), 1.17, tolerance=5e-3),
        equal("estimate from the first and the last", gradients[[0, 3]].mean(), -3.5),
        equal("step", 0.1 * 3.5, 0.35, tolerance=1e-12),
        equal("scatter at rate 0.1", np.sqrt(floor(0.1, 1, 1.75)), 0.303, tolerance=5e-4),
        equal("scatter at rate 0.01", np.sqrt(floor(0.01, 1, 1.75)), 0.094, tolerance=5e-4),
        equal("scatter at rate 0.1 with one example", np.sqrt(floor(0.1, 1, 3.5)), 0.429, tolerance=5e-4),
        equal("steps to forget nine tenths, rate 0.1", np.log(0.1) / np.log(0.9), 22, tolerance=0.5),
        equal("steps to forget nine tenths, rate 0.01", np.log(0.1) / np.log(0.99), 229, tolerance=0.5),
        equal("a million examples against a thousand, in noise", np.sqrt(1e6 / 1e3), 32, tolerance=0.5),
    )


@derivation(
    "mini-batch-steps",
    "Mean and variance of the estimate.",
    assumes=("indices are drawn uniformly", "indices are drawn independently, or without replacement"),
    after={3: (), 4: (1, 3), 6: (3,)},
)
def mini_batch_steps(rng, size: Size = 3, examples: Annotated[int, Range(4, 5)] = 4):
    gradients = rng.normal(size=(examples, 2)) + 1
    full = gradients.mean(axis=0)
    off = gradients - full
    drawn = np.array(batches(examples, size, "with replacement"))
    estimates = gradients[drawn].mean(axis=1)
    square = np.mean(np.sum((estimates - full) ** 2, axis=1))
    pairs = np.mean([np.sum(off[b[:, None], :] * off[b[None, :], :], axis=2) for b in drawn], axis=0)
    cross = [off[i] @ off[j] for i, j in product(range(examples), repeat=2)]
    apart = [off[i] @ off[j] for i, j in product(range(examples), repeat=2) if i != j]
    return outcome(
        equal("E of one gradient", gradients[drawn[:, 0]].mean(axis=0), full, tolerance=1e-12),
        equal("E g", estimates.mean(axis=0), full, tolerance=1e-12),
        equal("E‖g − ∇f‖²", square, pairs.sum() / size**2, tolerance=1e-12),
        equal("E of a product of two draws", np.mean(cross), 0, tolerance=1e-12),
        equal("σ²/B", square, spread(gradients) / size, tolerance=1e-12),
        equal("without replacement", np.mean(apart), -spread(gradients) / (examples - 1), tolerance=1e-12),
    )


@derivation(
    "floor-steps",
    "The floor under a constant rate.",
    assumes=("the noise has mean 0 and variance s² at every θ", "the noise of each step is independent of the past"),
)
def floor_steps(
    rng, rate: Rate = 0.3, kappa: Annotated[float, Range(1, 20)] = 4.0, at: Literal["anywhere", "worst axis"] = "anywhere"
):
    ends = np.linspace(1 / kappa, 1.0, 3)  # the eigenvalues of the Hessian
    noise = np.concatenate([np.eye(3), -np.eye(3)]) * np.sqrt(1.5)  # six equally likely draws of variance 1.5
    error = rng.normal(size=3) if at == "anywhere" else 1.7 * np.eye(3)[np.argmax(np.abs(1 - rate * ends))]
    after = (1 - rate * ends) * error - rate * noise
    rho = max(abs(1 - rate / kappa), abs(1 - rate))
    mean_square, s2 = np.mean(np.sum(after**2, axis=1)), np.mean(np.sum(noise**2, axis=1))
    shrunk = np.sum(((1 - rate * ends) * error) ** 2)
    lam = rng.uniform(0.2, 1)
    moment = floor(rate, lam, s2)
    part = at_most if at == "anywhere" else partial(equal, tolerance=1e-12)  # on the worst axis nothing is to spare
    return outcome(
        equal("E‖θ⁺ − θ*‖²", mean_square, shrunk + rate**2 * s2, relative=1e-9),
        part("the part without noise", shrunk, rho**2 * error @ error),
        equal("the floor", second_moments([rate] * 4000, lam, s2, 1.0)[-1], rate**2 * s2 / (1 - (1 - rate * lam) ** 2), relative=1e-6),
        equal("one dimension", rate**2 * s2 / (1 - (1 - rate * lam) ** 2), moment, relative=1e-9),
    )


@failure(
    "data-in-order",
    "Read in order of their class, the batches of a long stretch have the wrong mean.",
    of="mini-batch",
    without="indices are drawn uniformly",
)
def data_in_order(rng, gap: Annotated[float, Range(0.5, 8)] = 4.0, rate: Annotated[float, Range(0.01, 0.3)] = 0.1):
    targets = np.repeat([0.0, gap], 100) + rng.normal(size=200)  # two classes, one after the other
    theta, path = targets.mean(), []
    for target in targets.reshape(-1, 10).mean(axis=1):
        theta -= rate * (theta - target)
        path.append(theta)
    gradients = -targets[:, None]
    return outcome(
        equal("mean of the first ten estimates", gradients[:100].reshape(10, 10).mean(), gradients.mean(), tolerance=6 / np.sqrt(200)),
        figure("θ after the first class", path[9] - targets.mean()),
        figure("θ after both", path[-1] - targets.mean()),
        given=[equal("mean of all twenty", gradients.reshape(20, 10).mean(), gradients.mean(), tolerance=1e-12)],
        message="Started at the minimum, θ runs to the first class and then to the second. The epoch as a whole is unbiased.",
        plot=Plot("step", "θ − θ*", (Points("θ, batches of ten", np.arange(1, 21), np.array(path) - targets.mean()),),
                  "Over one epoch the weight drifts below its best value and then far above it."),
    )  # fmt: skip


@failure(
    "curvature-differs",
    "If examples differ in curvature, the noise grows with θ, and a rate that is safe for f can diverge.",
    of="noise-floor",
    without="the noise has mean 0 and variance s² at every θ",
)
def curvature_differs(rng, rate: Annotated[float, Range(0.02, 1.0)] = 0.5, rare: Annotated[float, Range(0.05, 1.0)] = 0.1):
    h, chance = np.array([0.0, 1 / rare]), np.array([1 - rare, rare])  # mean curvature 1
    factor = chance @ (1 - rate * h) ** 2
    noise = chance @ ((h - 1) * 3.0) ** 2  # s² at the start, θ = 3
    low = floor(rate, 1.0, noise)
    steps = 20
    return outcome(
        at_most("E θ²", 9 * factor**steps, low + (1 - rate) ** (2 * steps) * (9 - low), slack=1e-9),
        figure("factor of E θ² in a step", factor),
        figure("largest stable rate", 2 / (chance @ h**2)),
        given=[equal("mean of the curvatures", chance @ h, 1, tolerance=1e-12), at_most("αλ", rate, 2)],
        message=f"One example in {1 / rare:.0f} has all the curvature. Stable needs α < 2λ/E[h²] = {2 / (chance @ h**2):.2f}, not 2/λ = 2.",
    )


@failure(
    "constant-rate",
    "With a constant rate the error stops at a floor.",
    of="decaying-rate",
    without="Σα² < ∞",
)
def constant_rate(rng, rate: Annotated[float, Range(0.02, 1.0)] = 0.1, steps: Annotated[int, Range(100, 2000)] = 1000):
    moments = second_moments([rate] * steps, 1.0, 2.0, 5.0)
    return outcome(
        at_most("E θ² after the last step", moments[-1], robbins_monro(1.0, 2.0, steps)),
        figure("floor", floor(rate, 1.0, 2.0)),
        given=[at_least("Σα", rate * steps, 2)],
        message=f"The rate {rate:g} forgets the start quickly, and then keeps shaking.",
    )


@failure(
    "rate-decays-too-fast",
    "Steps with a finite sum cannot travel farther than that sum allows.",
    of="decaying-rate",
    without="Σα = ∞",
)
def rate_decays_too_fast(
    rng, first: Annotated[float, Range(0.02, 0.5)] = 0.2, ratio: Annotated[float, Range(0.5, 0.95)] = 0.9
):
    steps = 1000
    rates = first * ratio ** np.arange(steps)
    moments = second_moments(rates, 1.0, 2.0, 5.0)
    mean = 5.0 * np.prod(1 - rates)
    return outcome(
        at_most("E θ² after the last step", moments[-1], robbins_monro(1.0, 2.0, steps)),
        figure("E θ, never to shrink again", mean), figure("Σα", rates.sum()),
        given=[at_most("Σα²", np.sum(rates**2), first**2 / (1 - ratio**2), slack=1e-12)],
        message=f"The rate is multiplied by {ratio:g} at each step. θ stops on the way, about {mean:.2f} from the minimum.",
    )  # fmt: skip
