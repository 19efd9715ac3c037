"""Checks of the page on low-rank adaptation: merging, the start, the scale, and what a rank can reach."""

from itertools import product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that, use,
)

taught = use("exercises/write-lora-layer/solution.py")

Size = Annotated[int, Range(6, 48)]
Rank = Annotated[int, Range(1, 6)]
Scale = Literal["alpha/r", "alpha/sqrt(r)", "alpha"]


def trained(rng, d, k, rank, alpha=16.0, size=0.05, weight=None):
    """A layer whose second factor is no longer zero, as after training."""
    weight = rng.normal(size=(d, k)) / np.sqrt(k) if weight is None else weight
    layer = taught.LoRALayer(weight, rank, alpha, rng)
    layer.B = size * rng.normal(size=(d, rank))
    return layer


def same_after_merging(layer, merged, x):
    return equal("outputs after merging", x @ merged.T, layer.forward(x), tolerance=1e-9)


@claim(
    "merging",
    "h = W₀x + (α/r)BAx is one matrix applied to x; the update has rank at most r, and r(d + k) numbers are trained.",
    assumes=("the update is added to the very weight it was trained beside", "the sum is kept to enough digits"),
)
def merging(rng, d: Size = 24, k: Size = 32, rank: Rank = 4):
    layer, x = trained(rng, d, k, rank), rng.normal(size=(5, k))
    merged = layer.merge()
    return outcome(
        same_after_merging(layer, merged, x),
        at_most("rank of the update", np.linalg.matrix_rank(merged - layer.weight, tol=1e-9), rank),
        equal("trained numbers", sum(p.size for p in layer.parameters()), rank * (d + k)),
        figure("numbers in the full matrix", d * k),
        figure("rank of the merged matrix", np.linalg.matrix_rank(merged)),
        message="Only the update is thin. The merged matrix is as large as before, and in general of full rank.",
    )


def four_bits(weight):
    """Rounded to 15 equal levels a row: a plain 4-bit format (that of QLoRA spaces its levels unevenly)."""
    step = np.abs(weight).max(axis=1, keepdims=True) / 7
    return step * np.round(weight / step)


@failure(
    "other-base",
    "Factors trained beside a 4-bit weight, merged into the 16-bit original or rounded again, give another function.",
    of="merging",
    without="the update is added to the very weight it was trained beside",
)
def other_base(rng, d: Size = 24, k: Size = 32, rank: Rank = 4, size: Annotated[float, Range(0.001, 0.05)] = 0.01):
    original, x = rng.normal(size=(d, k)) / np.sqrt(k), rng.normal(size=(200, k))
    layer = trained(rng, d, k, rank, size=size, weight=four_bits(original))
    update = layer.merge() - layer.weight
    size_of_update = np.linalg.norm(x @ update.T)
    into_original, rounded = original + update, four_bits(layer.merge())

    def error(w):
        return np.linalg.norm(x @ w.T - layer.forward(x)) / size_of_update

    return outcome(
        same_after_merging(layer, into_original, x),
        figure("error into the original, against the size of the update", error(into_original)),
        figure("error rounded to 4 bits again, against the size of the update", error(rounded)),
        given=[equal("outputs beside its own base", x @ layer.merge().T, layer.forward(x), tolerance=1e-9)],
        message="The factors were fitted to the rounded weight, errors included. Neither merged matrix is that sum.",
    )


def bfloat16(x):
    """Rounded to bfloat16, to nearest and ties to even: 8 significant bits."""
    bits = np.asarray(x, dtype=np.float32).view(np.uint32)
    return ((bits + ((bits >> 16) & 1) + 0x7FFF) & 0xFFFF0000).astype(np.uint32).view(np.float32).astype(float)


@failure(
    "short-digits",
    "Merged in bfloat16, an update below half the spacing of the weights is lost.",
    of="merging",
    without="the sum is kept to enough digits",
)
def short_digits(rng, d: Size = 24, k: Size = 32, rank: Rank = 4, size: Annotated[float, Range(0.00001, 0.01)] = 0.0001):
    base = bfloat16(rng.normal(size=(d, k)) / np.sqrt(k))
    layer, x = trained(rng, d, k, rank, size=size, weight=base), rng.normal(size=(5, k))
    merged = bfloat16(layer.merge())
    return outcome(
        same_after_merging(layer, merged, x),
        figure("share of entries that the merge left as they were", np.mean(merged == base)),
        given=[equal("the base weight in bfloat16", bfloat16(base), base)],
        message="Kept apart, the two small factors keep their digits; added to large weights they lose them.",
    )


def loss(weight, target):
    return 0.5 * np.sum((weight - target) ** 2)


