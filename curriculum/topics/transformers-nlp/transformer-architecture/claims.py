"""Checks of the page on the transformer: who sees whom, what a layer costs, and what is lost with each part."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Range, at_least, claim, derivation, equal, failure, figure, outcome

Length = Annotated[int, Range(2, 10)]
Depth = Annotated[int, Range(1, 4)]
WIDTH, HEADS = 16, 4


def softmax(scores):
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def norm(x):
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)


def weights_of(rng, depth, width=WIDTH):
    """For each block: four matrices of attention, four of cross-attention, two of the feed-forward network."""
    return [
        {
            "own": rng.normal(size=(4, width, width)) / np.sqrt(width),
            "cross": rng.normal(size=(4, width, width)) / np.sqrt(width),
            "up": rng.normal(size=(width, 4 * width)) / np.sqrt(width),
            "down": rng.normal(size=(4 * width, width)) / np.sqrt(4 * width),
        }
        for _ in range(depth)
    ]


def attention(queries, sources, w, mask):
    """Multi-head attention of the queries over the sources. Returns the output and the weights of all heads."""
    size, out, maps = queries.shape[1] // HEADS, 0.0, []
    for p in np.split(np.arange(queries.shape[1]), HEADS):
        scores = (queries @ w[0][:, p]) @ (sources @ w[1][:, p]).T / np.sqrt(size)
        maps.append(softmax(scores + mask))
        out = out + maps[-1] @ (sources @ w[2][:, p]) @ w[3][p]
    return out, maps


def causal(n):
    return np.where(np.tri(n) == 1, 0.0, -np.inf)


def stack(x, blocks, *, mask=0.0, source=None, parts="attention, feed-forward, residual"):
    """All blocks in pre-norm form, with a last norm. `parts` says what is there; with a source, cross-attention too."""
    keep = 1.0 if "residual" in parts else 0.0
    for w in blocks:
        if "attention" in parts:
            x = keep * x + attention(norm(x), norm(x), w["own"], mask)[0]
        if source is not None:
            x = keep * x + attention(norm(x), source, w["cross"], 0.0)[0]
        if "feed-forward" in parts:
            x = keep * x + np.maximum(norm(x) @ w["up"], 0) @ w["down"]
    return norm(x)


def positions(n, d=WIDTH):
    angle = np.multiply.outer(np.arange(n), 10000.0 ** (-np.arange(0, d, 2) / d))
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


def seen(run, inputs):
    """Which inputs each output depends on: change one row after the other and look."""
    plain, found = run(inputs), []
    for j in range(len(inputs)):
        moved = inputs.copy()
        moved[j] += 1 + np.arange(inputs.shape[1]) % 3
        found.append(np.abs(run(moved) - plain).max(axis=1) > 1e-9)
    return np.array(found, dtype=float).T


@claim(
    "who-sees-whom",
    "In an encoder every output depends on every input; in a decoder on the inputs up to its own position; with cross-attention also on the whole source.",
    assumes=("attention is part of every block", "each family has its own mask"),
)
def who_sees_whom(rng, family: Literal["encoder-only", "decoder-only", "encoder–decoder"] = "decoder-only", n: Length = 5, depth: Depth = 2):
    x, blocks, more = rng.normal(size=(n, WIDTH)), weights_of(rng, depth), weights_of(rng, depth)
    source = rng.normal(size=(n + 1, WIDTH))
    if family == "encoder-only":
        return outcome(equal("dependence of outputs on inputs", seen(lambda z: stack(z, blocks), x), np.ones((n, n))))
    if family == "decoder-only":
        return outcome(equal("dependence of outputs on inputs", seen(lambda z: stack(z, blocks, mask=causal(n)), x), np.tri(n)))
    memory = stack(source, more)
    return outcome(
        equal("dependence of outputs on inputs", seen(lambda z: stack(z, blocks, mask=causal(n), source=memory), x), np.tri(n)),
        equal("dependence on the source", seen(lambda s: stack(x, blocks, mask=causal(n), source=stack(s, more)), source), np.ones((n, n + 1))),
    )


@failure(
    "no-attention",
    "Without attention each position is alone, at any depth.",
    of="who-sees-whom",
    without="attention is part of every block",
)
def no_attention(rng, n: Length = 5, depth: Depth = 2):
    x, blocks = rng.normal(size=(n, WIDTH)), weights_of(rng, depth)
    got = seen(lambda z: stack(z, blocks, parts="feed-forward, residual"), x)
    return outcome(
        equal("dependence of outputs on inputs", got, np.ones((n, n))),
        figure("pairs of different positions that are connected", got.sum() - np.trace(got)),
        given=[equal("dependence on the own input", np.diag(got), np.ones(n))],
    )


def reordered(rng, n, depth, *, placed=False, mask=0.0):
    """The largest difference between outputs of permuted inputs and permuted outputs."""
    x, blocks, order = rng.normal(size=(n, WIDTH)), weights_of(rng, depth), np.roll(np.arange(n), 1)
    place = positions(n) if placed else 0.0
    return np.abs(stack(x[order] + place, blocks, mask=mask) - stack(x + place, blocks, mask=mask)[order]).max()


@claim(
    "order-is-not-seen",
    "Permuting the inputs permutes the outputs, at any depth.",
    assumes=("no positions are supplied", "no mask"),
)
def order_is_not_seen(rng, n: Length = 5, depth: Depth = 2):
    return outcome(equal("difference after reordering", reordered(rng, n, depth), 0, tolerance=1e-9))


@failure(
    "positions-supplied",
    "With positions added the order counts: the same tokens in another order give other vectors.",
    of="order-is-not-seen",
    without="no positions are supplied",
)
def positions_supplied(rng, n: Length = 5, depth: Depth = 2):
    return outcome(equal("difference after reordering", reordered(rng, n, depth, placed=True), 0, tolerance=1e-9))


@failure(
    "mask-breaks-symmetry",
    "A causal mask breaks the symmetry as well: how much a token sees depends on its place.",
    of="order-is-not-seen",
    without="no mask",
)
def mask_breaks_symmetry(rng, n: Length = 5, depth: Depth = 2):
    return outcome(equal("difference after reordering", reordered(rng, n, depth, mask=causal(n)), 0, tolerance=1e-9))


def layer_work(n, d, heads):
    """Multiplications of one block for n positions, product by product."""
    size = d // heads
    products = [(n, d, d)] * 4 + heads * [(n, size, n), (n, n, size)] + [(n, d, 4 * d), (n, 4 * d, d)]
    return sum(a * b * c for a, b, c in products)


@claim(
    "cost",
    "A block takes 12nd² + 2n²d multiplications; the second term reaches the first at n = 6d.",
    assumes=("the feed-forward network is four times as wide", "the mask saves no work"),
)
def cost(rng, n: Annotated[int, Range(1, 8192)] = 1024, size: Annotated[int, Range(1, 128)] = 64, heads: Annotated[int, Range(1, 32)] = 12):
    d = size * heads
    lengths = np.unique(np.geomspace(64, 65536, 25).astype(int))
    return outcome(
        equal("multiplications", layer_work(n, d, heads), 12 * n * d * d + 2 * n * n * d),
        equal("at n = 6d, against twice the first term", layer_work(6 * d, d, heads), 2 * 12 * (6 * d) * d * d),
        figure("share of the second term", 2 * n * n * d / layer_work(n, d, heads)),
        message=f"n = {n}, d = {d}, {heads} heads.",
        plot=Plot(
            "length n", "multiplications of a block",
            (Line("projections and feed-forward", lengths, 12.0 * lengths * d * d), Line("scores and mixtures", lengths, 2.0 * lengths**2 * d)),
            "On logarithmic axes the cost of scores and mixtures rises twice as steeply and crosses the other at six times the width.",
            log_x=True, log_y=True,
        ),
    )  # fmt: skip


def apart(x):
    """How different the rows are: the distance from the matrix in which all rows are their mean, as a share."""
    return np.linalg.norm(x - x.mean(axis=0)) / np.linalg.norm(x)


@claim(
    "rows-stay-apart",
    "At the start of training the rows of a transformer stay different through many blocks.",
    assumes=("residual connections around every sub-layer",),
)
def rows_stay_apart(rng, depth: Annotated[int, Range(1, 16)] = 12, n: Annotated[int, Range(4, 16)] = 8):
    x = rng.normal(size=(n, WIDTH))
    return outcome(at_least("difference of the rows, as a share", apart(stack(x, weights_of(rng, depth))), 0.05))


@failure(
    "rows-collapse",
    "Without residual connections attention averages again and again, and all rows become the same.",
    of="rows-stay-apart",
    without="residual connections around every sub-layer",
)
def rows_collapse(rng, depth: Annotated[int, Range(2, 16)] = 12, n: Annotated[int, Range(4, 16)] = 8):
    x, blocks, depths = rng.normal(size=(n, WIDTH)), weights_of(rng, depth), np.arange(depth + 1)
    kinds = {"attention alone": "attention", "without residuals": "attention, feed-forward", "whole blocks": "attention, feed-forward, residual"}
    shares = {name: [apart(stack(x, blocks[:k], parts=parts)) for k in depths] for name, parts in kinds.items()}
    return outcome(
        at_least("difference of the rows, as a share", shares["without residuals"][-1], 0.05),
        figure("the same with residual connections", shares["whole blocks"][-1]),
        figure("with attention alone", shares["attention alone"][-1]),
        given=[at_least("difference at the input", shares["whole blocks"][0], 0.5)],
        message=f"{depth} blocks with norms, attention and feed-forward networks, but no additions.",
        plot=Plot(
            "blocks", "difference of the rows",
            [Line(name, depths, np.maximum(y, 1e-16)) for name, y in shares.items()],
            "On a logarithmic axis the difference of the rows falls steeply with depth without residual connections, and hardly for whole blocks.",
            log_y=True,
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    d, layers, vocabulary, n = 768, 12, 50257, 1024
    block = 4 * d * d + 4 * d + 2 * (4 * d * d) + 4 * d + d + 2 * 2 * d
    token = layers * (12 * d * d + 2 * n * d) + vocabulary * d
    return outcome(
        equal("weights of a block", block, 7087872), equal("as a formula", block, 12 * d * d + 13 * d),
        equal("all blocks", layers * block, 85054464), equal("token table", vocabulary * d, 38597376), equal("position table", n * d, 786432),
        equal("total", layers * block + vocabulary * d + n * d + 2 * d, 124439808),
        equal("width of a head", d / 12, 64),
        equal("weights of attention at 2 x 1024", 2 * 12 * n * n / 1e6, 25.2, tolerance=0.05, unit="million"),
        equal("logits, megabytes", 2 * n * vocabulary * 4 / 1e6, 412, tolerance=0.5, unit="MB"),
        equal("multiplications for each token", token / 1e6, 142.4, tolerance=0.05, unit="million"),
        equal("share of scores and mixtures in a block", 100 * 2 * n * d / (12 * d * d + 2 * n * d), 18.2, tolerance=0.05, unit="%"),
        equal("share of the output layer", 100 * vocabulary * d / token, 27.1, tolerance=0.05, unit="%"),
        equal("length at which they are equal", 6 * d, 4608),
    )  # fmt: skip


@derivation("order-steps", "Why a transformer without positions cannot see order.", assumes=("no positions are supplied", "no mask"))
def order_steps(rng, n: Length = 5, depth: Depth = 2):
    x, blocks = rng.normal(size=(n, WIDTH)), weights_of(rng, depth)
    turn, w = np.eye(n)[rng.permutation(n)], blocks[0]["own"]
    first, maps = attention(x, x, w, 0.0)
    other, turned = attention(turn @ x, turn @ x, w, 0.0)
    p = np.arange(WIDTH // HEADS)
    scores, moved = ((z @ w[0][:, p]) @ (z @ w[1][:, p]).T for z in (x, turn @ x))

    def each(z):
        return z + np.maximum(norm(z) @ blocks[0]["up"], 0) @ blocks[0]["down"]

    return outcome(
        equal("scores", moved, turn @ scores @ turn.T, tolerance=1e-9),
        equal("weights", turned[0], turn @ maps[0] @ turn.T, tolerance=1e-9),
        equal("output of attention", other, turn @ first, tolerance=1e-9),
        equal("what works on each position alone", each(turn @ x), turn @ each(x), tolerance=1e-9),
        equal("the whole stack", stack(turn @ x, blocks), turn @ stack(x, blocks), tolerance=1e-9),
        given=[equal("PᵀP", turn.T @ turn, np.eye(n))],
    )


@derivation("cost-steps", "What one block costs, term by term.", assumes=("the feed-forward network is four times as wide",))
def cost_steps(rng, n: Annotated[int, Range(1, 4096)] = 1024, size: Annotated[int, Range(1, 128)] = 64, heads: Annotated[int, Range(1, 32)] = 12):
    d = size * heads
    scores, mixtures = heads * n * size * n, heads * n * n * size
    return outcome(
        equal("four projections", sum([n * d * d] * 4), 4 * n * d * d),
        equal("scores and mixtures", scores + mixtures, 2 * n * n * d),
        equal("feed-forward", n * d * (4 * d) + n * (4 * d) * d, 8 * n * d * d),
        equal("together", layer_work(n, d, heads), 12 * n * d * d + 2 * n * n * d),
    )
