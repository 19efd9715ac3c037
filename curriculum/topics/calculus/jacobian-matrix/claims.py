"""Checks of the page on the Jacobian matrix. True Jacobians are taken by complex steps, which are exact to rounding."""

from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_most, claim, derivation, equal, failure, figure, outcome,
)

Side = Annotated[int, Range(1, 8)]
Square = Annotated[int, Range(2, 8)]


def measured(f, x):
    """The Jacobian of an analytic map: column j is the imaginary part after a tiny imaginary step of input j."""
    step = 1e-30j
    return np.array([np.imag(f(x + step * e)) / 1e-30 for e in np.eye(len(x))]).T


def layer(rng, n, m):
    """A smooth map from n to m numbers, tanh(Wx + b) plus a product of neighbours, and its Jacobian by formula."""
    w, b = rng.normal(size=(m, n)) / np.sqrt(n), rng.normal(size=m)

    def f(x):
        return np.tanh(w @ x + b) + w @ (x * np.roll(x, 1))

    def jacobian(x):
        eye = np.eye(n)
        inner = np.diag(np.roll(x, 1)) + np.diag(x) @ np.roll(eye, 1, axis=0)
        return (1 - np.tanh(w @ x + b) ** 2)[:, None] * w + w @ inner

    return f, jacobian


def softmax(x):
    shifted = np.exp(x - np.real(x).max())
    return shifted / shifted.sum()


def remainders(f, matrix, x, direction, sizes):
    """‖f(x + h) − f(x) − matrix·h‖ / ‖h‖ for steps of these sizes along a unit direction."""
    return np.array([np.linalg.norm(f(x + s * direction) - f(x) - s * matrix @ direction) / s for s in sizes])


def vanishes(ratios, sizes):
    """What differentiable means, at these step sizes: the ratio goes to 0, here at least as fast as 50 times the step."""
    return at_most("‖r(h)‖ / ‖h‖", ratios, 50 * sizes, slack=1e-9)


@claim(
    "linear-approximation",
    "f(x + h) = f(x) + Jh + r(h) with ‖r(h)‖/‖h‖ → 0.",
    assumes=("f is differentiable at x",),
)
def linear_approximation(rng, n: Side = 3, m: Side = 2):
    f, jacobian = layer(rng, n, m)
    x, direction = rng.uniform(-1, 1, size=n), rng.normal(size=n)
    direction /= np.linalg.norm(direction)
    sizes = np.geomspace(1e-2, 1e-5, 13)
    ratios = remainders(f, jacobian(x), x, direction, sizes)
    return outcome(
        equal("J by formula", jacobian(x), measured(f, x), tolerance=1e-12),
        vanishes(ratios, sizes),
        equal("Jh, as a directional derivative", jacobian(x) @ direction, np.imag(f(x + 1e-30j * direction)) / 1e-30, tolerance=1e-12),
        plot=Plot(
            "size of the step", "‖r(h)‖ / ‖h‖", (Line("measured", sizes, ratios),),
            "On logarithmic axes the remainder, divided by the step, falls in proportion to the step.",
            log_x=True, log_y=True,
        ),
    )  # fmt: skip


def product_rule(outer, inner, truth):
    """What the chain rule says of these two factors."""
    return equal("J of the composition", outer @ inner, truth, tolerance=1e-10)


@claim(
    "chain",
    "J of g∘f at x is J of g at f(x), times J of f at x.",
    assumes=("f is differentiable at x", "g is differentiable at f(x)", "both factors have outputs as rows"),
)
def chain(rng, n: Side = 3, m: Side = 4, p: Side = 2):
    (f, by_f), (g, by_g) = layer(rng, n, m), layer(rng, m, p)
    x, v = rng.uniform(-1, 1, size=n), rng.normal(size=p)
    gradient = measured(lambda t: np.array([v @ g(f(t))]), x)[0]
    return outcome(
        product_rule(by_g(f(x)), by_f(x), measured(lambda t: g(f(t)), x)),
        equal("gradient of v · g(f(x)), passed back", by_f(x).T @ (by_g(f(x)).T @ v), gradient, tolerance=1e-10),
    )


@claim(
    "three-layers",
    "Wx + b has J = W, an elementwise φ has diag(φ′), the softmax has diag(p) − ppᵀ.",
    assumes=("φ is differentiable at each entry",),
)
def three_layers(rng, n: Side = 4, m: Side = 3):
    w, b, x, v = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=n), rng.normal(size=n)
    p = softmax(x)
    whole = np.diag(p) - np.outer(p, p)
    return outcome(
        equal("Wx + b", w, measured(lambda t: w @ t + b, x), tolerance=1e-12),
        equal("tanh, entry by entry", np.diag(1 - np.tanh(x) ** 2), measured(np.tanh, x), tolerance=1e-12),
        equal("softmax", whole, measured(softmax, x), tolerance=1e-12),
        equal("softmax, Jᵀv without the matrix", p * (v - p @ v), whole.T @ v, tolerance=1e-12),
    )