def factor_gradients(layer, target):
    """The gradients of both factors for the loss ½‖W − target‖², as the page derives them."""
    g = layer.merge() - target
    return layer.scale * g @ layer.A.T, layer.scale * layer.B.T @ g


def descend(layer, target, steps, rate):
    """Gradient descent on both factors at once; the losses, the first before any step."""
    losses = [loss(layer.merge(), target)]
    for _ in range(steps):
        gb, ga = factor_gradients(layer, target)
        layer.B, layer.A = layer.B - rate * gb, layer.A - rate * ga
        losses.append(loss(layer.merge(), target))
    return losses


def starts_and_learns(layer, target, steps=20):
    base = layer.merge()
    gb, ga = factor_gradients(layer, target)
    start = [equal("start, against the base", base, layer.weight, tolerance=1e-12)]
    losses = descend(layer, target, steps, rate=0.02 / layer.scale**2)
    return [*start, at_least("share of the loss removed", 1 - losses[-1] / losses[0], 0.001)], gb, ga, losses


@claim(
    "start",
    "Training begins at the pre-trained layer and moves; at the first step only B has a gradient.",
    assumes=("A starts random", "B starts at zero"),
)
def start(rng, d: Size = 12, k: Size = 16, rank: Rank = 2, alpha: Annotated[float, Range(1, 64)] = 8.0):
    layer = taught.LoRALayer(rng.normal(size=(d, k)), rank, alpha, rng)
    conditions, gb, ga, losses = starts_and_learns(layer, layer.weight + rng.normal(size=(d, k)))
    return outcome(
        *conditions,
        equal("first gradient of A", ga, np.zeros_like(ga)),
        at_least("length of the first gradient of B", np.linalg.norm(gb), 0.01),
        plot=Plot("step", "loss", (Line("gradient descent", np.arange(len(losses)), np.array(losses)),), "The loss falls step by step from its value at the base weight."),
    )  # fmt: skip


@failure(
    "both-zero",
    "With both factors zero neither ever gets a gradient.",
    of="start",
    without="A starts random",
)
def both_zero(rng, d: Size = 12, k: Size = 16, rank: Rank = 2):
    layer = taught.LoRALayer(rng.normal(size=(d, k)), rank, 8.0, rng)
    layer.A = np.zeros_like(layer.A)
    conditions, gb, ga, _ = starts_and_learns(layer, layer.weight + rng.normal(size=(d, k)))
    return outcome(
        *conditions,
        figure("largest entry of both gradients", max(np.abs(gb).max(), np.abs(ga).max())),
        given=[equal("B at the start, all entries", taught.LoRALayer(layer.weight, rank, 8.0, rng).B, np.zeros((d, rank)))],
        message="Each gradient is a product with the other factor. Twenty steps later the layer is still the base.",
    )


@failure(
    "both-random",
    "With both factors random the first output is not that of the pre-trained model.",
    of="start",
    without="B starts at zero",
)
def both_random(rng, d: Size = 12, k: Size = 16, rank: Rank = 2):
    layer = trained(rng, d, k, rank, alpha=8.0, size=0.1)
    off = np.linalg.norm(layer.merge() - layer.weight) / np.linalg.norm(layer.weight)
    conditions, _, ga, _ = starts_and_learns(layer, layer.weight + rng.normal(size=(d, k)))
    return outcome(
        *conditions,
        figure("length of the random update, against the weight", off),
        given=[at_least("length of the first gradient of A", np.linalg.norm(ga), 1e-6)],
        message="It does learn, but first from a damaged model.",
    )


def scale_of(alpha, rank, kind):
    return {"alpha/r": alpha / rank, "alpha/sqrt(r)": alpha / np.sqrt(rank), "alpha": alpha}[kind]


def all_starts(rank, k):
    """Every A whose entries are ±1: an exact law with variance 1 and independent entries."""
    return np.array(list(product((-1.0, 1.0), repeat=rank * k))).reshape(-1, rank, k)


def mean_first_fall(g, rank, s, sign=False):
    """Mean first-order fall of the loss in the first step, per unit of learning rate, over all starts A."""
    gb = s * np.einsum("ij,arj->air", g, all_starts(rank, g.shape[1]))
    move = np.sign(gb) if sign else gb
    return np.sum(move * gb, axis=(1, 2)).mean()


