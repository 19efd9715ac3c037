"""Checks of the page on weight initialisation. Small layers are enumerated over all signs of their weights."""

from itertools import product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Activation = Literal["ReLU", "linear"]
SHARE = {"ReLU": 0.5, "linear": 1.0}  # of the mean square that passes
ACT = {"ReLU": lambda z: np.maximum(z, 0), "linear": lambda z: z}


def factor(inputs, variance, share):
    """What a layer does to the expected mean square of the signal."""
    return share * inputs * variance


def he(inputs):
    """The variance that keeps the mean square through a ReLU."""
    return 2 / inputs


def xavier(inputs, outputs):
    """The compromise between the signal and its gradient."""
    return 2 / (inputs + outputs)


def all_signs(rows, columns, variance):
    """Every matrix of this shape with entries ±√variance, each as likely as the others."""
    signs = np.array(list(product([-1.0, 1.0], repeat=rows * columns)))
    return np.sqrt(variance) * signs.reshape(-1, rows, columns)


def mean_square(x):
    """The mean of the squares along the last axis."""
    return np.mean(np.square(x), axis=-1)


@claim(
    "forward",
    "A layer multiplies the expected mean square of its signal by n_in·Var(w), and by half of that with a ReLU.",
    assumes=(
        "weights are independent of each other and of the inputs", "weights have a law symmetric about 0", "biases are 0",
        "the activation is linear or a ReLU", "each layer's output replaces its input",
    ),
)  # fmt: skip
def forward(
    rng, activation: Activation = "ReLU", inputs: Annotated[int, Range(1, 4)] = 3, scale: Annotated[float, Range(0.2, 3)] = 1.0
):
    x = rng.normal(size=inputs) + 1
    first, second = all_signs(2, inputs, scale * he(inputs)), all_signs(2, 2, scale * he(2))
    hidden = ACT[activation](first @ x)
    out = ACT[activation](np.einsum("wij,vj->vwi", second, hidden))
    share = SHARE[activation]
    one, two = factor(inputs, scale * he(inputs), share), factor(2, scale * he(2), share)
    return outcome(
        equal("mean square after one layer", mean_square(hidden).mean(), one * mean_square(x), relative=1e-9),
        equal("mean square after two", mean_square(out).mean(), one * two * mean_square(x), relative=1e-9),
        figure("factor of a layer", one),
        message=f"All {len(first) * len(second)} networks with weights of two values; the inputs have mean {x.mean():.2f}, not 0.",
    )


@claim(
    "backward",
    "A linear layer multiplies the expected mean square of the gradient by n_out·Var(w) on its way back.",
    assumes=("the gradient that arrives does not depend on these weights", "weights are independent of each other and of the inputs",
             "weights have a law symmetric about 0"),
)  # fmt: skip
def backward(rng, inputs: Annotated[int, Range(1, 4)] = 3, outputs: Annotated[int, Range(1, 4)] = 2):
    g = rng.normal(size=outputs)
    weights = all_signs(outputs, inputs, xavier(inputs, outputs))
    found = mean_square(np.einsum("wij,i->wj", weights, g)).mean()
    return outcome(
        equal("mean square of the gradient", found, outputs * xavier(inputs, outputs) * mean_square(g), relative=1e-9),
        equal("factor forward plus factor backward", inputs * xavier(inputs, outputs) + outputs * xavier(inputs, outputs), 2, tolerance=1e-12),
        figure("factor backward", outputs * xavier(inputs, outputs)),
        figure("factor forward", inputs * xavier(inputs, outputs)),
    )