@claim(
    "hessian",
    "The Hessian is the Jacobian of the gradient map, and it is symmetric.",
    assumes=("the second derivatives are continuous",),
)
def hessian(rng, n: Side = 3):
    a = rng.normal(size=(n, n))

    def gradient(x):  # of f(x) = Σ cos(aₖ·x) + (Σ xᵢ²)²
        return -a.T @ np.sin(a @ x) + 4 * np.sum(x**2) * x

    x = rng.normal(size=n)
    h = 1e-5
    found = measured(gradient, x)
    value = lambda t: np.sum(np.cos(a @ t)) + np.sum(t**2) ** 2  # noqa: E731
    eye = h * np.eye(n)
    second = [[value(x + i + j) - value(x + i - j) - value(x - i + j) + value(x - i - j) for j in eye] for i in eye]
    return outcome(
        equal("the gradient itself", gradient(x), measured(lambda t: np.array([value(t)]), x)[0], tolerance=1e-9, relative=1e-9),
        equal("second differences of f", np.array(second) / (4 * h**2), found, tolerance=1e-3, relative=1e-3),
        equal("H − Hᵀ", found - found.T, np.zeros((n, n)), tolerance=1e-9),
    )


@derivation(
    "chain-steps",
    "The chain rule from two linear approximations.",
    assumes=("f is differentiable at x", "g is differentiable at f(x)"),
)
def chain_steps(rng, n: Side = 3, m: Side = 4, p: Side = 2):
    (f, by_f), (g, by_g) = layer(rng, n, m), layer(rng, m, p)
    x, direction = rng.uniform(-1, 1, size=n), rng.normal(size=n)
    direction /= np.linalg.norm(direction)
    sizes = np.geomspace(1e-3, 1e-5, 5)
    h = sizes[:, None] * direction
    inner, outer = by_f(x), by_g(f(x))
    k = np.array([f(x + step) - f(x) for step in h])
    r = k - h @ inner.T
    s = np.array([g(f(x) + change) - g(f(x)) - outer @ change for change in k])
    whole = np.array([g(f(x + step)) - g(f(x)) for step in h])
    bracket = r @ outer.T + s
    length = np.linalg.norm(k, axis=1)
    return outcome(
        at_most("‖r(h)‖ / ‖h‖", np.linalg.norm(r, axis=1) / sizes, 50 * sizes, slack=1e-9),
        at_most("‖s(k)‖", np.linalg.norm(s, axis=1), 100 * length**2, slack=1e-13),
        equal("change of the composition", whole, h @ (outer @ inner).T + bracket, tolerance=1e-13),
        at_most("‖k‖", length, (np.linalg.norm(inner, 2) + 1) * sizes),
        at_most("‖bracket‖ / ‖h‖", np.linalg.norm(bracket, axis=1) / sizes, 2000 * sizes, slack=1e-9),
    )


@derivation("softmax-steps", "The Jacobian of the softmax, and its product with a vector.", assumes="finite inputs")
def softmax_steps(rng, n: Square = 4):
    x, v = rng.normal(size=n), rng.normal(size=n)
    e, total, eye = np.exp(x), np.exp(x).sum(), np.eye(n)
    p = e / total
    truth = measured(softmax, x)
    quotient = (eye * e[:, None] * total - np.outer(e, e)) / total**2
    entries = p[:, None] * eye - np.outer(p, p)
    return outcome(
        equal("∂p/∂x by the quotient rule", quotient, truth, tolerance=1e-12),
        equal("pᵢδᵢⱼ − pᵢpⱼ", entries, truth, tolerance=1e-12),
        equal("sum of each row", entries.sum(axis=1), np.zeros(n), tolerance=1e-12),
        equal("Jᵀv", truth.T @ v, p * v - p * (p @ v), tolerance=1e-12),
    )


def count(sizes, from_left):
    """Multiplications for a product of matrices, factor i of shape sizes[i] × sizes[i + 1], in one of the two orders."""
    if from_left:
        return sum(sizes[0] * sizes[i] * sizes[i + 1] for i in range(1, len(sizes) - 1))
    return sum(sizes[i - 1] * sizes[i] * sizes[-1] for i in range(1, len(sizes) - 1))


def left_is_cheap(sizes):
    """What `cheap-order` claims of a chain of Jacobians."""
    return at_most("multiplications from the left", count(sizes, True), count(sizes, False))


@claim(
    "cheap-order",
    "No order of the products is cheaper than from the left: (k − 1)n² instead of (k − 2)n³ + n² from the right.",
    assumes=("the chain ends in one number", "all widths before it are equal"),
)
def cheap_order(rng, n: Annotated[int, Range(1, 1000)] = 100, k: Annotated[int, Range(2, 20)] = 5):
    sizes = [1] + [n] * k
    return outcome(
        left_is_cheap(sizes),
        equal("from the left", count(sizes, True), (k - 1) * n**2),
        equal("from the right", count(sizes, False), (k - 2) * n**3 + n**2),
        equal("the best of all orders", cheapest(sizes), count(sizes, True)),
    )