@claim(
    "scale-and-rank",
    "On average the first step lowers the loss in proportion to r·s² under gradient descent, and to r·s under steps of signs, as Adam's first.",
    assumes=("entries of A independent, of mean 0 and one variance", "B starts at zero"),
)
def scale_and_rank(rng, rank: Annotated[int, Range(1, 3)] = 3, alpha: Annotated[float, Range(1, 32)] = 16.0, kind: Scale = "alpha/r"):
    g = rng.normal(size=(3, 4))
    s, one = scale_of(alpha, rank, kind), mean_first_fall(g, 1, 1.0, sign=True)
    descent, signs = mean_first_fall(g, rank, s), mean_first_fall(g, rank, s, sign=True)
    ranks = np.arange(1, 65)
    curves = [Line(f"{how}, {name}", ranks, ranks * scale_of(1.0, ranks, name) ** power)
              for how, power in (("descent", 2), ("signs", 1)) for name in ("alpha/r", "alpha/sqrt(r)")]  # fmt: skip
    return outcome(
        equal("fall under gradient descent", descent, rank * s**2 * np.sum(g**2), relative=1e-9),
        equal("fall under steps of signs", signs, rank * s * one, relative=1e-9),
        figure("descent, against rank 1 with the same α", descent / (alpha**2 * np.sum(g**2))),
        figure("signs, against rank 1 with the same α", signs / (alpha * one)),
        message=f"All {2 ** (4 * rank)} sign matrices A of shape {rank} × 4.",
        plot=Plot("rank r", "first fall of the loss, against rank 1", tuple(curves),
                  "Under descent, alpha over r falls as one over r and alpha over root r stays level. Under signs, alpha over r stays level and alpha over root r rises as the root of r.", log_y=True),
    )  # fmt: skip


def best_factors(delta, rank):
    """The truncated singular value decomposition of an update, as two factors."""
    u, sigma, vt = np.linalg.svd(delta, full_matrices=False)
    return u[:, :rank] * sigma[:rank], vt[:rank], np.sqrt(np.sum(sigma[rank:] ** 2))


@claim(
    "reach",
    "Factors of rank r reach any update of rank at most r exactly.",
    assumes=("the needed update has rank at most r",),
)
def reach(rng, d: Size = 20, k: Size = 20, rank: Rank = 4):
    delta = rng.normal(size=(d, rank)) @ rng.normal(size=(rank, k))
    b, a, tail = best_factors(delta, rank)
    return outcome(equal("best update of rank r", b @ a, delta, tolerance=1e-9), figure("distance left", tail))


@failure(
    "full-rank-change",
    "A change whose singular values fall off slowly is out of reach of a small rank.",
    of="reach",
    without="the needed update has rank at most r",
)
def full_rank_change(rng, decay: Annotated[float, Range(0, 2)] = 0.5, rank: Rank = 4, size: Annotated[int, Range(8, 48)] = 40):
    q, p = (np.linalg.qr(rng.normal(size=(size, size)))[0] for _ in range(2))
    sigma = np.arange(1.0, size + 1) ** -decay
    delta = q * sigma @ p
    b, a, tail = best_factors(delta, rank)
    left = np.sqrt(np.append(np.cumsum(sigma[::-1] ** 2)[::-1], 0) / np.sum(sigma**2))
    return outcome(
        equal("best update of rank r", b @ a, delta, tolerance=1e-9),
        figure("share of the change, in length, that is out of reach", tail / np.linalg.norm(delta)),
        given=[equal("distance left, by the singular values", np.linalg.norm(delta - b @ a), tail, relative=1e-9)],
        plot=Plot("rank r", "share out of reach", (Line(f"singular values i^-{decay:g}", np.arange(size + 1), left),),
                  "The share of the change out of reach falls slowly with the rank and is zero only at full rank."),
    )  # fmt: skip


