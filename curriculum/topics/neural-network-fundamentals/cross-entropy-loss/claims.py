"""Checks of the page on the cross-entropy loss: its forms, its gradients and its minimisers."""

from itertools import product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

TAUGHT = use("exercises/write-cross-entropy/solution.py")

Batch = Annotated[int, Range(1, 12)]
Classes = Annotated[int, Range(2, 12)]
Size = Annotated[float, Range(0.1, 30)]


def lse(z):
    """log Σ exp along the last axis, from the largest entry on."""
    top = z.max(axis=-1, keepdims=True)
    return top[..., 0] + np.log(np.exp(z - top).sum(axis=-1))


def softmax(z):
    return np.exp(z - lse(z)[..., None])


def loss(z, q):
    """Mean cross-entropy of target rows q against the softmax of logits z."""
    return np.mean(lse(z) - np.sum(q * z, axis=-1))


def problem(rng, batch, classes, size=1.0):
    """Logits, labels and one-hot rows."""
    labels = rng.integers(classes, size=batch)
    return size * rng.normal(size=(batch, classes)), labels, np.eye(classes)[labels]


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
    "forms",
    "Minus the mean log-probability of the true classes, log-sum-exp minus the true logit, and the mean cross-entropy of one-hot rows are one number.",
    assumes=("one-hot labels", "natural logarithms", "the loss is computed from the logits"),
)
def forms(rng, batch: Batch = 5, classes: Classes = 4, size: Size = 2.0):
    z, labels, y = problem(rng, batch, classes, size)
    p = softmax(z)
    return outcome(
        equal("−mean log P of the true class", -np.mean(np.log(p[np.arange(batch), labels])), loss(z, y), relative=1e-9),
        equal("mean cross-entropy of the rows", -np.mean(np.sum(y * np.log(p), axis=1)), loss(z, y), relative=1e-9),
        equal("after adding a constant to a row", loss(z + rng.normal(size=(batch, 1)), y), loss(z, y), tolerance=1e-9),
        equal("equal logits", loss(np.full((batch, classes), size), y), np.log(classes), tolerance=1e-9),
        at_least("loss", loss(z, y), 0),
        equal("the exercise's solution", TAUGHT.cross_entropy(z, labels), loss(z, y), relative=1e-9),
    )


def gradient(z, q):
    """The gradient by the logits."""
    return (softmax(z) - q) / len(z)


@claim(
    "logit-gradient",
    "∂L/∂Z = (P − Y)/B: each row sums to 0, and no entry exceeds 1/B in size.",
    assumes=("Z holds logits", "the loss is the mean over the batch", "target rows sum to 1"),
)
def logit_gradient(rng, batch: Batch = 5, classes: Classes = 4, size: Size = 2.0, case: Literal["random", "sure and wrong"] = "random"):
    z, labels, y = problem(rng, batch, classes, size)
    if case == "sure and wrong":
        z[np.arange(batch), labels] -= 60
    g = gradient(z, y)
    tight = [equal("size at the true class", np.abs(g[np.arange(batch), labels]), np.full(batch, 1 / batch), tolerance=1e-6)] if case != "random" else []
    return outcome(
        equal("∂L/∂Z", g, slope(lambda: loss(z, y), z), tolerance=1e-7),
        equal("sum of each row", g.sum(axis=1), np.zeros(batch), tolerance=1e-12),
        at_most("size of an entry", np.abs(g).max(), 1 / batch, slack=1e-12),
        *tight,
    )


def binary(z, y):
    """The binary loss from a logit, without overflow."""
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))


@claim(
    "binary",
    "The stable form is the binary cross-entropy, its slope is σ(z) − y, and it is the two-class loss with logits (0, z).",
    assumes=("y is 0 or 1",),
)
def binary_loss(rng, z: Annotated[float, Range(-30, 30)] = 2.0, y: Annotated[int, Range(0, 1)] = 0):
    sigma = 1 / (1 + np.exp(-z))
    naive = -np.log(sigma if y else 1 / (1 + np.exp(z)))
    return outcome(
        equal("by its definition", binary(z, y), naive, tolerance=1e-9),
        equal("slope", (binary(z + 1e-6, y) - binary(z - 1e-6, y)) / 2e-6, sigma - y, tolerance=1e-7),
        equal("two classes", binary(z, y), loss(np.array([[0.0, z]]), np.eye(2)[[y]]), tolerance=1e-9),
        equal("at a logit of ±1000", [binary(1000.0, 0), binary(-1000.0, 0)], [1000, 0], tolerance=1e-9),
    )


