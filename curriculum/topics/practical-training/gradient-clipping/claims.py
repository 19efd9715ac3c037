"""Checks of the page on gradient clipping: what it does to one gradient, to a descent, and to an expectation."""

from math import cosh, sinh
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, use,
)

TAUGHT = use("exercises/write-gradient-clipping/solution.py")

Threshold = Annotated[float, Range(0.1, 10)]
Arrays = Annotated[int, Range(1, 6)]
E = np.e


def clip(g, c):
    """Clipping by norm."""
    norm = np.linalg.norm(g)
    return g * min(1.0, c / norm) if norm > 0 else g


def layers(rng, arrays):
    """Gradients of several layers, of different shapes."""
    return [rng.normal(size=(int(rng.integers(1, 4)), int(rng.integers(1, 5)))) * rng.uniform(0.5, 3) for _ in range(arrays)]


def flat(arrays):
    return np.concatenate([np.ravel(a) for a in arrays])


def angle(a, b):
    """One minus the cosine between two vectors."""
    return 1 - a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


@claim(
    "global-norm",
    "Clipping by global norm keeps the direction, leaves short gradients as they are and makes no other longer than c; it is the nearest point of the ball.",
    assumes=("one factor for all arrays", "the whole gradient is clipped once", "the norm is finite and not 0"),
)
def global_norm(rng, c: Threshold = 1.0, arrays: Arrays = 3):
    parts = layers(rng, arrays)
    g = flat(parts)
    clipped, before = TAUGHT.clip_by_global_norm([p.copy() for p in parts], c)
    found = flat(clipped)
    others = rng.normal(size=(300, len(g)))
    others *= (c * rng.random(size=300) / np.linalg.norm(others, axis=1))[:, None]
    return outcome(
        equal("clipped gradient", found, clip(g, c), tolerance=1e-12),
        equal("1 − cosine with the gradient", angle(found, g), 0, tolerance=1e-12),
        equal("length", np.linalg.norm(found), min(c, np.linalg.norm(g)), relative=1e-12),
        equal("norm that is reported", before, np.linalg.norm(g), relative=1e-12),
        at_least("distance of other points of the ball", np.linalg.norm(others - g, axis=1).min(), np.linalg.norm(found - g), slack=1e-12),
    )


def landscape(kind):
    """A function, its gradient, and L₀, L₁ with ‖∇²f‖ ≤ L₀ + L₁‖∇f‖."""
    if kind == "cosh":
        return (lambda x: np.sum(np.cosh(x) - 1)), np.sinh, 1.0, 1.0
    return (lambda x: np.sum(x**4)), (lambda x: 4 * x**3), 16.0, 1.0


def rule(g, low, high):
    """The step that the theorem takes: the rate 1/(2eL₀), clipped at L₀/L₁."""
    return clip(g, low / high) / (2 * E * low)


def promised(norm, low, high):
    """The least decrease of one clipped step."""
    return min(norm**2 / low, norm / high) / (4 * E)


@claim(
    "clipped-descent",
    "With the rate 1/(2eL₀) and the threshold L₀/L₁ each step lowers f by at least min(‖g‖²/L₀, ‖g‖/L₁)/(4e).",
    assumes=("‖∇²f‖ ≤ L₀ + L₁‖∇f‖ everywhere", "the step is clipped", "exact gradients"),
)
def clipped_descent(
    rng, kind: Literal["cosh", "x⁴"] = "cosh", far: Annotated[float, Range(0.5, 12)] = 8.0, dim: Annotated[int, Range(1, 5)] = 2
):
    f, gradient, low, high = landscape(kind)
    x = rng.normal(size=dim)
    x *= far / np.linalg.norm(x)
    short, norms, values, curvature = [], [], [f(x)], []
    for _ in range(120):
        g = gradient(x)
        norm = np.linalg.norm(g)
        bend = np.max(np.cosh(x) if kind == "cosh" else 12 * x**2)
        curvature.append(bend - (low + high * norm))
        x = x - rule(g, low, high)
        values.append(f(x))
        short.append(promised(norm, low, high) - (values[-2] - values[-1]))
        norms.append(norm)
    k = np.arange(1, len(norms) + 1)
    least = np.minimum.accumulate(norms)
    return outcome(
        at_most("decrease missing", max(short), 0, slack=1e-9),
        at_most("steps until the least gradient so far", k, 4 * E * values[0] * np.maximum(low / least**2, high / least) + 1),
        given=[at_most("curvature beyond L₀ + L₁‖∇f‖", max(curvature), 0, slack=1e-9)],
        message=f"{kind}, started at distance {far:g}.",
        plot=Plot("step", "gradient norm", (Line("clipped descent", k, norms),),
                  "The norm of the gradient falls by a factor in each step while it is clipped, and goes on falling after.", log_y=True),
    )  # fmt: skip


