"""Checks of the page on backpropagation: every formula against differences of the loss."""

from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Few = Annotated[int, Range(1, 12)]


def softmax(z):
    shifted = np.exp(z - z.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def problem(rng, batch, inputs, hidden, classes):
    """Random weights, inputs and one-hot labels of a two-layer classifier."""
    weights = {
        "W1": rng.normal(size=(hidden, inputs)), "b1": rng.normal(size=hidden),
        "W2": rng.normal(size=(classes, hidden)), "b2": rng.normal(size=classes),
    }  # fmt: skip
    return weights, rng.normal(size=(batch, inputs)), np.eye(classes)[rng.integers(classes, size=batch)]


def forward(w, x):
    """The values that the backward pass needs: z1, a1 and the probabilities."""
    z1 = x @ w["W1"].T + w["b1"]
    a1 = np.maximum(z1, 0)
    return z1, a1, softmax(a1 @ w["W2"].T + w["b2"])


def loss(w, x, y):
    """Softmax cross-entropy, averaged over the batch."""
    return -np.mean(np.sum(y * np.log(forward(w, x)[2]), axis=1))


def backward(w, x, y, z1, a1, p):
    """The five lines of the page, in their order."""
    g2 = (p - y) / len(x)
    g1 = (g2 @ w["W2"]) * (z1 > 0)
    return {"W1": g1.T @ x, "b1": g1.sum(axis=0), "W2": g2.T @ a1, "b2": g2.sum(axis=0)}


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


def apart(gradients, w, x, y):
    """How far each gradient lies from the differences of the loss, as figures of an outcome."""
    return [equal(f"∂L/∂{n}", gradients[n], slope(lambda: loss(w, x, y), w[n]), tolerance=1e-7) for n in w]


@claim(
    "two-layer-gradients",
    "The five lines give the derivative of the loss by every weight and bias.",
    assumes=("no entry of z₁ is exactly 0", "the cached values belong to this x and these weights", "one-hot labels"),
)
def two_layer_gradients(rng, batch: Few = 5, inputs: Few = 4, hidden: Few = 6, classes: Annotated[int, Range(2, 12)] = 3):
    w, x, y = problem(rng, batch, inputs, hidden, classes)
    kept = forward(w, x)
    nearest = np.abs(kept[0]).min()
    return outcome(
        *apart(backward(w, x, y, *kept), w, x, y),
        figure("parameters", sum(v.size for v in w.values())),
        given=[at_least("distance of z₁ from the kink", nearest, 1e-5)],
        message=f"Batch {batch}, widths {inputs}, {hidden}, {classes}: every partial derivative compared.",
    )


@claim(
    "uses-add-up",
    "A weight used in two places has the sum of two gradients.",
    assumes=("each use contributes its own term", "the terms are added"),
)
def uses_add_up(rng, width: Few = 4, batch: Few = 3):
    w, x, target, first, second = tied(rng, width, batch)
    return outcome(
        equal("∂L/∂W", first + second, slope(lambda: tied_loss(w, x, target), w), tolerance=1e-6),
        figure("share of the second use", np.linalg.norm(second) / np.linalg.norm(first + second)),
    )


def tied_loss(w, x, target):
    """Two tanh layers that share one matrix."""
    return 0.5 * np.sum((np.tanh(np.tanh(x @ w.T) @ w.T) - target) ** 2)


def tied(rng, width, batch):
    """A problem with a shared matrix, and the gradient that arrives at each of its two uses."""
    w = rng.normal(size=(width, width)) / np.sqrt(width)
    x, target = rng.normal(size=(batch, width)), rng.normal(size=(batch, width))
    a1 = np.tanh(x @ w.T)
    a2 = np.tanh(a1 @ w.T)
    g2 = (a2 - target) * (1 - a2**2)
    g1 = (g2 @ w) * (1 - a1**2)
    return w, x, target, g1.T @ x, g2.T @ a1


@claim(
    "twice-the-forward",
    "The matrix products of the backward pass cost at most twice those of the forward pass.",
    assumes=("fully connected layers", "element-wise work is not counted"),
)
def twice_the_forward(
    rng, layers: Annotated[int, Range(1, 60)] = 6, width: Annotated[int, Range(1, 400)] = 64, inputs: Annotated[int, Range(1, 400)] = 32
):
    count = Counter()
    sizes = [inputs] + [width] * layers
    weights = [np.zeros((b, a)) for a, b in zip(sizes, sizes[1:])]
    a, kept = np.zeros((8, inputs)), []
    for matrix in weights:
        kept.append(a)
        a = count.product(a, matrix.T)
    forward_cost, count.done = count.done, 0
    g = a
    for place in range(layers - 1, -1, -1):
        count.product(g.T, kept[place])
        if place:  # nobody asks for the gradient by the data
            g = count.product(g, weights[place])
    parameters = sum(m.size for m in weights)
    return outcome(
        at_most("backward against forward", count.done / forward_cost, 2),
        at_least("the same, from below", count.done / forward_cost, 1),
        equal("multiplications forward, per example and weight", forward_cost / (8 * parameters), 1, tolerance=1e-12),
        figure("forward passes by nudging each weight", parameters + 1),
        message=f"{layers} layers of width {width}. Nudging would cost {parameters + 1} forward passes; the sweep costs "
        f"{count.done / forward_cost:.2f}.",
    )


class Counter:
    """Matrix products that are counted."""

    done = 0

    def product(self, a, b):
        self.done += a.shape[0] * a.shape[1] * b.shape[1]
        return np.zeros((a.shape[0], b.shape[1]))


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    x, y = np.array([1.0, 2.0]), np.array([1.0, 2.0])
    w1, w2 = np.array([[1.0, -1.0], [0.5, 0.5]]), np.array([[1.0, 1.0], [0.0, 2.0]])

    def error():
        return 0.5 * np.sum((w2 @ np.maximum(w1 @ x, 0) - y) ** 2)

    z1 = w1 @ x
    z2 = w2 @ np.maximum(z1, 0)
    p = softmax(z2)
    return outcome(
        equal("z1", z1, [-1, 1.5]), equal("z2", z2, [1.5, 3]), equal("L", error(), 0.625, tolerance=1e-12),
        equal("∂L/∂W2", slope(error, w2), [[0, 0.75], [0, 1.5]], tolerance=1e-6),
        equal("∂L/∂a1", w2.T @ (z2 - y), [0.5, 2.5], tolerance=1e-12),
        equal("∂L/∂W1", slope(error, w1), [[0, 0], [2.5, 5]], tolerance=1e-6),
        equal("p − y, first class", p[0] - 1, -0.818, tolerance=5e-4),
        equal("p − y, second class", p[1], 0.818, tolerance=5e-4),
        equal("L after a step of 0.01", stepped(w1, w2, x, y, 0.01), 0.332, tolerance=5e-4),
        equal("first-order prediction", 0.625 - 0.01 * (0.75**2 + 1.5**2 + 2.5**2 + 5**2), 0.284, tolerance=5e-4),
    )  # fmt: skip


def stepped(w1, w2, x, y, rate):
    """The loss after one step of gradient descent, with the gradients of the page."""
    g1, g2 = np.array([[0, 0], [2.5, 5]]), np.array([[0, 0.75], [0, 1.5]])
    a1 = np.maximum((w1 - rate * g1) @ x, 0)
    return 0.5 * np.sum(((w2 - rate * g2) @ a1 - y) ** 2)


@derivation("linear-layer-steps", "The three gradients of Z = AWᵀ + 1bᵀ, entry by entry.", assumes="L is differentiable in Z")
def linear_layer_steps(rng, batch: Few = 4, inputs: Few = 3, outputs: Few = 2):
    a, w, b = rng.normal(size=(batch, inputs)), rng.normal(size=(outputs, inputs)), rng.normal(size=outputs)
    pull = rng.normal(size=(batch, outputs))

    def value():
        return np.sum(pull * np.sin(a @ w.T + b))

    z = np.array([[sum(a[i, k] * w[j, k] for k in range(inputs)) + b[j] for j in range(outputs)] for i in range(batch)])
    g = pull * np.cos(z)
    by_w = np.array([[sum(g[i, j] * a[i, k] for i in range(batch)) for k in range(inputs)] for j in range(outputs)])
    return outcome(
        equal("Z, entry by entry", z, a @ w.T + b, tolerance=1e-12),
        equal("∂L/∂W", by_w, slope(value, w), tolerance=1e-7),
        equal("GᵀA", g.T @ a, by_w, tolerance=1e-12),
        equal("∂L/∂b", g.T @ np.ones(batch), slope(value, b), tolerance=1e-7),
        equal("∂L/∂A", g @ w, slope(value, a), tolerance=1e-7),
    )


@derivation("cross-entropy-steps", "Where the sweep begins: softmax and cross-entropy together.", assumes="one-hot labels")
def cross_entropy_steps(rng, batch: Few = 4, classes: Annotated[int, Range(2, 12)] = 3):
    z = rng.normal(size=(batch, classes))
    y = np.eye(classes)[rng.integers(classes, size=batch)]
    p, true = softmax(z), int(np.argmax(y[0]))
    row = z[0].copy()
    jacobian = np.array([slope(lambda j=j: softmax(row)[j], row) for j in range(classes)])
    by_p = -y[0] / p[0]

    def mean_loss():
        return -np.mean(np.log(np.sum(y * softmax(z), axis=1)))

    probabilities = p[0].copy()
    return outcome(
        equal("∂ℓ/∂p", by_p, slope(lambda: -np.log(probabilities[true]), probabilities), tolerance=1e-4),
        equal("∂p/∂z", np.diag(p[0]) - np.outer(p[0], p[0]), jacobian, tolerance=1e-8),
        equal("∂ℓ/∂z", by_p @ jacobian, p[0] - y[0], tolerance=1e-7),
        equal("G₂", (p - y) / batch, slope(mean_loss, z), tolerance=1e-8),
    )


@failure(
    "changed-cache",
    "A value overwritten after the forward pass makes the gradient that of no function.",
    of="two-layer-gradients",
    without="the cached values belong to this x and these weights",
)
def changed_cache(rng, batch: Few = 5, hidden: Few = 6, by: Annotated[float, Range(0.0, 2.0)] = 0.1):
    w, x, y = problem(rng, batch, 4, hidden, 3)
    z1, a1, p = forward(w, x)
    wrong = backward(w, x, y, z1, a1 + by, p)
    return outcome(
        *apart(wrong, w, x, y),
        given=[equal("loss, computed before the change", loss(w, x, y), -np.mean(np.log(p[y == 1])), tolerance=1e-12)],
        message=f"a₁ was raised by {by:g} in place. Only ∂L/∂W₂ uses it, so only that one is wrong, and nothing warns of it.",
    )


@failure(
    "overwritten-use",
    "Keeping only the gradient of the last use loses the others.",
    of="uses-add-up",
    without="the terms are added",
)
def overwritten_use(rng, width: Few = 4, batch: Few = 3):
    w, x, target, first, second = tied(rng, width, batch)
    truth = slope(lambda: tied_loss(w, x, target), w)
    cosine = np.sum(second * truth) / (np.linalg.norm(second) * np.linalg.norm(truth))
    return outcome(
        equal("∂L/∂W", second, truth, tolerance=1e-6),
        figure("cosine with the true gradient", cosine),
        message="The direction is often still downhill, so training goes on, only worse.",
    )


@failure(
    "at-the-kink",
    "At exactly 0 a ReLU has no derivative: the formula and the differences disagree.",
    of="two-layer-gradients",
    without="no entry of z₁ is exactly 0",
)
def at_the_kink(rng, batch: Few = 5, hidden: Few = 6):
    w, x, y = problem(rng, batch, 4, hidden, 3)
    w["W1"][:], w["b1"][:] = 0, 0  # weights that all begin at zero put every unit on the kink
    kept = forward(w, x)
    w1, b1 = backward(w, x, y, *kept)["W1"], slope(lambda: loss(w, x, y), w["b1"])
    return outcome(
        equal("∂L/∂W1", w1, slope(lambda: loss(w, x, y), w["W1"]), tolerance=1e-7),
        figure("largest entry of the formula's ∂L/∂W1", np.abs(w1).max()),
        figure("largest slope the differences find in b1", np.abs(b1).max()),
        given=[equal("z₁", kept[0], np.zeros((batch, hidden)))],
        message="With all first-layer weights at zero, the usual choice of slope 0 stops every gradient; the loss does move.",
    )


@failure(
    "no-slope",
    "A rounding step has derivative zero: the gradient says that nothing helps, and a finite change says otherwise.",
    of="two-layer-gradients",
    without="every step has a derivative that describes it",
)
def no_slope(rng, batch: Few = 8, hidden: Few = 6):
    w, x, y = problem(rng, batch, 4, hidden, 3)

    def rounded(move):
        a1 = np.round(np.maximum(x @ (w["W1"] + move).T + w["b1"], 0))
        return -np.mean(np.sum(y * np.log(softmax(a1 @ w["W2"].T + w["b2"])), axis=1))

    direction = backward(w, x, y, *forward(w, x))["W1"]
    direction /= np.linalg.norm(direction)
    moves = np.linspace(-0.5, 0.5, 201)
    values = np.array([rounded(m * direction) for m in moves])
    tiny = (rounded(1e-7 * direction) - rounded(-1e-7 * direction)) / 2e-7
    return outcome(
        at_most("change of the loss along the way", np.ptp(values), abs(tiny) * np.ptp(moves), slack=1e-9),
        figure("slope at the start", tiny),
        message="Hidden values are rounded. The loss is a staircase: flat at every point where the gradient looks.",
        plot=Plot(
            "move along a direction in W₁", "loss",
            (Line("with rounding", moves, values),),
            "The loss with rounded hidden values is a staircase: constant in pieces, with jumps between them.",
        ),
    )  # fmt: skip
