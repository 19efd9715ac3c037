"""Checks of the page on positional encoding; sinusoids by the code of the exercise."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

taught = use("exercises/positional-encodings-implement/solution.py")

Pairs = Annotated[int, Range(1, 128)]
Place = Annotated[int, Range(0, 5000)]


def encoding(positions, d, base=10000.0):
    return taught.sinusoidal_encoding(np.atleast_1d(positions), d, base)


def frequencies(d):
    return 10000.0 ** (-np.arange(0, d, 2) / d)


def shift_matrix(k, d):
    """The matrix that moves an encoding by k places: one rotation for each pair."""
    out = np.zeros((d, d))
    for i, w in enumerate(frequencies(d)):
        c, s = np.cos(w * k), np.sin(w * k)
        out[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, s], [-s, c]]
    return out


def softmax(scores):
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def self_attention(x, w):
    return softmax((x @ w[0]) @ (x @ w[1]).T / np.sqrt(x.shape[1])) @ (x @ w[2])


def moved_words(rng, n, d, added):
    """The largest change of a word's output when the other words change places."""
    words, w = rng.normal(size=(n, d)), rng.normal(size=(3, d, d)) / np.sqrt(d)
    order = np.roll(np.arange(n - 1), 1)  # the last word stays where it is
    other = np.concatenate([words[:-1][order], words[-1:]])
    place = added * encoding(np.arange(n), d)
    return np.abs(self_attention(words + place, w)[-1] - self_attention(other + place, w)[-1]).max()


@claim(
    "order-is-seen",
    "With positions added, the output at a word depends on the order of the other words.",
    assumes=("position vectors are added to the inputs", "no mask"),
)
def order_is_seen(rng, n: Annotated[int, Range(3, 24)] = 6, d: Literal["8", "32"] = "8"):
    return outcome(at_least("change of the last word's output", moved_words(rng, n, int(d), 1.0), 1e-6))


@failure(
    "no-positions",
    "Without positions the other words may stand in any order: the output is the same.",
    of="order-is-seen",
    without="position vectors are added to the inputs",
)
def no_positions(rng, n: Annotated[int, Range(3, 24)] = 6, d: Literal["8", "32"] = "8"):
    return outcome(
        at_least("change of the last word's output", moved_words(rng, n, int(d), 0.0), 1e-6),
        message=f"{n - 1} words changed places; nothing but rounding is left of it.",
    )


@claim(
    "offset-only",
    "The inner product of two encodings depends on their offset only, and every encoding has squared length d/2.",
    assumes=("each frequency has both its sine and its cosine", "the encodings are compared directly"),
)
def offset_only(rng, pairs: Pairs = 32, t: Place = 100, k: Annotated[int, Range(0, 500)] = 7):
    d = 2 * pairs
    p, q = encoding([t, t + k], d)
    offsets = np.arange(0, 101)
    curve = encoding(offsets, d) @ encoding(0, d)[0]
    return outcome(
        equal("inner product", p @ q, np.cos(frequencies(d) * k).sum(), tolerance=1e-9 * d),
        equal("squared length", p @ p, d / 2, relative=1e-12),
        message=f"Positions {t} and {t + k}, width {d}.",
        plot=Plot(
            "offset", "inner product / length²",
            (Line(f"width {d}", offsets, curve / (d / 2)),),
            "The inner product of two encodings is largest at offset zero and falls with the offset, with small waves.",
        ),
    )  # fmt: skip


@failure(
    "sines-only",
    "With sines alone the inner product depends on the place as well.",
    of="offset-only",
    without="each frequency has both its sine and its cosine",
)
def sines_only(rng, pairs: Pairs = 32, t: Place = 100, k: Annotated[int, Range(0, 500)] = 7):
    d = 2 * pairs
    w = np.repeat(frequencies(d), 2)
    p, q = np.sin(w * t), np.sin(w * (t + k))
    return outcome(
        equal("inner product", p @ q, np.cos(frequencies(d) * k).sum(), tolerance=1e-9 * d),
        equal("squared length", p @ p, d / 2, relative=1e-12),
        given=[at_most("entries", np.abs([p, q]), 1)],
        message="sin a · sin b = (cos(a − b) − cos(a + b))/2. The second term knows the place.",
    )


@failure(
    "through-projections",
    "Read through the projections of queries and keys, the product of two encodings depends on the place as well.",
    of="offset-only",
    without="the encodings are compared directly",
)
def through_projections(rng, pairs: Annotated[int, Range(2, 64)] = 8, t: Annotated[int, Range(1, 5000)] = 100, k: Annotated[int, Range(0, 500)] = 7):
    d = 2 * pairs
    w = rng.normal(size=(2, d, d)) / np.sqrt(d)
    first, second = ((encoding(s, d)[0] @ w[0]) @ (encoding(s + k, d)[0] @ w[1]) for s in (0, t))
    return outcome(
        equal("product, against the one at place 0", second, first, tolerance=1e-9 * d),
        given=[equal("directly compared", encoding(t, d)[0] @ encoding(t + k, d)[0], np.cos(frequencies(d) * k).sum(), tolerance=1e-9 * d)],
        message=f"Offset {k} at places 0 and {t}. A trained model can choose projections that keep the offset; nothing forces it to.",
    )


def nearest(table):
    """The least distance of two rows, the distance of the first two, and the first row nearest to row 0."""
    apart = np.sqrt(np.maximum(((table - table[0]) ** 2).sum(axis=1), 0))[1:]
    return apart.min(), apart[0], np.argmin(apart) + 1