def smoothed(label, classes, eps):
    """The target of label smoothing."""
    return (1 - eps) * np.eye(classes)[label] + eps / classes


def losses_by_lead(leads, label, classes, eps):
    """The smoothed loss when the true logit leads all others by so much."""
    z = leads[:, None] * np.eye(classes)[label]
    return lse(z) - z @ smoothed(label, classes, eps)


@claim(
    "best-lead",
    "Under label smoothing the loss is least at a finite lead of the true logit, where the prediction is the target.",
    assumes=("0 < ε < 1",),
)
def best_lead(rng, eps: Annotated[float, Range(0.01, 0.5)] = 0.1, classes: Classes = 10):
    q = smoothed(1, classes, eps)
    lead = np.log(q[1] / q[0])
    leads = np.linspace(0, lead + 12, 2001)
    losses = losses_by_lead(leads, 1, classes, eps)
    z = lead * np.eye(classes)[[1]]
    return outcome(
        equal("best lead", leads[np.argmin(losses)], lead, tolerance=2 * (leads[1] - leads[0])),
        equal("prediction there", softmax(z)[0], q, tolerance=1e-9),
        equal("loss there, the entropy of the target", loss(z, q[None]), -q @ np.log(q), tolerance=1e-9),
        equal("∂L/∂Z elsewhere", gradient(z + 0.3 * q, q[None]), slope_of_smoothed(z + 0.3 * q, q), tolerance=1e-7),
        figure("entropy of the target", -q @ np.log(q)),
        plot=Plot("lead of the true logit", "loss",
                  (Line(f"ε = {eps:g}", leads, losses), Line("ε = 0", leads, losses_by_lead(leads, 1, classes, 0.0))),
                  "With smoothing the loss has a minimum at a finite lead and rises after it; without, it falls for ever."),
    )  # fmt: skip


def slope_of_smoothed(z, q):
    at = z.copy()
    return slope(lambda: loss(at, q[None]), at)


def focal(p, gamma):
    """The focal loss of the probability given to the truth."""
    return -((1 - p) ** gamma) * np.log(p)


def minimiser(gamma, truth):
    """The prediction that minimises the expected loss when the event has this probability, on a fine grid."""
    grid = np.linspace(1e-4, 1 - 1e-4, 9999)
    return grid[np.argmin(truth * focal(grid, gamma) + (1 - truth) * focal(1 - grid, gamma))]


@claim(
    "proper",
    "If an event has probability η, the expected loss is least for the prediction η, and that least loss is the entropy of η.",
    assumes=("γ = 0, the plain cross-entropy", "the labels are drawn from η"),
)
def proper(rng, truth: Annotated[float, Range(0.01, 0.99)] = 0.8, classes: Classes = 4):
    eta, other = rng.dirichlet(np.full(classes, 2.0)), rng.dirichlet(np.full(classes, 2.0))
    grid = np.linspace(0.001, 0.999, 9981)
    least = truth * focal(truth, 0.0) + (1 - truth) * focal(1 - truth, 0.0)
    return outcome(
        equal("best prediction", minimiser(0.0, truth), truth, tolerance=1e-3),
        at_least("expected loss of another prediction, several classes", -eta @ np.log(other), -eta @ np.log(eta)),
        equal("least expected loss, on a grid", np.min(truth * focal(grid, 0.0) + (1 - truth) * focal(1 - grid, 0.0)), least, tolerance=1e-6),
        message="So a well-trained classifier does not reach 0; it reaches the uncertainty of the labels.",
    )


