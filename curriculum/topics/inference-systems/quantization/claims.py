"""Checks of the page on quantisation: the error of a code, the integer product, and what an outlier costs."""

from math import erf
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

taught = use("exercises/int8-quantize/solution.py")

Bits = Annotated[int, Range(2, 8)]
Terms = Annotated[int, Range(1, 200)]


def fitted(x, bits, scheme="symmetric"):
    """Scale, zero point and both ends of the codes for these numbers."""
    if scheme == "symmetric":
        top = 2 ** (bits - 1) - 1
        return np.abs(x).max() / top, 0, -top, top
    low, high, top = min(x.min(), 0.0), max(x.max(), 0.0), 2**bits - 1
    scale = (high - low) / top
    return scale, np.rint(-low / scale), 0, top


def restored(x, scale, zero, low, high, rounding=np.rint):
    """The numbers after quantising and back."""
    return scale * (np.clip(rounding(x / scale) + zero, low, high) - zero)


def in_steps(x, code, rounding=np.rint):
    """The size of each error, in steps of the grid."""
    return np.abs(x - restored(x, *code, rounding)) / code[0]


@claim(
    "half-step",
    "No number is off by more than half a step, s/2, and numbers halfway between grid points are off by exactly that.",
    assumes=("the grid covers every number", "quotients are rounded to the nearest integer"),
)
def half_step(
    rng, bits: Bits = 8, scheme: Literal["symmetric", "affine"] = "affine", numbers: Literal["random", "halfway"] = "random"
):
    x = rng.gumbel(size=200)
    if numbers == "halfway":
        step = (1 if scheme == "symmetric" else 2) / fitted(np.array([-1.0, 1.0]), bits, scheme)[3]
        inside = step * (np.arange(-(2 ** (bits - 1)), 2 ** (bits - 1)) + 0.5)
        x = np.concatenate([[-1.0, 1.0], inside[np.abs(inside) < 1]])
    code = fitted(x, bits, scheme)
    bound = 0.5
    worst = [equal("largest error, in steps", in_steps(x, code).max(), bound, tolerance=1e-9)] if numbers == "halfway" else []
    rows = np.atleast_2d(x)
    return outcome(
        at_most("errors, in steps", in_steps(x, code), bound, slack=1e-9),
        equal("zero after the way there and back", restored(np.zeros(1), *code), [0.0], tolerance=1e-12),
        equal("the exercise's code at 8 bits", taught.dequantize(*taught.quantize(rows))[0], restored(x, *fitted(x, 8)), tolerance=1e-12),
        *worst,
        figure("scale", code[0]), figure("zero point", code[1]),
    )  # fmt: skip


@failure(
    "wrong-calibration",
    "Numbers beyond the calibrated range are clipped, and are off by many steps.",
    of="half-step",
    without="the grid covers every number",
)
def wrong_calibration(rng, bits: Bits = 8, wider: Annotated[float, Range(1.0, 4.0)] = 1.5):
    code = fitted(np.array([-1.0, 1.0]), bits)
    x = np.concatenate([[wider], rng.uniform(-wider, wider, size=400)])
    error = in_steps(x, code)
    return outcome(
        at_most("errors, in steps", error, 0.5, slack=1e-9),
        figure("largest error, in steps", error.max()),
        figure("share of the numbers clipped", np.mean(np.abs(x) > 1)),
        given=[at_most("errors within the range, in steps", error[np.abs(x) <= 1], 0.5, slack=1e-9)],
        message=f"Calibrated on numbers up to 1, used on numbers up to {wider:g}.",
    )