@claim(
    "neighbours-are-nearest",
    "No two places are nearer to each other than neighbours are.",
    assumes=("the frequencies run from fast to slow", "at least 16 features", "at most 2000 places"),
)
def neighbours_are_nearest(rng, pairs: Annotated[int, Range(8, 128)] = 32, places: Annotated[int, Range(10, 2000)] = 2000):
    least, neighbours, _ = nearest(encoding(np.arange(places), 2 * pairs))
    return outcome(at_least("least distance of two places", least, neighbours, slack=1e-9))


@failure(
    "one-frequency",
    "With one speed for all pairs the hand comes round again, and far places look alike.",
    of="neighbours-are-nearest",
    without="the frequencies run from fast to slow",
)
def one_frequency(rng, pairs: Annotated[int, Range(8, 128)] = 32, places: Annotated[int, Range(10, 2000)] = 50):
    angle = np.repeat(np.arange(places)[:, None], pairs, axis=1)
    table = np.concatenate([np.sin(angle), np.cos(angle)], axis=1)
    least, neighbours, where = nearest(table)
    return outcome(
        at_least("least distance of two places", least, neighbours, slack=1e-9),
        figure("distance of neighbours", neighbours),
        given=[equal("length", np.linalg.norm(table[-1]), np.sqrt(pairs), relative=1e-12)],
        message=f"All hands turn by one radian a place. Of {places} places, place {where} looks most like place 0.",
    )


def reading_errors(pairs, trained, places):
    """A linear function of the encoding, fitted to tell the place within the training length: its errors elsewhere."""
    def inputs(t):
        return np.concatenate([encoding(t, 2 * pairs), np.ones((len(t), 1))], axis=1)

    known = np.arange(trained)
    weights = np.linalg.lstsq(inputs(known), known, rcond=1e-8)[0]
    return np.abs(inputs(places) @ weights - places)


@claim(
    "place-can-be-read",
    "Within the training length a linear function of the encoding tells the place to half a step.",
    assumes=("the place lies within the training length",),
)
def place_can_be_read(rng, pairs: Annotated[int, Range(32, 64)] = 32, trained: Annotated[int, Range(32, 512)] = 256):
    return outcome(at_most("largest error, in places", reading_errors(pairs, trained, np.arange(trained)), 0.5))


@failure(
    "longer-than-trained",
    "The same function, used beyond the training length, is wrong by many places.",
    of="place-can-be-read",
    without="the place lies within the training length",
)
def longer_than_trained(rng, pairs: Annotated[int, Range(32, 64)] = 32, trained: Annotated[int, Range(32, 512)] = 256):
    places = np.arange(2 * trained)
    errors = reading_errors(pairs, trained, places)
    return outcome(
        at_most("largest error, in places", errors[trained:], 0.5),
        given=[at_most("largest error within the training length", errors[:trained], 0.5)],
        message=f"Fitted on {trained} places, used on {2 * trained}. The encoding is defined there; what was learnt from it is not.",
        plot=Plot(
            "place", "error, in places",
            (Line("linear reading", places, np.maximum(errors, 1e-9)),),
            "On a logarithmic axis the error is tiny up to the training length and then rises by many orders of magnitude.",
            log_y=True,
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    p3, p4 = encoding([3, 4], 4)
    moved = shift_matrix(1, 4) @ p3
    rows = 512
    return outcome(
        equal("frequencies", frequencies(4), [1, 0.01], tolerance=1e-12),
        equal("p3", p3, [0.141, -0.990, 0.030, 1.000], tolerance=5e-4), equal("p4", p4, [-0.757, -0.654, 0.040, 0.999], tolerance=5e-4),
        equal("shifted, first entry", moved[0], -0.757, tolerance=5e-4), equal("p3 shifted", moved, p4, tolerance=1e-12),
        equal("inner product", p3 @ p4, 1.540, tolerance=5e-4), equal("as cosines", p3 @ p4, np.cos(1) + np.cos(0.01), tolerance=1e-12),
        equal("at 103 and 104", encoding(103, 4)[0] @ encoding(104, 4)[0], 1.540, tolerance=5e-4),
        equal("slowest wavelength of width 512", 2 * np.pi / frequencies(512)[-1], 60611, tolerance=1),
        equal("length at width 512", np.linalg.norm(encoding(7, 512)), 16, tolerance=1e-9),
        equal("token at width 512, scaled", np.sqrt(512), 22.6, tolerance=0.05),
        equal("table of BERT-base", rows * 768, 393216),
    )  # fmt: skip


@derivation("shift-steps", "A shift is a rotation, and inner products see only the offset.", assumes=("each frequency has both its sine and its cosine",))
def shift_steps(rng, pairs: Annotated[int, Range(1, 32)] = 4, t: Annotated[int, Range(0, 2000)] = 50, k: Annotated[int, Range(0, 200)] = 3, j: Annotated[int, Range(0, 200)] = 5):
    d, w = 2 * pairs, frequencies(2 * pairs)
    p, q = encoding([t, t + k], d)
    m = shift_matrix(k, d)
    first = np.array([np.cos(w[0] * k) * p[0] + np.sin(w[0] * k) * p[1], -np.sin(w[0] * k) * p[0] + np.cos(w[0] * k) * p[1]])
    return outcome(
        equal("one pair", first, q[:2], tolerance=1e-9),
        equal("all pairs", m @ p, q, tolerance=1e-9),
        equal("two shifts", shift_matrix(j, d) @ m, shift_matrix(j + k, d), tolerance=1e-9),
        equal("pₜ · pₜ₊ₖ", p @ q, np.cos(w * k).sum(), tolerance=1e-9),
        equal("squared distance", np.sum((p - q) ** 2), 2 * np.sum(1 - np.cos(w * k)), tolerance=1e-9),
        given=[equal("MᵀM", m.T @ m, np.eye(d), tolerance=1e-12)],
    )