def cheapest(sizes):
    """The fewest multiplications over all orders, by dynamic programming."""
    n = len(sizes) - 1
    best = np.zeros((n, n))
    for width in range(1, n):
        for i in range(n - width):
            j = i + width
            best[i, j] = min(best[i, m] + best[m + 1, j] + sizes[i] * sizes[m + 1] * sizes[j + 1] for m in range(i, j))
    return best[0, n - 1]


@failure(
    "many-outputs",
    "From one input to many outputs the same order is the dear one.",
    of="cheap-order",
    without="the chain ends in one number",
)
def many_outputs(rng, n: Annotated[int, Range(2, 1000)] = 100, k: Annotated[int, Range(3, 50)] = 5):
    sizes = [n] * k + [1]
    return outcome(
        left_is_cheap(sizes),
        given=[equal("widths that differ", len(set(sizes[:-1])), 1)],
        message=f"{k} factors of width {n}: from the left {count(sizes, True) / count(sizes, False):.1f} times the price.",
    )


@failure(
    "corner",
    "At a corner no matrix is a linear approximation: the remainder does not vanish.",
    of="linear-approximation",
    without="f is differentiable at x",
)
def corner(rng, n: Side = 3, slope: Annotated[float, Range(0.0, 1.0)] = 0.0):
    w = np.eye(n)
    x = np.zeros(n)
    sizes = np.geomspace(1e-2, 1e-5, 13)
    both = [remainders(lambda t: np.maximum(w @ t, 0), slope * w, x, sign * w[0], sizes) for sign in (1, -1)]
    return outcome(
        vanishes(np.maximum(*both), sizes),
        figure("remainder of steps up", both[0][-1]), figure("remainder of steps down", both[1][-1]),
        given=[equal("f is continuous: f at a step of 1e-9", np.maximum(1e-9 * w[0], 0), 1e-9 * w[0])],
        message=f"With {slope:g} as the slope at the corner one side is off by {max(1 - slope, slope):g} of the step, however small.",
    )  # fmt: skip


@failure(
    "mixed-layouts",
    "One factor in the other layout gives a matrix of the right shape and with wrong entries.",
    of="chain",
    without="both factors have outputs as rows",
)
def mixed_layouts(rng, n: Square = 3):
    (f, by_f), (g, by_g) = layer(rng, n, n), layer(rng, n, n)
    x = rng.uniform(-1, 1, size=n)
    truth = measured(lambda t: g(f(t)), x)
    return outcome(
        product_rule(by_g(f(x)), by_f(x).T, truth),
        given=[
            equal("J of f, outputs as rows", by_f(x), measured(f, x), tolerance=1e-12),
            equal("both in the other layout, in reverse order", (by_f(x).T @ by_g(f(x)).T).T, truth, tolerance=1e-10),
        ],
        message="All matrices are square, so no shape complains.",
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    def f(t):
        return np.array([t[0] * t[1], t[0] ** 2 + t[1]])

    def radar(t):
        return np.array([t[0] * np.cos(t[1]), t[0] * np.sin(t[1])])

    at, angle = np.array([2.0, 3.0]), rng.uniform(0, 2 * np.pi)
    j, change = measured(f, at), f(np.array([2.01, 3.02])) - f(at)
    polar = measured(radar, np.array([1000.0, angle]))
    c, s, p = np.cos(angle), np.sin(angle), np.array([0.5, 0.3, 0.2])
    table = [[0.25, -0.15, -0.1], [-0.15, 0.21, -0.06], [-0.1, -0.06, 0.16]]
    return outcome(
        equal("f", f(at), [6, 7]), equal("J", j, [[3, 2], [4, 1]], tolerance=1e-12),
        equal("Jh", j @ [0.01, 0.02], [0.07, 0.06], tolerance=1e-12),
        equal("true change, first", change[0], 0.0702, tolerance=1e-9), equal("true change, second", change[1], 0.0601, tolerance=1e-9),
        equal("gradient", j.T @ [7, 6], [45, 20], tolerance=1e-12),
        equal("gradient, written out", measured(lambda t: np.array([t[0] ** 3 * t[1] + t[0] * t[1] ** 2]), at)[0], [45, 20], tolerance=1e-12),
        equal("J of the radar", polar, [[c, -1000 * s], [s, 1000 * c]], tolerance=1e-9),
        equal("JᵀJ of the radar", polar.T @ polar, [[1, 0], [0, 1000**2]], tolerance=1e-6),
        equal("error of the position", np.linalg.norm(polar @ [1, 0.01]), np.sqrt(1 + 100), tolerance=1e-9),
        equal("J of the softmax", measured(softmax, np.log(p)), table, tolerance=1e-12),
        equal("rates of a layer", 768**2, 589824), equal("terabytes of an elementwise Jacobian", 8 * (10**6) ** 2 / 1e12, 8),
    )  # fmt: skip
