"""Checks of the page on multi-head attention, against the code of the exercise and against loops over heads."""

from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

taught = use("exercises/multi-head-attention-implement/solution.py")

Heads = Annotated[int, Range(1, 8)]
Narrow = Annotated[int, Range(1, 8)]
Few = Annotated[int, Range(1, 6)]


def softmax(scores):
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def random_layer(rng, heads, width, batch, n):
    """Inputs (B, n, d) and the four projections (d, d) of a layer with d = heads · width."""
    d = heads * width
    return rng.normal(size=(batch, n, d)), [rng.normal(size=(d, d)) / np.sqrt(d) for _ in range(4)]


def one_head(x, w_q, w_k, w_v):
    """Weights and output of one head on one sequence; the projections are (d, width of the head)."""
    weights = softmax((x @ w_q) @ (x @ w_k).T / np.sqrt(w_q.shape[1]))
    return weights, weights @ (x @ w_v)


def sum_of_heads(x, projections, heads):
    """The layer as a sum over heads, with columns i·w … (i+1)·w of W_Q, W_K, W_V and the same rows of W_O."""
    w_q, w_k, w_v, w_o = projections
    out = np.zeros_like(x)
    for part in np.split(np.arange(w_q.shape[1]), heads):
        for b in range(len(x)):
            out[b] += one_head(x[b], w_q[:, part], w_k[:, part], w_v[:, part])[1] @ w_o[part]
    return out


@claim(
    "sum-of-heads",
    "The layer equals the sum over heads of Aᵢ V WᵢV WᵢO, each head with its own columns and rows of the matrices.",
    assumes=("the width is split into heads first, and then the axes of heads and positions are swapped", "h divides d"),
)
def the_sum_of_heads(rng, heads: Heads = 4, width: Narrow = 3, batch: Few = 2, n: Few = 5):
    x, w = random_layer(rng, heads, width, batch, n)
    return outcome(
        equal("outputs, all heads at once and one by one", taught.multi_head_attention(x, *w, heads), sum_of_heads(x, w, heads), tolerance=1e-10),
        message=f"{heads} heads of width {width}: the batched code and a loop over heads agree.",
    )


@failure(
    "no-swap",
    "A direct reshape to (B, h, n, d/h) puts several positions into one head: right shape, wrong numbers.",
    of="sum-of-heads",
    without="the width is split into heads first, and then the axes of heads and positions are swapped",
)
def no_swap(rng, heads: Heads = 4, width: Narrow = 3, n: Few = 5):
    x, w = random_layer(rng, heads, width, 2, n)
    q, k, v = ((x @ m).reshape(2, heads, n, width) for m in w[:3])
    mixed = softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(width)) @ v
    wrong = mixed.reshape(x.shape) @ w[3]
    return outcome(
        equal("outputs, all heads at once and one by one", wrong, sum_of_heads(x, w, heads), tolerance=1e-10),
        given=[equal("shape of the output", wrong.shape, x.shape)],
        message="No error is raised and the shape is right. With one head, or with one position, nothing is mixed and it holds.",
    )


@claim(
    "same-price",
    "A layer has 4d² weights and takes 4nd² + 2n²d multiplications for n positions, whatever the number of heads.",
    assumes=("each head has width d/h", "no biases", "the softmax is not counted"),
)
def same_price(rng, heads: Annotated[int, Range(1, 32)] = 12, width: Annotated[int, Range(1, 64)] = 16, n: Annotated[int, Range(1, 64)] = 20):
    d = heads * width
    weights, work = counted(d, heads, width, n)
    return outcome(
        equal("weights", weights, 4 * d * d),
        equal("multiplications", work, 4 * n * d * d + 2 * n * n * d),
        equal("weights of one head of full width", counted(d, 1, d, n)[0], weights),
        figure("scores, for all heads", heads * n * n),
        message=f"d = {d}: one head or {heads}, the price is the same. Only the number of scores grows.",
    )


def counted(d, heads, width, n):
    """Weights and multiplications of a layer, added up matrix by matrix."""
    into, back = (d, width), (width, d)
    matrices = heads * [into, into, into, back]
    products = [(n, *into), (n, *into), (n, *into), (n, width, n), (n, n, width), (n, *back)]
    return sum(a * b for a, b in matrices), heads * sum(a * b * c for a, b, c in products)