@claim(
    "mean-within",
    "If no sample gradient is longer than c, clipping leaves the expected gradient as it is.",
    assumes=("no sample gradient is longer than c",),
)
def mean_within(rng, samples: Annotated[int, Range(1, 30)] = 6, c: Threshold = 3.0):
    g = rng.normal(size=(samples, 3))
    g *= c * rng.random() / np.linalg.norm(g, axis=1).max()
    return outcome(
        equal("mean of the clipped gradients", np.mean([clip(row, c) for row in g], axis=0), g.mean(axis=0), tolerance=1e-12),
        figure("longest", np.linalg.norm(g, axis=1).max()),
    )


def steps_until(start, rate, c, goal=0.01):
    """Steps of (clipped) descent on cosh until |x| is below the goal."""
    x, count = start, 0
    while abs(x) >= goal:
        g = sinh(x)
        x, count = x - rate * g * min(1.0, c / abs(g)), count + 1
    return count


def settles(targets, c):
    """Where clipped SGD on ½(θ − a)² has no drift: the mean clipped gradient is 0."""
    low, high = targets.min(), targets.max()
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if np.clip(middle - targets, -c, c).mean() < 0 else (low, middle)
    return (low + high) / 2


@claim("worked-numbers", "The numbers of the worked example and of the text.", assumes=("two layers", "c = 1"))
def worked_numbers(rng):
    g = np.array([3.0, 0, 0, 4])
    apart = np.concatenate([clip(g[:2], 1), clip(g[2:], 1)])
    noise = np.array([-1.0, -1, 8])
    targets = np.array([1.0, 1.0, -8.0])
    return outcome(
        equal("global norm", np.linalg.norm(g), 5), equal("clipped", clip(g, 1), [0.6, 0, 0, 0.8], tolerance=1e-12),
        equal("each layer apart", apart, [1, 0, 0, 1], tolerance=1e-12),
        equal("angle, in degrees", np.degrees(np.arccos(1 - angle(apart, g))), 8.1, tolerance=0.05),
        equal("mean of the samples", noise.mean(), 2), equal("mean of the clipped samples", np.clip(noise, -1, 1).mean(), -1 / 3, tolerance=1e-12),
        equal("minimum of the loss", targets.mean(), -2), equal("where clipped SGD settles", settles(targets, 1.0), 0.5, tolerance=1e-9),
        equal("the same with c = 5", settles(targets, 5.0), -1.5, tolerance=1e-9),
        equal("gradient of cosh at 10", sinh(10), 11013, tolerance=0.5), equal("after a step of 0.1", 10 - 0.1 * sinh(10), -1091, tolerance=0.5),
        equal("steps with the longest safe fixed rate", steps_until(10, 1 / cosh(10), np.inf), 58344, tolerance=0.5),
        equal("steps with clipping", steps_until(10, 0.5, 1.0), 25, tolerance=0.5),
        equal("largest entry whose square fits into single precision, over 10¹⁹", np.sqrt(float(np.finfo(np.float32).max)) / 1e19, 1.84, tolerance=5e-3),
    )  # fmt: skip