@claim(
    "stay-copies",
    "Two hidden units that start with equal weights, in and out, stay equal through training.",
    assumes=("equal activation", "nothing random acts on one unit alone"),
)
def stay_copies(rng, steps: Annotated[int, Range(1, 60)] = 30, rate: Annotated[float, Range(0.01, 0.2)] = 0.05):
    x, y = rng.normal(size=(20, 3)), rng.normal(size=20)
    w, v = rng.normal(size=(4, 3)), rng.normal(size=4)
    w[1], v[1] = w[0], v[0]  # units 0 and 1 are copies; 2 and 3 are not
    before, loss = w.copy(), mean_square(np.tanh(x @ w.T) @ v - y)
    for _ in range(steps):
        a = np.tanh(x @ w.T)
        error = (a @ v - y) / len(y)
        w, v = w - rate * (np.outer(error, v) * (1 - a**2)).T @ x, v - rate * a.T @ error
    return outcome(
        equal("distance of the copies", np.linalg.norm(w[0] - w[1]), 0, tolerance=1e-12),
        at_least("distance of the others", np.linalg.norm(w[2] - w[3]), 1e-3),
        at_most("loss at the end", mean_square(np.tanh(x @ w.T) @ v - y), loss),
        at_least("how far the copies moved", np.linalg.norm(w[0] - before[0]), 1e-6),
    )


def final_sizes(rng, width, depth, networks):
    """Mean square after `depth` ReLU layers with He's Gaussian weights, against that of the input, for many networks.

    Given its input, each unit is Gaussian; so a layer multiplies the mean square by 2/n times a χ² variable
    with as many degrees of freedom as units are open. No matrix is needed.
    """
    size = np.ones(networks)
    for _ in range(depth):
        size *= 2 / width * 2 * rng.standard_gamma(rng.binomial(width, 0.5, size=networks) / 2)
    return size


def second_moment(width):
    """The expected square of what one ReLU layer multiplies the mean square by, from the law of the open units."""
    k = np.arange(width + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, width + 1)))])
    law = np.exp(logs[width] - logs[k] - logs[width - k] - width * np.log(2))
    return 4 / width**2 * law @ (k * (k + 2))  # the square of χ² with k degrees of freedom has mean k(k + 2)


@claim(
    "typical-size",
    "With He's variance, nearly all wide networks end within a factor of two of the size they began with.",
    assumes=("weights are Gaussian with variance 2/n_in", "the width is at least a hundred times the depth"),
)
def typical_size(rng, depth: Annotated[int, Range(1, 40)] = 20, times: Annotated[int, Range(100, 400)] = 100):
    width = times * depth
    size = final_sizes(rng, width, depth, 2000)
    second, some = (1 + 5 / width) ** depth, min(width, 300)
    return outcome(
        at_least("share within a factor of two", np.mean((size > 0.5) & (size < 2)), 0.95),
        equal("mean of the factor", size.mean(), 1, tolerance=6 * np.sqrt((second - 1) / 2000)),
        equal("relative variance of one layer", second_moment(some) - 1, 5 / some, relative=1e-6),
        equal("of all layers, in the sample", size.var(), second - 1, relative=6 * np.sqrt(4 / 2000)),
        figure("5 · depth/width", 5 * depth / width),
        message=f"{depth} layers of width {width}.",
    )