@claim(
    "worked-numbers",
    "The numbers of the worked example and of the text.",
    assumes=("logits (3, 1, 0)", "the second class is the true one"),
)
def worked_numbers(rng):
    z, y = np.array([[3.0, 1, 0]]), np.array([[0.0, 1, 0]])
    p = softmax(z)[0]
    q = smoothed(1, 3, 0.1)
    wide = 10
    return outcome(
        equal("sum of exponentials", np.exp(z).sum(), 23.80, tolerance=5e-3), equal("lse", lse(z)[0], 3.170, tolerance=5e-4),
        equal("P", p, [0.844, 0.114, 0.042], tolerance=5e-4), equal("P of the truth", p[1], 0.114, tolerance=5e-4),
        equal("loss", loss(z, y), 2.170, tolerance=5e-4), equal("−ln P", -np.log(p[1]), 2.170, tolerance=5e-4),
        equal("gradient", gradient(z, y)[0], [0.844, -0.886, 0.042], tolerance=5e-4),
        equal("loss after a step of 1", loss(z - gradient(z, y), y), 0.899, tolerance=5e-4),
        equal("q", q, [0.033, 0.933, 0.033], tolerance=5e-4), equal("smoothed loss", loss(z, q[None]), 2.137, tolerance=5e-4),
        equal("binary σ", 1 / (1 + np.exp(-2)), 0.881, tolerance=5e-4), equal("binary loss", binary(2.0, 0), 2.127, tolerance=5e-4),
        equal("focal loss", focal(p[1], 2), 1.703, tolerance=5e-4), equal("focal factor at 0.9", 0.1**2 * 100, 1, tolerance=1e-9),
        equal("surprise at 1 in 1000", np.log(1000), 6.9, tolerance=0.05),
        equal("first loss with 50257 classes", np.log(50257), 10.82, tolerance=5e-3),
        equal("floor when the softmax is taken twice, 10 classes", lse(np.eye(wide)[0]) - 1, 1.461, tolerance=5e-4),
        equal("memory of the logits in gigabytes", 8 * 2048 * 128256 * 4 / 1e9, 8.4, tolerance=0.05),
        equal("squared error's slope in the logit at −6", 2 * (1 / (1 + np.exp(6.0)) - 1) * (1 / (1 + np.exp(6.0))) * (1 / (1 + np.exp(-6.0))), -0.0049, tolerance=5e-5),
        equal("cross-entropy's slope there", 1 / (1 + np.exp(6.0)) - 1, -0.998, tolerance=5e-4),
    )  # fmt: skip


@derivation(
    "likelihood-steps",
    "The loss is the negative mean log-likelihood of the labels.",
    assumes=("one-hot labels", "labels are independent given the inputs"),
)
def likelihood_steps(rng, batch: Annotated[int, Range(1, 4)] = 3, classes: Annotated[int, Range(2, 4)] = 3):
    z, labels, y = problem(rng, batch, classes)
    p = softmax(z)
    likelihood = np.prod(p[np.arange(batch), labels])
    everything = sum(np.prod(p[np.arange(batch), list(c)]) for c in product(range(classes), repeat=batch))
    return outcome(
        equal("probabilities of all labellings", everything, 1, tolerance=1e-9),
        equal("logarithm of the likelihood", np.log(likelihood), np.sum(np.log(p[np.arange(batch), labels])), tolerance=1e-9),
        equal("−log-likelihood over B", -np.log(likelihood) / batch, loss(z, y), tolerance=1e-9),
    )


@derivation(
    "gradient-steps",
    "The gradient by the logits.",
    assumes=("Z holds logits", "target rows sum to 1"),
    after={2: (), 3: (), 4: (1, 2, 3), 6: (4,)},
)
def gradient_steps(rng, classes: Classes = 4, batch: Batch = 3):
    z, q = rng.normal(size=(1, classes)), rng.dirichlet(np.ones(classes))[None]
    p = softmax(z)[0]
    label = int(rng.integers(classes))
    many, _, y = problem(rng, batch, classes)
    return outcome(
        equal("ℓ", -np.log(p[label]), lse(z)[0] - z[0, label], tolerance=1e-9),
        equal("∂lse/∂z", slope(lambda: lse(z)[0], z)[0], p, tolerance=1e-8),
        equal("∂z_y/∂z", slope(lambda: z[0, label], z)[0], np.eye(classes)[label], tolerance=1e-8),
        equal("∂ℓ/∂z", p - np.eye(classes)[label], slope(lambda: lse(z)[0] - z[0, label], z)[0], tolerance=1e-8),
        equal("with a soft target", p - q[0], slope(lambda: loss(z, q), z)[0], tolerance=1e-8),
        equal("∂L/∂Z", gradient(many, y), slope(lambda: loss(many, y), many), tolerance=1e-8),
    )


@failure(
    "softmax-twice",
    "Given probabilities where it expects logits, the loss has a floor and hardly any slope.",
    of="logit-gradient",
    without="Z holds logits",
)
def softmax_twice(rng, classes: Classes = 10, lead: Annotated[float, Range(0.0, 30)] = 5.0):
    z, y = np.zeros((1, classes)), np.eye(classes)[[0]]
    z[0, 0] = lead
    truth = slope(lambda: loss(softmax(z), y), z)
    leads = np.linspace(0, 12, 100)
    curve = [[loss(f(s * np.eye(classes)[[0]]), y) for s in leads] for f in (lambda x: x, softmax)]
    return outcome(
        equal("∂L/∂Z", gradient(z, y), truth, tolerance=1e-7),
        figure("loss", loss(softmax(z), y)), figure("least possible loss", lse(np.eye(classes)[0]) - 1),
        figure("the loss it should be", loss(z, y)),
        given=[equal("sum of the target", y.sum(), 1)],
        message="The second softmax sees numbers between 0 and 1 and can never be sure.",
        plot=Plot("lead of the true logit", "loss", (Line("from logits", leads, curve[0]), Line("softmax taken twice", leads, curve[1])),
                  "From logits the loss falls to zero; with the softmax taken twice it stops at a floor well above zero."),
    )  # fmt: skip


