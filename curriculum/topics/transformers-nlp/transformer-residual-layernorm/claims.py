"""Checks of the page on residual connections and norms: sizes and gradients of the stream, by depth."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_most, claim, derivation, equal, failure, figure, outcome,
)

Blocks = Annotated[int, Range(1, 96)]
Spread = Annotated[float, Range(0.1, 3)]
WIDTH = 4000


def norm(x):
    """Layer norm over the last axis, without gain and shift."""
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True))


def norm_backward(x, g):
    """The gradient by x of a loss whose gradient by norm(x) is g."""
    z, d = norm(x), len(x)
    return (g - g.mean() - z * (z @ g) / d) / x.std()


def written(rng, scale, shared=None, share=0.0):
    """What a sub-layer adds: W·norm(x) with a fresh random W of N(0, scale²/d) is N(0, scale²) in each feature."""
    own = rng.normal(size=WIDTH)
    return scale * (own if shared is None else np.sqrt(share) * shared + np.sqrt(1 - share) * own)


def pre_norm_stream(rng, layers, scale, share=0.0):
    """The stream after each of the sub-layers, from a start of variance 1."""
    x, shared = rng.normal(size=WIDTH), rng.normal(size=WIDTH)
    streams = [x]
    for _ in range(layers):
        x = x + written(rng, scale, shared, share)
        streams.append(x)
    return streams


def post_norm_sums(rng, layers, scale):
    """What each norm of a post-norm stack is given."""
    x, sums = norm(rng.normal(size=WIDTH)), []
    for _ in range(layers):
        sums.append(x + written(rng, scale))
        x = norm(sums[-1])
    return sums


ROOM = 6 * np.sqrt(2 / WIDTH)  # six standard errors of a variance over the features


@claim(
    "stream-grows",
    "After L pre-norm blocks the stream has variance v₀ + 2Ls², when each sub-layer adds s².",
    assumes=("what a sub-layer adds is uncorrelated with the stream", "each addition has variance s²"),
)
def stream_grows(rng, blocks: Blocks = 12, s: Spread = 1.0):
    streams = pre_norm_stream(rng, 2 * blocks, s)
    depth = np.arange(2 * blocks + 1)
    return outcome(
        equal("variance of the stream", streams[-1].var(), 1 + 2 * blocks * s**2, relative=ROOM),
        message=f"{blocks} blocks, so {2 * blocks} sub-layers, each adding variance {s * s:.3g}; the start has variance 1.",
        plot=Plot(
            "sub-layers", "variance of the stream",
            (Points("measured", depth, [x.var() for x in streams]), Line("v₀ + Ns²", depth, 1 + depth * s**2)),
            "The measured variance of the stream lies on the straight line v0 plus N times s squared.",
        ),
    )  # fmt: skip


@failure(
    "same-direction",
    "Sub-layers that write in a common direction make the stream grow with the square of the depth.",
    of="stream-grows",
    without="what a sub-layer adds is uncorrelated with the stream",
)
def same_direction(rng, blocks: Annotated[int, Range(4, 96)] = 12, share: Annotated[float, Range(0.0, 1.0)] = 0.5):
    streams = pre_norm_stream(rng, 2 * blocks, 1.0, share)
    added = streams[-1] - streams[-2]
    n = 2 * blocks
    return outcome(
        equal("variance of the stream", streams[-1].var(), 1 + n, relative=ROOM),
        figure("1 + n + share · n(n − 1)", 1 + n + share * n * (n - 1)),
        given=[equal("variance of one addition", added.var(), 1, relative=ROOM)],
        message=f"Each addition has variance 1, of which {share:.0%} is common to all. With share 0 the claim holds again.",
    )


@claim(
    "scaled-start",
    "With the last matrix of each sub-layer scaled by 1/√(2L), the stream ends with variance v₀ + s² at every depth.",
    assumes=("the last matrix of each sub-layer is scaled by 1/√(2L)", "what a sub-layer adds is uncorrelated with the stream"),
)
def scaled_start(rng, blocks: Blocks = 12, s: Spread = 1.0):
    end = pre_norm_stream(rng, 2 * blocks, s / np.sqrt(2 * blocks))[-1]
    return outcome(equal("variance of the stream", end.var(), 1 + s**2, relative=ROOM))


@failure(
    "scaled-by-blocks",
    "Scaled by 1/√L, with blocks counted for sub-layers, the additions are twice too large.",
    of="scaled-start",
    without="the last matrix of each sub-layer is scaled by 1/√(2L)",
)
def scaled_by_blocks(rng, blocks: Blocks = 12, s: Annotated[float, Range(1, 3)] = 1.0):
    end = pre_norm_stream(rng, 2 * blocks, s / np.sqrt(blocks))[-1]
    return outcome(
        equal("variance of the stream", end.var(), 1 + s**2, relative=ROOM),
        message="A block adds twice: after attention and after the feed-forward network.",
    )


@claim(
    "final-norm",
    "Behind a last norm the output layer sees variance 1 at every depth.",
    assumes=("a norm follows the last block",),
)
def final_norm(rng, blocks: Blocks = 12, s: Spread = 1.0):
    end = norm(pre_norm_stream(rng, 2 * blocks, s)[-1])
    return outcome(equal("variance that enters the output layer", end.var(), 1, relative=1e-9))


@failure(
    "no-final-norm",
    "Without it the logits start too large, the more so the deeper the model.",
    of="final-norm",
    without="a norm follows the last block",
)
def no_final_norm(rng, blocks: Blocks = 12, s: Spread = 1.0):
    end = pre_norm_stream(rng, 2 * blocks, s)[-1]
    return outcome(
        equal("variance that enters the output layer", end.var(), 1, relative=1e-9),
        figure("factor on the logits", end.std()),
    )


def straight_path(rng, blocks, s, *, norm_inside):
    """What a small change of the input is multiplied by on its way past all sub-layers, whose outputs are held fixed."""
    x, move = norm(rng.normal(size=WIDTH)), 1e-4 * norm(rng.normal(size=WIDTH))
    there, back = x + move, x - move
    for _ in range(2 * blocks):
        addition = written(rng, s)
        there, back = there + addition, back + addition
        if not norm_inside:
            there, back = norm(there), norm(back)
    return np.linalg.norm(there - back) / np.linalg.norm(2 * move)


@claim(
    "pre-norm-road",
    "Past all sub-layers of a pre-norm stack a gradient travels with factor 1, at every depth.",
    assumes=("the norms stand inside the branches",),
)
def pre_norm_road(rng, blocks: Annotated[int, Range(1, 48)] = 12, s: Annotated[float, Range(0.5, 2)] = 1.0):
    return outcome(equal("factor of the straight path", straight_path(rng, blocks, s, norm_inside=True), 1, tolerance=1e-9))


@failure(
    "norm-on-the-road",
    "In a post-norm stack the straight path passes every norm, and each of them divides.",
    of="pre-norm-road",
    without="the norms stand inside the branches",
)
def norm_on_the_road(rng, blocks: Annotated[int, Range(1, 48)] = 12, s: Annotated[float, Range(0.5, 2)] = 1.0):
    return outcome(
        equal("factor of the straight path", straight_path(rng, blocks, s, norm_inside=False), 1, tolerance=1e-9),
        message=f"{blocks} blocks, {2 * blocks} norms on the road, each dividing by about {np.sqrt(1 + s * s):.3g}. "
        "What the first layer learns from must arrive through the sub-layers.",
    )


@claim(
    "post-norm-toll",
    "The straight path of a post-norm stack has factor (1 + s²) to the power −L.",
    assumes=("what a sub-layer adds is uncorrelated with the stream", "each addition has variance s²"),
)
def post_norm_toll(rng, blocks: Annotated[int, Range(1, 12)] = 12, s: Annotated[float, Range(0.5, 2)] = 1.0):
    factor = straight_path(rng, blocks, s, norm_inside=False)
    room = 6 * np.sqrt(2 * blocks / (2 * WIDTH)) + 2 * blocks * 6 / WIDTH  # chance, and the two directions a norm removes
    return outcome(equal("ln factor, by the straight path", np.log(factor), -blocks * np.log(1 + s**2), tolerance=room))


@claim(
    "last-gradient",
    "The gradient that reaches the last sub-layer is divided by √(v₀ + 2Ls²) with pre-norm, by √(1 + s²) with post-norm.",
    assumes=("what a sub-layer adds is uncorrelated with the stream", "the loss reads the normalised stream"),
)
def last_gradient(rng, blocks: Blocks = 12, s: Spread = 1.0):
    g = rng.normal(size=WIDTH)
    pre = norm_backward(pre_norm_stream(rng, 2 * blocks, s)[-1], g)
    post = norm_backward(post_norm_sums(rng, 2 * blocks, s)[-1], g)
    size = np.linalg.norm(g)
    return outcome(
        equal("pre-norm", np.linalg.norm(pre) / size, 1 / np.sqrt(1 + 2 * blocks * s**2), relative=ROOM),
        equal("post-norm", np.linalg.norm(post) / size, 1 / np.sqrt(1 + s**2), relative=ROOM),
        message=f"{blocks} blocks deep. With post-norm the last layer gets the same gradient at every depth.",
    )


@claim(
    "late-layers-turn-less",
    "The n-th sub-layer of a pre-norm stack turns the stream by about arctan(s/√(v₀ + (n − 1)s²)).",
    assumes=("what a sub-layer adds is uncorrelated with the stream",),
)
def late_layers_turn_less(rng, blocks: Blocks = 12, s: Spread = 1.0):
    streams = pre_norm_stream(rng, 2 * blocks, s)
    n = np.arange(1, 2 * blocks + 1)
    cosines = np.array([a @ b / np.linalg.norm(a) / np.linalg.norm(b) for a, b in zip(streams, streams[1:])])
    turned = np.degrees(np.arccos(cosines))
    expected = np.degrees(np.arctan(s / np.sqrt(1 + (n - 1) * s**2)))
    return outcome(
        equal("angle of the last turn, in degrees", turned[-1], expected[-1], tolerance=np.degrees(6 / np.sqrt(WIDTH))),
        figure("angle of the first turn, in degrees", turned[0]),
        plot=Plot(
            "sub-layer", "angle, degrees",
            (Points("measured", n, turned), Line("expected", n, expected)),
            "The angle by which a sub-layer turns the stream falls with its depth, along the expected curve.",
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    x0 = np.array([3.0, -1.0])
    x1 = x0 + 2 * norm(x0)
    x2 = x1 + 2 * norm(x1)
    return outcome(
        equal("norm of x0", norm(x0), [1, -1], tolerance=1e-12),
        equal("x1", x1, [5, -3], tolerance=1e-12), equal("x2", x2, [7, -5], tolerance=1e-12),
        equal("first share", np.linalg.norm(x1 - x0) / np.linalg.norm(x0), 0.894, tolerance=5e-4),
        equal("second share", np.linalg.norm(x2 - x1) / np.linalg.norm(x1), 0.485, tolerance=5e-4),
        equal("post-norm", norm(x0 + 2 * x0), [1, -1], tolerance=1e-12),
        equal("variance at 12 blocks", 1 + 24, 25), equal("spread at 12 blocks", np.sqrt(25), 5, tolerance=1e-12),
        equal("scaled variance", 1 + 24 * (1 / 24), 2, tolerance=1e-12),
        equal("scale", 1 / np.sqrt(24), 0.204, tolerance=5e-4),
        equal("straight path, post-norm", 2.0**-12, 0.000244, tolerance=5e-7),
        equal("turn of sub-layer 1", np.degrees(np.arctan(1)), 45, tolerance=1e-9),
        equal("turn of sub-layer 24", np.degrees(np.arctan(1 / np.sqrt(24))), 11.5, tolerance=0.05),
    )  # fmt: skip


def slopes(function, x, h=1e-6):
    """The Jacobian of a function of a vector, by central differences."""
    steps = h * np.eye(len(x))
    return np.array([(function(x + e) - function(x - e)) / (2 * h) for e in steps]).T


@derivation(
    "jacobian-steps",
    "The Jacobians of both kinds of block, and what is left of the identity.",
    assumes=("no gain and no shift in the norm", "the norm's input is not constant over the features"),
)
def jacobian_steps(rng, d: Annotated[int, Range(3, 12)] = 6, size: Annotated[float, Range(0.2, 3)] = 1.0):
    x, (a, b) = rng.normal(size=d) * 2 + 1, size * rng.normal(size=(2, d, d))
    z, one = norm(x), np.ones(d)
    j_norm = (np.eye(d) - np.outer(one, one) / d - np.outer(z, z) / d) / x.std()
    first = slopes(lambda y: np.tanh(a @ norm(y)), x)
    mid = x + np.tanh(a @ norm(x))
    second = slopes(lambda y: np.tanh(b @ norm(y)), mid)
    both = slopes(lambda y: (y + np.tanh(a @ norm(y))) + np.tanh(b @ norm(y + np.tanh(a @ norm(y)))), x)
    total = x + np.tanh(a @ x)
    z_total = norm(total)
    j_total = (np.eye(d) - np.outer(one, one) / d - np.outer(z_total, z_total) / d) / total.std()
    j_sub = slopes(lambda y: np.tanh(a @ y), x)
    scale = 1e-6 * max(1.0, np.abs(both).max())
    return outcome(
        equal("Jacobian of the norm", j_norm, slopes(norm, x), tolerance=1e-6),
        at_most("largest stretching of the norm, times σ", np.linalg.norm(j_norm, 2) * x.std(), 1, slack=1e-9),
        equal("pre-norm block", np.eye(d) + slopes(lambda y: np.tanh(a @ y), z) @ j_norm, np.eye(d) + first, tolerance=1e-6),
        equal("two pre-norm sub-layers", np.eye(d) + first + second + second @ first, both, tolerance=10 * scale),
        equal("post-norm block", j_total @ (np.eye(d) + j_sub), slopes(lambda y: norm(y + np.tanh(a @ y)), x), tolerance=1e-6 * max(1.0, np.abs(j_total).max() * 10)),
        given=[equal("the backward pass of the norm", norm_backward(x, a[0]), j_norm @ a[0], tolerance=1e-9)],
    )