@claim(
    "best-rank",
    "No product BA of rank r is nearer to Δ than √(Σ_{i>r} σᵢ²), and gradient descent on the factors gets there.",
    assumes=("the distance is the Frobenius norm of one layer's update",),
)
def best_rank(rng, rank: Annotated[int, Range(1, 3)] = 2, kind: Literal["random", "trained"] = "trained"):
    q, p = (np.linalg.qr(rng.normal(size=(6, 6)))[0] for _ in range(2))
    delta = q * np.array([4, 3, 2, 1, 0.5, 0.2]) @ p
    tail = best_factors(delta, rank)[2]
    layer = taught.LoRALayer(np.zeros((6, 6)), rank, float(rank), rng)
    if kind == "random":
        layer.B = rng.normal(size=(6, rank))
    else:
        descend(layer, delta, 1500, 0.05)
    found = np.linalg.norm(layer.merge() - delta)
    tight = [equal("distance, trained", found, tail, relative=1e-3)] if kind == "trained" else []
    return outcome(at_least("distance", found, tail, slack=1e-9), *tight, figure("least distance", tail))


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    w, a, x, t = np.array([[1.0, 0, 2], [0, 1, -1]]), np.array([[1.0, 0, 1]]), np.ones(3), np.array([4.0, 2])
    layer = taught.LoRALayer(w, 1, 2.0, rng)
    layer.A = a
    e = layer.forward(x) - t
    gb, ga = 2 * np.outer(e, x) @ a.T, 2 * layer.B.T @ np.outer(e, x)
    first, e0 = layer.forward(x), e
    layer.B = layer.B - 0.05 * gb
    e = layer.forward(x) - t
    merged = layer.merge()
    per_matrix, full = 8 * (4096 + 4096), 4096 * 4096
    seven = 32 * 4 * per_matrix
    return outcome(
        equal("output at the start", first, [3, 0]), equal("error at the start", e0, [-1, -2]),
        equal("gradient of B", gb[:, 0], [-4, -8]), equal("gradient of A at the start", ga, np.zeros((1, 3))),
        equal("B after one step", layer.B[:, 0], [0.2, 0.4], tolerance=1e-12),
        equal("output after one step", layer.forward(x), [3.8, 1.6], tolerance=1e-12),
        equal("loss before", 0.5 * e0 @ e0, 2.5), equal("loss after", 0.5 * e @ e, 0.1, tolerance=1e-12),
        equal("merged", merged, [[1.4, 0, 2.4], [0.8, 1, -0.2]], tolerance=1e-12),
        equal("output of the merged matrix", merged @ x, [3.8, 1.6], tolerance=1e-12),
        equal("second gradient of A", 2 * layer.B.T @ np.outer(e, x), [[-0.4, -0.4, -0.4]], tolerance=1e-12),
        equal("trained numbers, one matrix", per_matrix, 65536), equal("full matrix", full / 1e6, 16.8, tolerance=0.05),
        equal("share trained", 100 * per_matrix / full, 0.39, tolerance=5e-3, unit="%"),
        equal("full fine-tuning, bytes for 7 billion", 16 * 7, 112, unit="GB"),
        equal("base in 16 bits", 2 * 7, 14, unit="GB"), equal("trained numbers, in millions", seven / 1e6, 8.4, tolerance=0.05),
        equal("what the trained numbers need", 16 * seven / 1e9, 0.13, tolerance=5e-3, unit="GB"),
        equal("ratio of ranks", scale_of(1, 64, "alpha/r") / scale_of(1, 8, "alpha/r"), 1 / 8),
    )  # fmt: skip


def difference(f, x, h=1e-5):
    """The gradient of f at a matrix, by central differences."""
    found = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = h
        found[i] = (f(x + step) - f(x - step)) / (2 * h)
    return found


@derivation("gradient-steps", "From the gradient of the full weight to the first step of a LoRA layer.",
            assumes=("the loss is differentiable in the weight",))  # fmt: skip
def gradient_steps(rng, rank: Annotated[int, Range(1, 3)] = 2, alpha: Annotated[float, Range(1, 8)] = 4.0, rate: Annotated[float, Range(0.001, 1)] = 0.1):
    w, b, s = rng.normal(size=(3, 4)), rng.normal(size=(3, rank)), alpha / rank
    a, c = rng.normal(size=(rank, 4)), rng.normal(size=(3, 4))

    def f(weight):
        return np.sum(np.tanh(weight) * c)

    g = c / np.cosh(w + s * b @ a) ** 2
    db, da, h = rng.normal(size=b.shape), rng.normal(size=a.shape), 1e-6
    moved = ((b + h * db) @ (a + h * da) - (b - h * db) @ (a - h * da)) * s / (2 * h)
    first = c / np.cosh(w) ** 2
    layer = taught.LoRALayer(w, rank, alpha, rng)
    layer.B = layer.B - rate * difference(lambda y: f(w + s * y @ layer.A), layer.B)
    update = layer.merge() - w
    squares = np.mean([x.T @ x for x in all_starts(rank, 4)], axis=0)
    return outcome(
        equal("dW", moved, s * (db @ a + b @ da), tolerance=1e-6),
        equal("∂L/∂B", difference(lambda y: f(w + s * y @ a), b), s * g @ a.T, tolerance=1e-6),
        equal("∂L/∂A", difference(lambda y: f(w + s * b @ y), a), s * b.T @ g, tolerance=1e-6),
        equal("first change of W", update, -rate * s**2 * first @ layer.A.T @ layer.A, tolerance=1e-6),
        equal("mean of AᵀA", squares, rank * np.eye(4), tolerance=1e-12),
        equal("mean first change", -rate * s**2 * first @ squares, -rate * s**2 * rank * first, tolerance=1e-9),
        given=[that("both factors random, so no term hides", bool(np.any(b) and np.any(a)))],
    )