@failure(
    "truncation",
    "A conversion that cuts off the fraction is wrong by up to a whole step, and always towards zero.",
    of="half-step",
    without="quotients are rounded to the nearest integer",
)
def truncation(rng, bits: Bits = 8):
    x = rng.normal(size=400)
    code = fitted(x, bits)
    cut = restored(x, *code, rounding=np.trunc)
    return outcome(
        at_most("errors, in steps", in_steps(x, code, np.trunc), 0.5, slack=1e-9),
        figure("mean change of size, in steps", np.mean(np.abs(cut) - np.abs(x)) / code[0]),
        figure("mean change of size when rounded, in steps", np.mean(np.abs(restored(x, *code)) - np.abs(x)) / code[0]),
        given=[at_most("sizes, against the end of the grid", np.abs(x), code[0] * code[3], slack=1e-9)],
        message="Errors of one sign do not cancel in a sum: every output shrinks.",
    )


POINTS, WEIGHTS = np.polynomial.legendre.leggauss(12)


def normal_mean(of, spread, centre=0.0):
    """The mean of a function of a normal number with this spread, cell by cell between halves, all in steps."""
    reach = int(np.ceil(9 * spread + abs(centre))) + 1
    halves = np.arange(-2 * reach, 2 * reach) / 2  # cells of half a step: each lies on one side of every rounding edge
    x = (halves[:, None] + 0.25 + 0.25 * POINTS).ravel()
    density = np.exp(-(((x - centre) / spread) ** 2) / 2) / (spread * np.sqrt(2 * np.pi))
    return np.sum(np.tile(0.25 * WEIGHTS, len(halves)) * density * of(x))


@claim(
    "noise-variance",
    "The error of normal numbers has mean 0 and variance s²/12.",
    assumes=("the standard deviation is at least one step", "the numbers are normal", "nothing is clipped"),
)
def noise_variance(
    rng, spread: Annotated[float, Range(1.0, 40.0)] = 18.0, centre: Annotated[float, Range(0.0, 2.0)] = 0.25
):
    variance = normal_mean(lambda x: (x - np.rint(x)) ** 2, spread, centre)
    return outcome(
        equal("12 · variance of the error, in steps²", 12 * variance, 1, relative=1e-6),
        equal("mean error, in steps", normal_mean(lambda x: x - np.rint(x), spread, centre), 0, tolerance=1e-6),
        message=f"Standard deviation {spread:g} steps, mean {centre:g} steps. Integrated cell by cell, without chance.",
    )


@failure(
    "outlier",
    "One large entry widens the step beyond the others' spread. Most of them become 0, and their error is nearly as large as they are.",
    of="noise-variance",
    without="the standard deviation is at least one step",
)
def outlier(rng, bits: Annotated[int, Range(3, 8)] = 4, largest: Annotated[float, Range(3.0, 100.0)] = 20.0):
    spread = (2 ** (bits - 1) - 1) / largest  # of all other numbers, in steps
    variance = normal_mean(lambda x: (x - np.rint(x)) ** 2, spread)
    plain = normal_mean(lambda x: (x - np.rint(x)) ** 2, (2 ** (bits - 1) - 1) / 4)
    return outcome(
        equal("12 · variance of the error, in steps²", 12 * variance, 1, relative=1e-6),
        figure("error against size", np.sqrt(variance) / spread),
        figure("error against size if the largest is 4", np.sqrt(plain) / ((2 ** (bits - 1) - 1) / 4)),
        figure("share that becomes zero", erf(0.5 / spread / np.sqrt(2))),
        given=[equal("mean error, in steps", normal_mean(lambda x: x - np.rint(x), spread), 0, tolerance=1e-9)],
        message=f"{bits} bits; the largest entry is {largest:g} standard deviations of the others. Errors and sizes as roots of mean squares.",
    )


def clipped_error(bits, clip):
    """Mean squared error of a standard normal number whose grid ends at ± clip."""
    top = 2 ** (bits - 1) - 1
    step = clip / top
    return step**2 * normal_mean(lambda x: (x - np.clip(np.rint(x), -top, top)) ** 2, 1 / step)


def rounding_error(bits, clip):
    """The part of it that rounding alone predicts."""
    return (clip / (2 ** (bits - 1) - 1)) ** 2 / 12