@derivation(
    "relaxed-steps",
    "Why the natural step shrinks with the gradient.",
    assumes=("‖∇²f‖ ≤ L₀ + L₁‖∇f‖ everywhere",),
)
def relaxed_steps(
    rng, low: Annotated[float, Range(0.0, 4)] = 1.0, high: Annotated[float, Range(0.2, 4)] = 1.0
):
    # f′ = (1 + L₀/L₁)·exp(L₁x) − L₀/L₁ has f″ = L₀ + L₁f′ exactly: along it every bound below is attained.
    def slope(x):
        return (1 + low / high) * np.exp(high * x) - low / high

    def bend(x):
        return high * (1 + low / high) * np.exp(high * x)

    def value(x):
        return (1 + low / high) * np.exp(high * x) / high - low / high * x

    x = rng.uniform(0, 2)
    g, d = slope(x), rng.uniform(0, 1) / high
    along = np.linspace(0, 1, 101)
    step = g / (E * (low + high * g))
    norm = np.geomspace(1e-3, 1e3, 400)
    low = max(low, 1e-6)
    rate = np.array([rule(np.array([n]), low, high)[0] / n for n in norm])
    return outcome(
        equal("‖∇f‖ along the segment", slope(x + along * d), (g + low / high) * np.exp(high * d * along) - low / high, relative=1e-4, tolerance=1e-4),
        equal("curvature along the segment", bend(x + along * d), (low + high * g) * np.exp(high * d * along), relative=1e-4),
        at_most("f(x + d), uphill", value(x + d), value(x) + g * d + E / 2 * (low + high * g) * d**2, slack=1e-9),
        at_most("f after the step", value(x - step), value(x) - g**2 / (2 * E * (low + high * g)), slack=1e-6),
        at_most("clipped step, beside the smaller of the two rates and α*", np.abs(rate - np.minimum(1 / (2 * E * low), 1 / (2 * E * high * norm)))
                + np.maximum(rate * E * (low + high * norm) - 1, 0), 1e-9),
        equal("half the step times ‖g‖²", 0.5 * rate * norm**2, [promised(n, low, high) for n in norm], relative=1e-9),
    )


@failure(
    "no-clipping",
    "The same rate without clipping leaps out of the valley.",
    of="clipped-descent",
    without="the step is clipped",
)
def no_clipping(rng, far: Annotated[float, Range(1.0, 6)] = 5.0, rate: Annotated[float, Range(0.05, 0.5)] = 0.184):
    f, gradient, low, high = landscape("cosh")
    x = np.array([far])
    after = x - rate * gradient(x)
    fixed = np.array([far])
    for _ in range(20):
        fixed = fixed - rule(gradient(fixed), low, high)
    return outcome(
        at_most("decrease missing", promised(np.linalg.norm(gradient(x)), low, high) - (f(x) - f(after)), 0, slack=1e-9),
        figure("x before", x[0]), figure("x after one step", after[0]), figure("x after twenty clipped steps", fixed[0]),
        given=[at_most("curvature beyond L₀ + L₁‖∇f‖", np.cosh(far) - (low + high * np.sinh(far)), 0, slack=1e-9)],
        message=f"cosh, from {far:g}, rate {rate:g}. Near the minimum the same rate is short enough.",
    )  # fmt: skip


@failure(
    "other-directions",
    "Clipped in parts, the gradient points elsewhere.",
    of="global-norm",
    without="one factor for all arrays",
)
def other_directions(
    rng, parts: Literal["each array", "each entry"] = "each array", c: Annotated[float, Range(0.1, 2)] = 0.5
):
    arrays = [np.array([3.0, 0.5]), np.array([0.2, 4.0]), np.array([1.0])]
    g = flat(arrays)
    found = np.clip(g, -c, c) if parts == "each entry" else flat([clip(a, c) for a in arrays])
    return outcome(
        equal("1 − cosine with the gradient", angle(found, g), 0, tolerance=1e-12),
        figure("angle, in degrees", np.degrees(np.arccos(min(1.0, 1 - angle(found, g))))),
        figure("length", np.linalg.norm(found)),
        given=[equal("the same with one factor", angle(clip(g, c), g), 0, tolerance=1e-12)],
        message=f"Three layers, {parts} clipped at {c:g}. Small layers gain influence, large ones lose it.",
    )