@failure(
    "log-of-softmax",
    "The logarithm of a computed softmax is lost as soon as a probability is rounded to 0.",
    of="forms",
    without="the loss is computed from the logits",
)
def log_of_softmax(rng, gap: Annotated[float, Range(1, 2000)] = 800.0, precision: Literal["double", "single"] = "double"):
    kind = np.float64 if precision == "double" else np.float32
    z = np.array([[gap, 0.0]], dtype=kind)
    shifted = np.exp(z - z.max())
    p = shifted / shifted.sum()
    with np.errstate(divide="ignore"):
        naive = -np.log(p[0, 1])
    return outcome(
        equal("−mean log P of the true class", naive, loss(z.astype(float), np.array([[0.0, 1.0]])), relative=1e-3),
        figure("P of the true class, as computed", p[0, 1]),
        given=[equal("loss from the logits", loss(z, np.array([[0, 1]], dtype=kind)), gap, tolerance=1 if gap < 20 else 1e-2)],
        message=f"Logits ({gap:g}, 0), the second class is true, {precision} precision. The softmax itself did subtract its maximum.",
    )


@failure(
    "no-smoothing",
    "Without smoothing, an example that is right can always be made less costly by larger logits.",
    of="best-lead",
    without="0 < ε < 1",
)
def no_smoothing(rng, classes: Classes = 10, furthest: Annotated[float, Range(5, 30)] = 20.0):
    leads = np.linspace(0, furthest, 400)
    losses = losses_by_lead(leads, 1, classes, 0.0)
    smooth = losses_by_lead(leads, 1, classes, 0.1)
    lead = np.log(0.9 * classes / 0.1 + 1)
    return outcome(
        equal("best lead", leads[np.argmin(losses)], lead, tolerance=2 * (leads[1] - leads[0])),
        figure("loss at the far end", losses[-1]),
        given=[at_most("the same with ε = 0.1: best lead", leads[np.argmin(smooth)], furthest)],
        message="The best lead is always the largest one tried. On separable data all weights grow without limit.",
    )


@failure(
    "focal-not-proper",
    "The focal loss is least at a prediction that is not the probability.",
    of="proper",
    without="γ = 0, the plain cross-entropy",
)
def focal_not_proper(rng, truth: Annotated[float, Range(0.05, 0.95)] = 0.8, gamma: Annotated[float, Range(0.5, 5)] = 2.0):
    grid = np.linspace(0.02, 0.98, 49)
    return outcome(
        equal("best prediction", minimiser(gamma, truth), truth, tolerance=1e-3),
        given=[equal("best prediction for γ = 0", minimiser(0.0, truth), truth, tolerance=1e-3)],
        message=f"The event has probability {truth:g}, γ = {gamma:g}. The best prediction is nearer to one half.",
        plot=Plot("probability of the event", "best prediction", (Line("focal", grid, [minimiser(gamma, t) for t in grid]), Line("cross-entropy", grid, grid)),
                  "The best prediction under the focal loss lies between the probability and one half."),
    )  # fmt: skip


@failure(
    "wrong-labels",
    "With a share of labels flipped, the least expected loss belongs to the flipped probability, not the true one.",
    of="proper",
    without="the labels are drawn from η",
)
def wrong_labels(rng, truth: Annotated[float, Range(0.01, 0.99)] = 0.98, flipped: Annotated[float, Range(0.0, 0.4)] = 0.1):
    seen = truth * (1 - flipped) + (1 - truth) * flipped
    return outcome(
        equal("best prediction", minimiser(0.0, seen), truth, tolerance=1e-3),
        figure("loss of one flipped example, predicted truthfully", -np.log(1 - truth)),
        figure("its share of the expected loss", (1 - seen) * -np.log(1 - truth) / (-(1 - seen) * np.log(1 - truth) - seen * np.log(truth))),
        given=[equal("probability of a positive label", seen, truth + flipped * (1 - 2 * truth), tolerance=1e-12)],
        message=f"{flipped:.0%} of the labels are flipped. A model that is right pays most of its loss on them.",
    )