def best_clip(bits):
    """The end of the grid with the least mean squared error, by golden section."""
    low, high, share = 0.8, 6.0, (np.sqrt(5) - 1) / 2
    for _ in range(34):
        a, b = high - share * (high - low), low + share * (high - low)
        low, high = (low, b) if clipped_error(bits, a) < clipped_error(bits, b) else (a, high)
    return (low + high) / 2


@claim(
    "clip-well",
    "For normal weights and 3 to 5 bits a grid that ends before the largest weight, 4σ or more, has the smaller mean squared error.",
    assumes=("the weights are normal", "3 to 5 bits", "every weight counts alike"),
)
def clip_well(rng, bits: Annotated[int, Range(3, 5)] = 4, largest: Annotated[float, Range(4.0, 6.0)] = 4.0):
    best = best_clip(bits)
    ends = np.linspace(1.2, 6, 49)
    errors = np.array([clipped_error(bits, c) for c in ends])
    h = 1e-3
    return outcome(
        at_most("error at the best end", clipped_error(bits, best), 0.9 * clipped_error(bits, largest)),
        equal("slope of the error there", (clipped_error(bits, best + h) - clipped_error(bits, best - h)) / (2 * h), 0, tolerance=1e-5),
        at_least("errors elsewhere", errors, clipped_error(bits, best), slack=1e-12),
        equal("error at 6 σ, against rounding alone", clipped_error(bits, 6.0) / rounding_error(bits, 6.0), 1, tolerance=0.02),
        figure("best end, in σ", best),
        figure("root mean square error there, in σ", np.sqrt(clipped_error(bits, best))),
        figure("root mean square error at the largest weight, in σ", np.sqrt(clipped_error(bits, largest))),
        plot=Plot("end of the grid, in σ", "mean squared error",
                  (Line("total", ends, errors), Line("rounding alone", ends, rounding_error(bits, ends))),
                  "The error falls steeply while fewer weights are clipped, has its minimum, and then rises along the curve of rounding alone.",
                  log_y=True),
    )  # fmt: skip


def from_integers(q, s, p, t, dtype=np.int32):
    """The product from integer sums: codes (n, k) and (k, m), scales of the rows and of the columns."""
    return s[:, None] * t * (q.astype(dtype) @ p.astype(dtype))


def coded(x, w):
    """Codes and scales by the exercise's code: rows of x, columns of w."""
    (q, s), (p, t) = taught.quantize(x), taught.quantize(w.T)
    return q, s, p.T, t


@claim(
    "integer-product",
    "Scaled integer sums are exactly the product of the quantised matrices.",
    assumes=("each row of X and each column of W has one scale", "sums are kept in 32 bits"),
)
def integer_product(rng, k: Terms = 64, n: Annotated[int, Range(1, 12)] = 5):
    x, w = rng.normal(size=(n, k)) * rng.uniform(0.1, 10, size=(n, 1)), rng.normal(size=(k, 7))
    q, s, p, t = coded(x, w)
    found, hats = from_integers(q, s, p, t), (s[:, None] * q, t * p)
    return outcome(
        equal("product from integer sums", found, hats[0] @ hats[1], tolerance=1e-9),
        figure("relative error of the output", np.linalg.norm(found - x @ w) / np.linalg.norm(x @ w)),
        message=f"{n} × {k} times {k} × 7, both in 8 bits.",
    )