@failure(
    "clipped-in-pieces",
    "The sum of clipped micro-batches is not the clipped sum.",
    of="global-norm",
    without="the whole gradient is clipped once",
)
def clipped_in_pieces(rng, pieces: Annotated[int, Range(1, 16)] = 4, c: Annotated[float, Range(0.1, 2)] = 1.0):
    common = np.array([2.0, 0, 0])
    batches = common + np.random.default_rng(3).normal(size=(pieces, 3)) * np.array([1.0, 4, 4])
    whole = batches.mean(axis=0)
    found = np.mean([clip(b, c) for b in batches], axis=0)
    return outcome(
        equal("clipped gradient", found, clip(whole, c), tolerance=1e-9),
        figure("1 − cosine", angle(found, whole)), figure("length", np.linalg.norm(found)),
        given=[equal("1 − cosine, clipped once", angle(clip(whole, c), whole), 0, tolerance=1e-12)],
        message=f"{pieces} micro-batches, or devices, clipped each by itself.",
    )


@failure(
    "skewed-noise",
    "Rare long gradients are cut, frequent short ones are not: the mean may change its sign.",
    of="mean-within",
    without="no sample gradient is longer than c",
)
def skewed_noise(rng, c: Annotated[float, Range(0.2, 12)] = 1.0, rare: Annotated[float, Range(2, 20)] = 8.0):
    noise = np.array([[-1.0], [-1.0], [rare]])
    targets = np.array([1.0, 1.0, -rare])
    limits = np.geomspace(0.1, 2 * rare, 80)
    return outcome(
        equal("mean of the clipped gradients", np.mean([clip(g, c) for g in noise], axis=0), noise.mean(axis=0), tolerance=1e-9),
        figure("minimum of the loss", targets.mean()), figure("where clipped SGD settles", settles(targets, c)),
        given=[equal("mean of the gradients", noise.mean(), (rare - 2) / 3, tolerance=1e-12)],
        message=f"Gradients −1, −1, {rare:g}, clipped at {c:g}. On ½(θ − a)² clipping turns the mean into an estimate that ignores outliers.",
        plot=Plot("threshold c", "θ", (Line("where clipped SGD settles", limits, [settles(targets, v) for v in limits]),
                                      Line("minimum", [limits[0], limits[-1]], [targets.mean()] * 2)),
                  "For a small threshold the point lies near the median; it moves to the minimum as the threshold grows.", log_x=True),
    )  # fmt: skip


@failure(
    "squares-overflow",
    "In single precision the square of a large entry is infinite, and of a small one 0.",
    of="global-norm",
    without="the norm is finite and not 0",
)
def squares_overflow(rng, log10_size: Annotated[float, Range(-36, 36)] = 25.0, c: Threshold = 1.0):
    g = (10.0**log10_size * np.array([3.0, 4.0])).astype(np.float32)
    with np.errstate(over="ignore", under="ignore", divide="ignore", invalid="ignore"):
        norm = np.sqrt(np.sum(g * g))
        found = (g * min(np.float32(1), np.float32(c) / norm)).astype(float)
    right = flat(TAUGHT.clip_by_global_norm([g], c)[0])
    return outcome(
        equal("length", np.linalg.norm(found), min(c, 5 * 10.0**log10_size), relative=1e-5),
        figure("norm in single precision", norm),
        given=[equal("length, with the squares in double precision", np.linalg.norm(right.astype(float)), min(c, 5 * 10.0**log10_size), relative=1e-5)],
        message=f"Entries of about 10^{log10_size:g}; they themselves fit. An infinite norm turns the gradient into zeros.",
    )