@failure(
    "full-width-heads",
    "Heads that each keep the full width multiply the weights by their number.",
    of="same-price",
    without="each head has width d/h",
)
def full_width_heads(rng, heads: Annotated[int, Range(1, 32)] = 12, d: Annotated[int, Range(1, 1024)] = 768, n: Annotated[int, Range(1, 64)] = 20):
    weights = counted(d, heads, d, n)[0]
    return outcome(
        equal("weights", weights, 4 * d * d),
        given=[equal("weights of a single head", counted(d, 1, d, n)[0], 4 * d * d)],
        message=f"{heads} heads of width {d} hold {weights / (4 * d * d):.0f} times the weights.",
    )


def head_for(x, pattern, width):
    """The weights of the best head of this width that we can build for a wanted pattern of weights (n, n).

    A row of scores may be shifted freely, so the wanted scores are the logarithms, centred by rows; the head
    holds their largest singular directions.
    """
    wanted = np.log(pattern)
    wanted -= wanted.mean(axis=1, keepdims=True)
    u, s, vt = np.linalg.svd(wanted)
    keep = min(width, len(s))
    w_q = np.zeros((x.shape[1], width))
    w_k = np.zeros((x.shape[1], width))
    w_q[:, :keep] = np.linalg.pinv(x) @ (u[:, :keep] * s[:keep]) * np.sqrt(width)
    w_k[:, :keep] = np.linalg.pinv(x) @ vt[:keep].T
    return one_head(x, w_q, w_k, w_k)[0], s


@claim(
    "any-pattern",
    "A head can produce any positive pattern of weights over n independent inputs.",
    assumes=("the head has width at least n − 1", "the n inputs are linearly independent"),
)
def any_pattern(rng, n: Annotated[int, Range(2, 16)] = 8, spare: Annotated[int, Range(0, 4)] = 0, sharp: Annotated[float, Range(0.1, 3)] = 1.0):
    x, pattern = rng.normal(size=(n, n + 4)), softmax(sharp * rng.normal(size=(n, n)))
    weights, _ = head_for(x, pattern, n - 1 + spare)
    return outcome(
        equal("weights, against the wanted ones", weights, pattern, tolerance=1e-7),
        given=[at_least("rank of the inputs", np.linalg.matrix_rank(x), n)],
    )