@claim("worked-numbers", "The numbers of the worked example and of the text.", assumes=("400 inputs, 200 outputs",))
def worked_numbers(rng):
    limit = np.sqrt(6 / 600)
    tiny = 15 * np.log10(factor(256, 0.01**2, 0.5))  # thirty layers, and a root
    return outcome(
        equal("Xavier, variance", xavier(400, 200), 1 / 300, tolerance=1e-12),
        equal("Xavier, standard deviation", np.sqrt(xavier(400, 200)), 0.0577, tolerance=5e-5),
        equal("Xavier, uniform limit", limit, 0.1, tolerance=1e-12),
        equal("variance of that uniform law", limit**2 / 3, xavier(400, 200), tolerance=1e-12),
        equal("He, variance", he(400), 1 / 200, tolerance=1e-12),
        equal("He, standard deviation", np.sqrt(he(400)), 0.0707, tolerance=5e-5),
        equal("factor of Xavier through this ReLU layer", factor(400, xavier(400, 200), 0.5), 0.667, tolerance=5e-4),
        equal("twenty square ReLU layers with Xavier", factor(7, xavier(7, 7), 0.5) ** 20 * 1e6, 0.954, tolerance=5e-4),
        equal("power of ten of the signal after thirty layers", tiny, -28.4, tolerance=0.05),
        equal("PyTorch's default, factor of a ReLU layer", factor(9, 1 / 27, 0.5), 1 / 6, tolerance=1e-12),
        equal("variance of a uniform law on ±1/√n, times n", 1 / 3, 4 * (1 / 400) / 12 * 400, tolerance=1e-12),
        equal("inputs of a 3 × 3 kernel on 64 channels", 64 * 9, 576),
        equal("its standard deviation by He", np.sqrt(he(64 * 9)), 0.0589, tolerance=5e-5),
    )


@derivation(
    "forward-steps",
    "Why the variance is 2/n_in for a ReLU.",
    assumes=("weights are independent of each other and of the inputs", "weights have a law symmetric about 0", "biases are 0"),
    after={3: (1,), 4: (2, 3)},
)
def forward_steps(rng, inputs: Annotated[int, Range(1, 4)] = 3, scale: Annotated[float, Range(0.2, 3)] = 1.3):
    x, values = rng.normal(size=inputs) + 0.5, np.array([-2.0, -0.5, 0.5, 2.0])  # a symmetric law on four values
    chances = np.array([0.1, 0.4, 0.4, 0.1])
    rows = np.array(list(product(range(4), repeat=inputs)))
    weight = np.prod(chances[rows], axis=1)
    variance = chances @ values**2 * scale
    z = np.sqrt(scale) * values[rows] @ x
    square = weight @ z**2
    open_part = weight @ np.maximum(z, 0) ** 2
    return outcome(
        equal("E z", weight @ z, 0, tolerance=1e-12),
        equal("E z²", square, variance * np.sum(x**2), relative=1e-9),
        equal("E ReLU(z)²", open_part, 0.5 * square, relative=1e-9),
        equal("factor", open_part / mean_square(x), factor(inputs, variance, 0.5), relative=1e-9),
        equal("Var(w)", factor(inputs, he(inputs), SHARE["ReLU"]), 1, tolerance=1e-12),
    )


@derivation(
    "backward-steps",
    "Why the gradient asks for 1/n_out, and what Xavier's compromise is.",
    assumes=("the gradient that arrives does not depend on these weights", "weights are independent of each other and of the inputs"),
    after={4: (2,)},
)
def backward_steps(rng, inputs: Annotated[int, Range(1, 4)] = 3, outputs: Annotated[int, Range(1, 4)] = 2):
    g, variance = rng.normal(size=outputs), rng.uniform(0.2, 2)
    weights = all_signs(outputs, inputs, variance)
    back = np.einsum("wij,i->wj", weights, g)
    widths = rng.integers(2, 40, size=5)
    chain = np.prod([factor(b, he(a), 0.5) for a, b in zip(widths[:-1], widths[1:])])
    return outcome(
        equal("gradient by the inputs", back[0], [sum(weights[0, i, j] * g[i] for i in range(outputs)) for j in range(inputs)], tolerance=1e-12),
        equal("its mean square", np.mean(back**2, axis=0), np.full(inputs, outputs * variance * mean_square(g)), relative=1e-9),
        equal("mean of the two demands", 1 / xavier(inputs, outputs), (inputs + outputs) / 2, tolerance=1e-12),
        equal("product over layers", chain, widths[-1] / widths[0], relative=1e-9),
    )