@failure(
    "scale-inside-the-sum",
    "A scale for each input channel differs from term to term, and no scale of rows and columns can replace it afterwards.",
    of="integer-product",
    without="each row of X and each column of W has one scale",
)
def scale_inside_the_sum(rng, k: Terms = 64, n: Annotated[int, Range(1, 12)] = 5):
    x, w = rng.normal(size=(n, k)) * 10 ** rng.uniform(-1, 1, size=k), rng.normal(size=(k, 7))
    q, inner = (a.T for a in taught.quantize(x.T))
    p, t = coded(x, w)[2:]
    true = (inner * q) @ (t * p)
    sums = from_integers(q, np.ones(n), p, t)
    best = (true * sums).sum(axis=1) / (sums**2).sum(axis=1)  # least squares, one factor a row
    return outcome(
        equal("product from integer sums", from_integers(q, best, p, t), true, tolerance=1e-9),
        figure("relative error with the best factor a row", np.linalg.norm(from_integers(q, best, p, t) - true) / np.linalg.norm(true)),
        given=[equal("product if the scale is moved into W first", q @ (inner[:, None] * t * p), true, tolerance=1e-9)],
        message="With k = 1 there is only one scale, and it comes out.",
    )


@failure(
    "short-sums",
    "Three products of large 8-bit codes exceed 32 767, and a 16-bit sum wraps round.",
    of="integer-product",
    without="sums are kept in 32 bits",
)
def short_sums(rng, k: Terms = 3):
    x, w = rng.uniform(0.9, 1, size=(4, k)), rng.uniform(0.9, 1, size=(k, 7))
    q, s, p, t = coded(x, w)
    true = (s[:, None] * q) @ (t * p)
    short = from_integers(q, s, p, t, np.int16)
    return outcome(
        equal("product from integer sums", short, true, tolerance=1e-9),
        figure("a 16-bit result", short[0, 0]), figure("that result in 32 bits", true[0, 0]),
        given=[at_most("a single product", 127 * 127, 2**15 - 1)],
        message=f"Sums of {k} products of positive codes, each near 127² = 16 129.",
    )  # fmt: skip


@derivation(
    "error-steps",
    "From rounding to the error of an output.",
    assumes=("nothing is clipped", "the rests are uniform and independent of one another"),
    after={3: (1,), 4: (), 5: (2, 3)},
)
def error_steps(rng, bits: Annotated[int, Range(3, 8)] = 8, zero: Annotated[int, Range(-20, 20)] = 5):
    scale, x = rng.uniform(0.1, 2), rng.normal(size=50)
    x[0] = scale / 2  # exactly halfway: the largest rest there is
    rest = x / scale - np.rint(x / scale)
    fine = (np.arange(120) + 0.5) / 120 - 0.5  # every rest equally often
    a = rng.normal(size=2)
    sums = scale * (a[0] * fine[:, None] + a[1] * fine)
    return outcome(
        equal("largest rest", np.abs(rest).max(), 0.5, tolerance=1e-12),
        equal("error", x - restored(x, scale, zero, -(10**6), 10**6), scale * rest, tolerance=1e-12),
        equal("variance of a uniform rest", np.mean(fine**2), 1 / 12, relative=1e-4),
        equal("step with a bit fewer", fitted(x, bits - 1)[0] / fitted(x, bits)[0], (2 ** (bits - 1) - 1) / (2 ** (bits - 2) - 1), relative=1e-12),
        equal("variance of an output", np.mean(sums**2), (a @ a) * scale**2 / 12, relative=1e-4),
    )  # fmt: skip


@derivation(
    "product-steps",
    "A product with zero points, in integers.",
    assumes=("activations are affine with one scale and zero point a row", "weights are symmetric with one scale a column"),
)
def product_steps(rng, k: Terms = 40):
    q, p = rng.integers(0, 256, size=(3, k)), rng.integers(-127, 128, size=(k, 4))
    s, t, z = rng.uniform(0.1, 1, size=(3, 1)), rng.uniform(0.1, 1, size=4), rng.integers(0, 256, size=(3, 1))
    true = np.array([[sum(s[i, 0] * (q[i, l] - z[i, 0]) * t[j] * p[l, j] for l in range(k)) for j in range(4)] for i in range(3)])
    return outcome(
        equal("ŷ, term by term", (s * (q - z)) @ (t * p), true, tolerance=1e-7),
        equal("scales outside", s * t * ((q - z) @ p), true, tolerance=1e-7),
        equal("zero point outside", s * t * (q @ p - z * p.sum(axis=0)), true, tolerance=1e-7),
        at_most("integer sum", np.abs(q @ p), 255 * 127 * k),
        given=[equal("the largest sum there is", np.full(k, 255) @ np.full(k, 127), 255 * 127 * k)],
    )