@failure(
    "narrow-head",
    "A head narrower than the number of keys cannot produce every pattern: its scores have rank at most its width.",
    of="any-pattern",
    without="the head has width at least n − 1",
)
def narrow_head(rng, n: Annotated[int, Range(6, 24)] = 16, width: Annotated[int, Range(1, 5)] = 4):
    x, pattern = rng.normal(size=(n, n + 4)), softmax(rng.normal(size=(n, n)))
    widths = np.arange(1, n + 1)
    apart = [np.abs(head_for(x, pattern, w)[0] - pattern).max() for w in widths]
    weights, s = head_for(x, pattern, width)
    return outcome(
        equal("weights, against the wanted ones", weights, pattern, tolerance=1e-7),
        figure("share of the wanted scores that any head of this width misses", np.sqrt((s[width:] ** 2).sum() / (s**2).sum())),
        given=[at_least("rank of the inputs", np.linalg.matrix_rank(x), n)],
        message=f"{n} keys, a head of width {width}. From width {n - 1} on every pattern can be had; at n − 1 = width it would hold.",
        plot=Plot(
            "width of the head", "largest error of a weight",
            (Points("built by singular values", widths, apart),),
            "The largest error of a weight falls with the width of the head and is zero from n minus 1 on.",
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.", assumes=("two heads of width 1", "all input projections are the identity"))
def worked_numbers(rng):
    x, eye = np.array([[1.0, 0], [0, 2]]), np.eye(2)
    w_o = np.array([[1.0, 1], [1, -1]])
    (first, a), (second, b) = (one_head(x, *3 * [eye[:, [i]]]) for i in range(2))
    whole, mean = one_head(x, eye, eye, eye)
    out = taught.multi_head_attention(x[None], eye, eye, eye, w_o, 2)[0, 0]
    return outcome(
        equal("head 1, weight 1", first[0, 0], 0.731, tolerance=5e-4), equal("head 1, weight 2", first[0, 1], 0.269, tolerance=5e-4),
        equal("head 1, result", a[0, 0], 0.731, tolerance=5e-4),
        equal("head 2, weights", second[0], [0.5, 0.5], tolerance=1e-12), equal("head 2, result", b[0, 0], 1, tolerance=1e-12),
        equal("output 1", out[0], 1.731, tolerance=5e-4), equal("output 2", out[1], -0.269, tolerance=5e-4),
        equal("sum of the terms", a[0, 0] * w_o[0] + b[0, 0] * w_o[1], out, tolerance=1e-12),
        equal("single head, weight 1", whole[0, 0], 0.670, tolerance=5e-4), equal("single head, weight 2", whole[0, 1], 0.330, tolerance=5e-4),
        equal("single head, mean 1", mean[0, 0], 0.670, tolerance=5e-4), equal("single head, mean 2", mean[0, 1], 0.660, tolerance=5e-4),
        equal("BERT-base, weights", 4 * 768**2, 2359296), equal("BERT-base, biases", 4 * 768, 3072), equal("BERT-base, width", 768 / 12, 64),
        equal("GPT-3, width", 12288 / 96, 128),
        equal("T5-11B, against the rule", 128 * 128 / 1024, 16),
        figure("scores at 2048 positions", 12 * 2048**2 / 1e6, unit="million"),
    )  # fmt: skip


@derivation("sum-steps", "From joined heads to a sum of terms, and what of each matrix matters.", assumes=("h divides d",))
def sum_steps(rng, heads: Annotated[int, Range(2, 6)] = 3, width: Annotated[int, Range(1, 4)] = 2, n: Few = 4):
    x, (w_q, w_k, w_v, w_o) = random_layer(rng, heads, width, 1, n)
    x, parts = x[0], np.split(np.arange(heads * width), heads)
    found = [one_head(x, w_q[:, p], w_k[:, p], w_v[:, p]) for p in parts]
    joined = np.concatenate([head for _, head in found], axis=1) @ w_o
    blocks = sum(head @ w_o[p] for (_, head), p in zip(found, parts))
    terms = sum(a @ x @ (w_v[:, p] @ w_o[p]) for (a, _), p in zip(found, parts))
    p, turn = parts[0], rng.normal(size=(width, width)) + 3 * np.eye(width)
    turned = one_head(x, w_q[:, p] @ turn, w_k[:, p] @ np.linalg.inv(turn).T, w_v[:, p])[0]
    read, look = w_v[:, p] @ w_o[p], w_q[:, p] @ w_k[:, p].T
    return outcome(
        equal("joined heads times W_O", blocks, joined, tolerance=1e-10),
        equal("sum of the terms", terms, joined, tolerance=1e-10),
        equal("rank of what a head reads through", np.linalg.matrix_rank(read), width),
        equal("rank of what its scores see", np.linalg.matrix_rank(look), width),
        equal("weights after an invertible change of basis", turned, found[0][0], tolerance=1e-8),
    )


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


@derivation("gradient-steps", "The backward pass of a layer with h heads.", assumes=("queries, keys and values come from the same X",))
def gradient_steps(rng, heads: Annotated[int, Range(1, 3)] = 2, width: Annotated[int, Range(1, 3)] = 2, n: Annotated[int, Range(1, 4)] = 3):
    x, w = random_layer(rng, heads, width, 1, n)
    w_q, w_k, w_v, w_o = w
    pull, parts = rng.normal(size=x[0].shape), np.split(np.arange(heads * width), heads)

    def value():
        return np.sum(pull * taught.multi_head_attention(x, w_q, w_k, w_v, w_o, heads)[0])

    by_q, by_k, by_v, joined = (np.zeros((n, heads * width)) for _ in range(4))
    back = pull @ w_o.T
    for p in parts:
        q, k, v = x[0] @ w_q[:, p], x[0] @ w_k[:, p], x[0] @ w_v[:, p]
        a, joined[:, p] = one_head(x[0], w_q[:, p], w_k[:, p], w_v[:, p])
        by_v[:, p] = a.T @ back[:, p]
        by_a = back[:, p] @ v.T
        by_s = a * (by_a - (a * by_a).sum(axis=1, keepdims=True))
        by_q[:, p], by_k[:, p] = by_s @ k / np.sqrt(width), by_s.T @ q / np.sqrt(width)
    by_x = by_q @ w_q.T + by_k @ w_k.T + by_v @ w_v.T
    return outcome(
        equal("by the output matrix", joined.T @ pull, slope(value, w_o), tolerance=1e-6),
        equal("by the values' projection, through each head", x[0].T @ by_v, slope(value, w_v), tolerance=1e-6),
        equal("by the queries' projection", x[0].T @ by_q, slope(value, w_q), tolerance=1e-6),
        equal("by the inputs", by_x, slope(value, x)[0], tolerance=1e-6),
    )