@failure(
    "residual-sums",
    "Residual branches add: with the right scale in each branch the mean square doubles in every block.",
    of="forward",
    without="each layer's output replaces its input",
)
def residual_sums(
    rng, blocks: Annotated[int, Range(2, 40)] = 12, branch: Literal["right scale", "scaled by 1/√N"] = "right scale"
):
    x = rng.normal(size=3)
    variance = 1 / 3 if branch == "right scale" else 1 / (3 * blocks)
    growth = mean_square(x + all_signs(3, 3, variance) @ x).mean() / mean_square(x)  # of one block, exactly
    return outcome(
        equal("mean square at the end, against the start", growth**blocks, 1, relative=1e-9),
        figure("factor of a block", growth),
        given=[equal("mean square of a branch, against its input", mean_square(all_signs(3, 3, variance) @ x).mean() / mean_square(x),
                     factor(3, variance, 1.0), relative=1e-9)],
        message=f"{blocks} blocks x + Wx. Scaled down by 1/√N the product stays below e.",
    )  # fmt: skip


NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(80)


def tanh_share(square, inputs_variance=1.0):
    """E tanh² of a Gaussian with this mean square: what a very wide tanh layer passes on."""
    return WEIGHTS @ np.tanh(np.sqrt(square * inputs_variance) * NODES) ** 2 / WEIGHTS.sum()


@failure(
    "tanh-shrinks",
    "A tanh has slope 1 only at 0: with n_in·Var(w) = 1 the signal shrinks in every layer, slower and slower.",
    of="forward",
    without="the activation is linear or a ReLU",
)
def tanh_shrinks(rng, depth: Annotated[int, Range(1, 100)] = 30, gain: Literal["1", "5/3"] = "1"):
    scale = 1.0 if gain == "1" else 25 / 9
    sizes = [1.0]
    for _ in range(100):
        sizes.append(tanh_share(sizes[-1], scale))
    return outcome(
        equal("mean square at the end, against the start", sizes[depth], factor(1, 1.0, 1.0) ** depth, relative=1e-3),
        figure("mean square at the end", sizes[depth]),
        figure("2 · depth · mean square", 2 * depth * sizes[depth]),
        given=[equal("the same for small signals, one layer", tanh_share(1e-4, scale) / (1e-4 * scale), 1, tolerance=1e-3)],
        message="Layers so wide that chance averages out. It falls like 1/(2·depth), not exponentially."
        if gain == "1"
        else "With the gain 5/3 the size settles at a fixed value instead.",
        plot=Plot("layer", "mean square", (Line("tanh", np.arange(101), sizes), Line("linear", [0, 100], [1, 1])),
                  "The mean square behind tanh layers falls quickly at first and then ever more slowly.", log_y=True),
    )  # fmt: skip


@failure(
    "narrow-and-deep",
    "In a narrow deep network the mean over draws is kept by a few huge ones, and nearly all others vanish.",
    of="typical-size",
    without="the width is at least a hundred times the depth",
)
def narrow_and_deep(rng, width: Annotated[int, Range(4, 400)] = 10, depth: Annotated[int, Range(5, 100)] = 50):
    size = final_sizes(rng, width, depth, 2000)
    shown = np.maximum(np.sort(size), 1e-12)
    return outcome(
        at_least("share within a factor of two", np.mean((size > 0.5) & (size < 2)), 0.95),
        figure("median", np.median(size)),
        figure("5 · depth/width", 5 * depth / width),
        given=[equal("mean factor of one layer", final_sizes(rng, width, 1, 20000).mean(), 1, tolerance=6 * np.sqrt(5 / (width * 20000)))],
        message=f"{depth} layers of width {width}, He's variance. The expected factor is exactly 1, and hardly any network has it.",
        plot=Plot("share of the networks", "mean square at the end, against the start",
                  (Points("networks, sorted", np.linspace(0, 1, 200), shown[:: 10]), Line("1", [0, 1], [1, 1])),
                  "Sorted by size, the networks spread over many orders of magnitude, most of them far below one.", log_y=True),
    )  # fmt: skip