def gigabytes(parameters, bits):
    return parameters * bits / 8 / 1e9


@claim("worked-numbers", "The numbers of the worked example and of the text.")
def worked_numbers(rng):
    x, w = np.array([[0.4, -1.0, 0.05]]), np.array([[0.3, 0.5, -0.2]])
    (q, s), (p, t) = taught.quantize(x), taught.quantize(w)
    back, total = taught.dequantize(q, s), int(q[0].astype(int) @ p[0].astype(int))
    wide, _ = taught.quantize(np.array([[0.4, -1.0, 0.05, 20.0]]))
    scale, zero, low, high = fitted(np.array([-0.5, 1.5]), 8, "affine")
    ratio = [4 / (2 ** (b - 1) - 1) / np.sqrt(12) for b in (8, 4)]
    return outcome(
        equal("scale", s[0], 0.00787, tolerance=5e-6), equal("codes", q[0], [51, -127, 6]), equal("half a step", s[0] / 2, 0.0039, tolerance=5e-5),
        equal("restored", back[0], [0.4016, -1.0, 0.0472], tolerance=5e-5), equal("largest error", np.abs(back - x).max(), 0.0028, tolerance=5e-5),
        equal("scale with an outlier", 20 / 127, 0.157, tolerance=5e-4), equal("codes with an outlier", wide[0], [3, -6, 0, 127]),
        equal("restored with an outlier", 20 / 127 * wide[0, :2], [0.472, -0.945], tolerance=5e-4),
        equal("weight scale", t[0], 0.003937, tolerance=5e-7), equal("weight codes", p[0], [76, 127, -51]),
        equal("integer sum", total, -12559), equal("its three terms", q[0].astype(int) * p[0], [3876, -16129, -306]),
        equal("product from integers", total * s[0] * t[0], -0.3893, tolerance=5e-5), equal("true product", (x @ w.T)[0, 0], -0.39, tolerance=1e-12),
        equal("affine scale", scale, 0.00784, tolerance=5e-6), equal("affine zero point", zero, 64), equal("quotient of the low end", 0.5 / scale, 63.75, tolerance=1e-9),
        equal("affine codes of the ends", np.clip(np.rint(np.array([-0.5, 0, 1.5]) / scale) + zero, low, high), [0, 64, 255]),
        equal("error against size, 8 bits", 100 * ratio[0], 0.91, tolerance=5e-3, unit="%"), equal("error against size, 4 bits", 100 * ratio[1], 16.5, tolerance=0.05, unit="%"),
        equal("4 bits, integrated", 100 * np.sqrt(clipped_error(4, 4.0)), 16.5, tolerance=0.05, unit="%"),
        equal("8 billion at 16 bits", gigabytes(8e9, 16), 16, unit="GB"), equal("8 billion at 4.25 bits", gigabytes(8e9, 4 + 16 / 64), 4.25, unit="GB"),
        equal("variance from 8 to 7 bits", (127 / 63) ** 2, 4.06, tolerance=5e-3), equal("variance from 4 to 3 bits", (7 / 3) ** 2, 5.44, tolerance=5e-3),
        equal("products that fit into 32 bits", (2**31 - 1) // (255 * 127), 66311), equal("the largest 16-bit integer", 2**15 - 1, 32767),
        equal("three largest products", 3 * 127**2, 48387),
        equal("best end at 4 bits", best_clip(4), 2.47, tolerance=5e-3),
        equal("error there", 100 * np.sqrt(clipped_error(4, best_clip(4))), 11.4, tolerance=0.05, unit="%"),
    )  # fmt: skip
