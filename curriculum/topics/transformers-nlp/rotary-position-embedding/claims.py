"""Checks of the page on rotary position embedding, with the code of the exercise."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

taught = use("exercises/write-rope/solution.py")

Pairs = Annotated[int, Range(1, 64)]
Offset = Annotated[int, Range(0, 200)]
Base = Literal["10000", "500000"]


def frequencies(d, base):
    return base ** (-np.arange(0, d, 2) / d)


def score(q, k, m, n, base=10000.0):
    """The score of a query at position m and a key at position n, before the scale."""
    return taught.rope(q[None], [m], base)[0] @ taught.rope(k[None], [n], base)[0]


def by_offset(q, k, offset, base=10000.0):
    """The same as a sum of cosines: each pair is a complex number, and the offset (query minus key) turns it."""
    a, b = q[0::2] + 1j * q[1::2], k[0::2] + 1j * k[1::2]
    return np.sum(a * b.conj() * np.exp(1j * offset * frequencies(len(q), base))).real


@claim(
    "relative",
    "The score of a rotated query and key depends on their positions through the offset only; lengths do not change.",
    assumes=("query and key positions are counted from the same origin", "angles are computed to enough digits"),
)
def relative(rng, pairs: Pairs = 32, offset: Offset = 7, shift: Annotated[int, Range(0, 100000)] = 5000, base: Base = "10000"):
    q, k = rng.normal(size=(2, 2 * pairs))
    b = float(base)
    return outcome(
        equal("score after moving both", score(q, k, offset + shift, shift, b), score(q, k, offset, 0, b), tolerance=1e-8 * pairs),
        equal("score, as a sum of cosines", score(q, k, offset, 0, b), by_offset(q, k, offset, b), tolerance=1e-9 * pairs),
        equal("length of the rotated query", np.linalg.norm(taught.rope(q[None], [shift], b)), np.linalg.norm(q), relative=1e-12),
        message=f"Width {2 * pairs}, base {base}: positions {offset} and 0, and both moved by {shift}.",
    )


@failure(
    "restarted-position",
    "A new token rotated by position 0 while the cached keys keep theirs: every offset is wrong.",
    of="relative",
    without="query and key positions are counted from the same origin",
)
def restarted_position(rng, cached: Annotated[int, Range(2, 2000)] = 20, pairs: Pairs = 32):
    q = rng.normal(size=2 * pairs)
    keys = taught.rope(np.tile(q, (cached, 1)), np.arange(cached))
    right, wrong = (keys @ taught.rope(q[None], [p])[0] for p in (cached, 0))
    return outcome(
        equal("score with the nearest key", wrong[-1], right[-1], tolerance=1e-8 * pairs),
        equal("score with the farthest key", wrong[0], right[0], tolerance=1e-8 * pairs),
        figure("key that looks nearest, of the cached ones", np.argmax(wrong) + 1),
        given=[equal("length of a key", np.linalg.norm(keys[-1]), np.linalg.norm(q), relative=1e-12)],
        message=f"All {cached} keys are equal to the query, so only positions count. The first key now looks nearest.",
    )


def bfloat16(x):
    """Rounded to bfloat16, to nearest and ties to even: 8 significant bits."""
    bits = np.asarray(x, dtype=np.float32).view(np.uint32)
    return ((bits + ((bits >> 16) & 1) + 0x7FFF) & 0xFFFF0000).astype(np.uint32).view(np.float32).astype(float)


@failure(
    "short-digits",
    "In bfloat16 whole positions above 256 begin to coincide, and neighbours cannot be told apart.",
    of="relative",
    without="angles are computed to enough digits",
)
def short_digits(rng, shift: Annotated[int, Range(600, 30000)] = 1000, pairs: Pairs = 32):
    q = rng.normal(size=2 * pairs)
    k = q + 0.3 * rng.normal(size=2 * pairs)
    m, n = bfloat16(shift + 1), bfloat16(shift)
    return outcome(
        equal("score after moving both", score(q, k, m, n), score(q, k, 1, 0), tolerance=1e-8 * pairs),
        figure("position of the query, rounded", m), figure("position of the key, rounded", n),
        given=[equal("with exact positions", score(q, k, shift + 1, shift), score(q, k, 1, 0), tolerance=1e-8 * pairs)],
        message=f"Positions {shift + 1} and {shift}, stored in bfloat16: their offset is {m - n:g} instead of 1.",
    )  # fmt: skip


def halves(x, positions, base=10000.0):
    """The other layout: feature i is paired with feature i + d/2."""
    d = x.shape[-1]
    angle = np.multiply.outer(positions, frequencies(d, base))
    first, second = x[..., : d // 2], x[..., d // 2 :]
    return np.concatenate([first * np.cos(angle) - second * np.sin(angle), first * np.sin(angle) + second * np.cos(angle)], axis=-1)


@claim(
    "two-layouts",
    "Both layouts give the same scores.",
    assumes=("the features of queries and keys are ordered for the layout in use",),
)
def two_layouts(rng, pairs: Pairs = 4, n: Annotated[int, Range(1, 20)] = 6):
    x, w = rng.normal(size=(n, 2 * pairs)), rng.normal(size=(2, 2 * pairs, 2 * pairs))
    order = np.concatenate([np.arange(0, 2 * pairs, 2), np.arange(1, 2 * pairs, 2)])
    return outcome(
        equal("scores of the two layouts", scores(halves, x, w[:, :, order]), scores(taught.rope, x, w), tolerance=1e-8),
    )


def scores(rotate, x, w):
    """All scores of one head: inputs (n, d), projections of queries and keys (2, d, d)."""
    places = np.arange(len(x))
    return rotate(x @ w[0], places) @ rotate(x @ w[1], places).T


@failure(
    "mixed-layouts",
    "Weights trained with one layout give other scores under the code of the other.",
    of="two-layouts",
    without="the features of queries and keys are ordered for the layout in use",
)
def mixed_layouts(rng, pairs: Pairs = 4, n: Annotated[int, Range(2, 20)] = 6):
    x, w = rng.normal(size=(n, 2 * pairs)), rng.normal(size=(2, 2 * pairs, 2 * pairs))
    right, wrong = scores(taught.rope, x, w), scores(halves, x, w)
    return outcome(
        equal("scores of the two layouts", wrong, right, tolerance=1e-8),
        given=[equal("scores of a position with itself", np.diag(wrong), np.diag(right), tolerance=1e-8)],
        message="At offset 0 nothing is rotated and the scores agree, so a test on one token finds nothing. With one pair both are the same.",
    )


def arc(length, theta):
    """How much of its circle each pair meets over offsets up to this length, in radians."""
    return np.minimum(2 * np.pi, length * theta)


@claim(
    "stretched-range",
    "With positions divided by s = L′/L, each pair stays in the part of its circle that it met over the training length L.",
    assumes=("positions are divided by L′/L",),
)
def stretched_range(rng, pairs: Pairs = 64, trained: Annotated[int, Range(64, 8192)] = 4096, s: Annotated[int, Range(1, 32)] = 8):
    theta = frequencies(2 * pairs, 10000.0)
    unit = taught.rope(np.tile([1.0, 0.0], pairs)[None], [1 / s])[0]
    squeezed = np.arctan2(unit[1::2], unit[0::2])  # the angle between neighbours, once positions are divided
    return outcome(
        at_most("part of the circle met, in radians", arc(s * trained, squeezed), arc(trained, theta), slack=1e-9),
        equal("wavelengths, against before", theta / squeezed, np.full(pairs, float(s)), relative=1e-9),
        message=f"All {pairs} wavelengths grow by the factor {s}, also the one that told neighbours apart.",
    )


@failure(
    "beyond-training",
    "Beyond the training length the slow pairs reach angles that no example has shown.",
    of="stretched-range",
    without="positions are divided by L′/L",
)
def beyond_training(rng, pairs: Pairs = 64, trained: Annotated[int, Range(64, 8192)] = 4096, s: Annotated[int, Range(1, 32)] = 2):
    theta, shown = frequencies(2 * pairs, 10000.0), np.arange(pairs)
    before, after = arc(trained, theta), arc(s * trained, theta)
    turns = trained * theta / (2 * np.pi)
    return outcome(
        at_most("part of the circle met, in radians", after, before, slack=1e-9),
        figure("pairs that meet new angles", np.sum(after > before + 1e-9)),
        figure("pairs that never complete a turn in training", np.sum(turns < 1)),
        message=f"Trained on {trained} positions, used on {s * trained}. Fast pairs have seen the whole circle; the slow ones have not.",
        plot=Plot(
            "pair i", "turns within the length",
            (Line("in training", shown, turns), Line("at the new length", shown, s * turns), Line("one turn", shown, np.ones(pairs))),
            "On a logarithmic axis the number of turns falls with the pair; the last pairs stay below one turn in training and go beyond it.",
            log_y=True,
        ),
    )  # fmt: skip


@claim(
    "peak-anywhere",
    "For every offset r there is a key direction whose score is largest exactly there.",
    assumes=("query and key positions are counted from the same origin",),
)
def peak_anywhere(rng, pairs: Annotated[int, Range(2, 64)] = 32, r: Offset = 60):
    q = rng.normal(size=2 * pairs)
    k = taught.rope(q[None], [r])[0]
    offsets = np.arange(0, 201)
    found = np.array([by_offset(q, k, o) for o in offsets]) / (q @ q)
    even = np.array([np.cos(o * frequencies(2 * pairs, 10000.0)).mean() for o in offsets])
    return outcome(
        equal("offset of the largest score", offsets[np.argmax(found)], r),
        equal("score there, against |q||k|", found[r], 1, tolerance=1e-9),
        at_most("all scores, against |q||k|", np.abs(found), 1, slack=1e-9),
        message=f"The key is the query turned by {r} positions. For equal query and key the score falls off instead.",
        plot=Plot(
            "offset, query minus key", "score / |q||k|",
            (Line(f"key turned by {r}", offsets, found), Line("equal query and key", offsets, even)),
            "One curve is largest at the chosen offset; the other, for equal query and key, is largest at offset zero and falls.",
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    x = np.array([1.0, 0, 1, 0])
    q, k = taught.rope(x[None], [5])[0], taught.rope(x[None], [3])[0]
    theta = frequencies(128, 10000.0)
    return outcome(
        equal("frequencies", frequencies(4, 10000.0), [1, 0.01], tolerance=1e-12),
        equal("query, first pair", q[:2], [0.284, -0.959], tolerance=5e-4), equal("query, second pair", q[2:], [0.999, 0.050], tolerance=5e-4),
        equal("key, first pair", k[:2], [-0.990, 0.141], tolerance=5e-4), equal("key, second pair", k[2:], [1.000, 0.030], tolerance=5e-4),
        equal("score", q @ k, 0.584, tolerance=5e-4), equal("as cosines", np.cos(2) + np.cos(0.02), q @ k, tolerance=1e-12),
        equal("score at 105 and 103", score(x, x, 105, 103), q @ k, tolerance=1e-10),
        equal("fast part", np.cos(2), -0.416, tolerance=5e-4), equal("slow part", np.cos(0.02), 0.9998, tolerance=5e-5),
        equal("score, interpolated", score(x, x, 5 / 4, 3 / 4), 1.878, tolerance=5e-4),
        equal("fast wavelength", 2 * np.pi, 6.28, tolerance=5e-3), equal("slow wavelength", 2 * np.pi * 100, 628, tolerance=0.5),
        equal("new base", 10000 * 4 ** (4 / 2), 160000), equal("slow wavelength, new base", 2 * np.pi * np.sqrt(160000), 2513, tolerance=0.5),
        equal("pairs slower than 4096", (2 * np.pi / theta > 4096).sum(), 18),
        equal("slowest wavelength of width 128", 2 * np.pi / theta[-1], 54410, tolerance=5),
        equal("slowest at base 500000", 2 * np.pi * 500000 ** (126 / 128) / 1e6, 2.56, tolerance=5e-3, unit="million"),
    )  # fmt: skip


def turn(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def block(position, theta):
    """The block-diagonal matrix of all rotations at a position."""
    out = np.zeros((2 * len(theta), 2 * len(theta)))
    for i, t in enumerate(theta):
        out[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = turn(position * t)
    return out


@derivation("relative-steps", "From one rotation to scores that see only the offset.", assumes=("the head width is even",))
def relative_steps(rng, pairs: Annotated[int, Range(1, 16)] = 4, m: Annotated[int, Range(0, 3000)] = 105, n: Annotated[int, Range(0, 3000)] = 103):
    theta, (a, b) = frequencies(2 * pairs, 10000.0), rng.uniform(-7, 7, size=2)
    q, k = rng.normal(size=(2, 2 * pairs))
    return outcome(
        equal("R(α)ᵀ", turn(a).T, turn(-a), tolerance=1e-12),
        equal("R(α)R(β)", turn(a) @ turn(b), turn(a + b), tolerance=1e-12),
        equal("RₘᵀRₙ", block(m, theta).T @ block(n, theta), block(n - m, theta), tolerance=1e-9),
        equal("score", score(q, k, m, n), q @ block(n - m, theta) @ k, tolerance=1e-8),
        equal("score in complex numbers", score(q, k, m, n), by_offset(q, k, m - n), tolerance=1e-8),
    )


@derivation("stretch-steps", "What interpolation and a larger base do to each wavelength.", assumes=("at least two pairs",))
def stretch_steps(rng, pairs: Annotated[int, Range(2, 64)] = 64, s: Annotated[float, Range(1, 32)] = 8.0):
    d, i, base = 2 * pairs, np.arange(pairs), 10000.0
    wave = 2 * np.pi / frequencies(d, base)
    turns = [np.arctan2(*taught.rope(np.tile([1.0, 0.0], pairs)[None], [1 / s])[0][2 * j : 2 * j + 2][::-1]) for j in i]
    other = base * rng.uniform(1, 100)
    new = base * s ** (d / (d - 2))
    grown = 2 * np.pi / frequencies(d, new) / wave
    return outcome(
        equal("wavelength", wave, 2 * np.pi * base ** (2 * i / d), relative=1e-10),
        equal("wavelength, interpolated", 2 * np.pi / np.array(turns), s * wave, relative=1e-9),
        equal("wavelength ratio, other base", 2 * np.pi / frequencies(d, other) / wave, (other / base) ** (2 * i / d), relative=1e-10),
        equal("growth of the slowest", grown[-1], s, relative=1e-9),
        given=[equal("growth of the fastest", grown[0], 1, relative=1e-12), at_least("growth of each, against the one before", np.diff(grown), 0)],
    )
