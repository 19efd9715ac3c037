"""Checks of the page on the chain rule. True derivatives are taken by a complex step, which is exact to rounding."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_most, claim, derivation, equal, failure, figure, outcome,
)

Place = Annotated[float, Range(0.2, 1.5)]
Several = Annotated[int, Range(1, 6)]
FUNCTIONS = (  # each with its derivative
    (np.sin, np.cos),
    (np.exp, np.exp),
    (lambda x: x**3, lambda x: 3 * x**2),
    (lambda x: np.log(1 + x**2), lambda x: 2 * x / (1 + x**2)),
    (lambda x: 1 / (1 + np.exp(-x)), lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
)
PAIRS = [(f, g) for f in FUNCTIONS for g in FUNCTIONS]


def rate(function, x):
    """The derivative of an analytic function at x: its imaginary part after a tiny imaginary step."""
    return np.imag(function(x + 1e-30j)) / 1e-30


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def compositions(x, outer_place):
    """The rule for all pairs, its outer factor taken at `outer_place(g, x)`, against the true derivatives."""
    by_rule = [df(outer_place(g, x)) * dg(x) for (_, df), (g, dg) in PAIRS]
    truth = [rate(lambda t, f=f, g=g: f(g(t)), x) for (f, _), (g, _) in PAIRS]
    return equal("(f∘g)′(x)", by_rule, truth, relative=1e-9, tolerance=1e-12)


@claim(
    "one-variable",
    "(f∘g)′(x) = f′(g(x)) g′(x).",
    assumes=("g is differentiable at x", "f is differentiable at g(x)", "the outer factor is taken at g(x)"),
)
def one_variable(rng, x: Place = 0.7, steps: Annotated[int, Range(1, 12)] = 6):
    chain = [FUNCTIONS[i] for i in rng.integers(len(FUNCTIONS), size=steps) if i not in {1, 2}]  # nothing that explodes

    def whole(t):
        for f, _ in chain:
            t = f(t)
        return t

    value, product = x, 1.0
    for f, df in chain:
        value, product = f(value), product * df(value)
    return outcome(
        compositions(x, lambda g, t: g(t)),
        equal("a longer chain", product, rate(whole, x), relative=1e-9),
        figure("steps of the longer chain", len(chain)),
    )


@failure(
    "outer-at-x",
    "With the outer derivative taken at x the rule is wrong for nearly every composition.",
    of="one-variable",
    without="the outer factor is taken at g(x)",
)
def outer_at_x(rng, x: Place = 0.7):
    inner_right = [equal(f"slope of inner function {i + 1}", dg(x), rate(g, x), relative=1e-9) for i, (g, dg) in enumerate(FUNCTIONS)]
    return outcome(
        compositions(x, lambda g, t: t),
        given=inner_right,
        message="Each single derivative is right; only the place of the outer one is not.",
    )


def smooth_problem(rng, n, k):
    """Inner functions u(x) and an outer one f(u), with their partial derivatives."""
    a, b, c = rng.normal(size=(k, n)), rng.normal(size=k), rng.normal(size=k)

    def u(x):
        return np.sin(a @ x) + b * np.prod(x)

    def du(x):
        others = np.array([np.prod(np.delete(x, j)) for j in range(n)])
        return np.cos(a @ x)[:, None] * a + np.outer(b, others)

    def f(at):
        return np.exp(np.sum(c * at) / k) + np.sum(at**2) + np.prod(at)

    def df(at):
        others = np.array([np.prod(np.delete(at, i)) for i in range(k)])
        return c / k * np.exp(np.sum(c * at) / k) + 2 * at + others

    return u, du, f, df


def summed(terms, truth):
    """The rule of several variables: the sum of the terms that are counted is the derivative."""
    return equal("∂y/∂x", np.sum(terms, axis=0), truth, relative=1e-9, tolerance=1e-9)


@claim(
    "several-variables",
    "∂y/∂xⱼ = Σᵢ ∂f/∂uᵢ · ∂uᵢ/∂xⱼ.",
    assumes=(
        "the partial derivatives of f are continuous",
        "the partial derivatives of the uᵢ are continuous",
        "every route is counted",
    ),
)
def several_variables(rng, n: Several = 3, k: Several = 4):
    u, du, f, df = smooth_problem(rng, n, k)
    x = rng.uniform(0.3, 1.2, size=n)
    truth = [rate(lambda t, j=j: f(u(x + t * np.eye(n)[j])), 0.0) for j in range(n)]
    return outcome(
        summed(df(u(x))[:, None] * du(x), np.array(truth)),
        message=f"{k} intermediate variables between {n} inputs and the output.",
    )


@claim(
    "all-routes",
    "The derivative of the end by the beginning is the sum over all routes of the products along them.",
    assumes=("no step depends on a later one", "every step is differentiable"),
)
def all_routes(rng, steps: Annotated[int, Range(1, 9)] = 6):
    weights = np.triu(rng.normal(size=(steps + 1, steps + 1)), 1)  # step j reads every step before it

    def run(x):
        values = [x]
        for j in range(1, steps + 1):
            values.append(np.sin(sum(weights[i, j] * values[i] for i in range(j))))
        return values

    values = np.real(run(0.8))
    slopes = [0.0] + [np.cos(weights[:j, j] @ values[:j]) for j in range(1, steps + 1)]
    edge = np.array([[weights[i, j] * slopes[j] for j in range(steps + 1)] for i in range(steps + 1)])
    routes = [[0]]
    finished = []
    while routes:
        route = routes.pop()
        if route[-1] == steps:
            finished.append(np.prod([edge[i, j] for i, j in zip(route, route[1:])]))
        else:
            routes.extend([*route, j] for j in range(route[-1] + 1, steps + 1))
    meeting = np.zeros(steps + 1)
    meeting[0] = 1
    for j in range(1, steps + 1):
        meeting[j] = edge[:j, j] @ meeting[:j]
    return outcome(
        equal("sum over routes", np.sum(finished), rate(lambda t: run(t)[-1], 0.8), tolerance=1e-9),
        equal("adding where routes meet", meeting[-1], np.sum(finished), tolerance=1e-9),
        equal("routes", len(finished), 2.0 ** (steps - 1)),
        message=f"{len(finished)} routes; adding where they meet takes {steps} sums.",
    )


@derivation(
    "remainder-steps",
    "The chain rule in one variable, with remainders.",
    assumes=("g is differentiable at x", "f is differentiable at g(x)"),
)
def remainder_steps(rng, inner: Literal["smooth", "returns to its value"] = "smooth"):
    f, df = FUNCTIONS[rng.integers(len(FUNCTIONS))]
    h = np.geomspace(1e-2, 1e-5, 7) * rng.uniform(0.9, 1.0)
    if inner == "smooth":
        g, dg = FUNCTIONS[rng.integers(len(FUNCTIONS))]
        x = rng.uniform(0.2, 1.0)
        start, slope, moved = g(x), dg(x), g(x + h)
    else:  # g(h) = 1 + h² sin(1/h) at x = 0: slope 0, and g(h) = g(0) infinitely often
        h[::2] = 1 / (np.pi * np.round(1 / (np.pi * h[::2])))
        start, slope, moved = 1.0, 0.0, 1 + h**2 * np.sin(1 / h)
    r = moved - start - slope * h
    k = slope * h + r
    s = f(start + k) - f(start) - df(start) * k
    bracket = df(start) * r + s
    return outcome(
        at_most("|r(h)/h|", np.abs(r / h), 10 * h, slack=1e-10),
        at_most("|s(k)|", np.abs(s), 100 * np.abs(k) ** 2, slack=1e-14),
        equal("f(g(x + h))", f(moved), f(start) + df(start) * slope * h + bracket, tolerance=1e-12),
        at_most("|k| / |h|", np.abs(k / h), abs(slope) + 1),
        at_most("|bracket / h|", np.abs(bracket / h), 200 * h, slack=1e-9),
        message=f"The inner function is {inner}; h runs from 0.01 down to 0.00001.",
    )


@derivation(
    "several-steps",
    "The chain rule in several variables, with remainders.",
    assumes=("the partial derivatives are continuous",),
)
def several_steps(rng, n: Several = 3, k: Several = 4):
    u, du, f, df = smooth_problem(rng, n, k)
    x, j = rng.uniform(0.3, 1.0, size=n), rng.integers(n)
    sizes = np.geomspace(1e-3, 1e-6, 4)
    changes = np.array([u(x + h * np.eye(n)[j]) - u(x) for h in sizes])
    r = changes - sizes[:, None] * du(x)[:, j]
    s = np.array([f(u(x) + c) - f(u(x)) - df(u(x)) @ c for c in changes])
    quotient = np.array([(f(u(x) + c) - f(u(x))) / h for c, h in zip(changes, sizes)])
    return outcome(
        at_most("largest |rᵢ(h)| / h", np.abs(r).max(axis=1) / sizes, 100 * sizes, slack=1e-8),
        at_most("|s(k)|", np.abs(s), 1000 * np.abs(changes).max(axis=1) ** 2, slack=1e-12),
        at_most("distance to the sum", np.abs(quotient - df(u(x)) @ du(x)[:, j]), 1e3 * sizes, slack=1e-6),
    )


@failure(
    "forgotten-route",
    "A variable that enters twice has two terms; one of them alone is not the derivative.",
    of="several-variables",
    without="every route is counted",
)
def forgotten_route(rng, x: Annotated[float, Range(-4.0, 4.0)] = 1.0):
    terms = np.array([sigmoid(x), x * sigmoid(x) * (1 - sigmoid(x))])
    truth = rate(lambda t: t * sigmoid(t), x)
    grid = np.linspace(-4, 4, 161)
    inside = grid * sigmoid(grid) * (1 - sigmoid(grid))
    return outcome(
        summed(terms[1:], truth),
        figure("the other term", terms[0]),
        given=[equal("both terms together", terms.sum(), truth, tolerance=1e-12)],
        message="y = x · σ(x), differentiated as if only the x inside σ were there.",
        plot=Plot(
            "x", "derivative of x σ(x)",
            (Line("both routes", grid, sigmoid(grid) + inside), Line("one route", grid, inside)),
            "The full derivative rises from about 0 to about 1; with one route forgotten it stays near 0 on both sides.",
        ),
    )  # fmt: skip


@failure(
    "corners",
    "Two corners cancel: the function is x, and a program that puts 0 for each corner finds slope 0.",
    of="several-variables",
    without="the partial derivatives of the uᵢ are continuous",
)
def corners(rng, x: Annotated[float, Range(-1.0, 1.0)] = 0.0):
    def y(t):
        return np.maximum(0, t) - np.maximum(0, -t)

    terms = np.array([1.0 * (x > 0), -1.0 * -(-x > 0)])
    h = 1e-6
    return outcome(
        summed(terms, (y(x + h) - y(x - h)) / (2 * h)),
        given=[equal("y", y(x), x)],
        message="Away from 0 the rule holds; at 0 neither factor exists, and no choice for both is right for every function.",
    )


@failure(
    "partials-not-enough",
    "Both partial derivatives are 0, and the function still rises along the diagonal.",
    of="several-variables",
    without="the partial derivatives of f are continuous",
)
def partials_not_enough(rng, direction: Annotated[float, Range(10.0, 80.0)] = 45.0):
    a, b = np.cos(np.radians(direction)), np.sin(np.radians(direction))

    def f(u, v):
        return u**2 * v / (u**2 + v**2)

    h = 1e-6
    along = (f(a * h, b * h) - f(-a * h, -b * h)) / (2 * h)
    partials = np.array([f(h, 0.0) - f(-h, 0.0), f(0.0, h) - f(0.0, -h)]) / (2 * h)
    return outcome(
        summed(partials * [a, b], along),
        given=[equal("partial derivatives at the origin", partials, [0, 0])],
        message=f"Along the direction at {direction:g} degrees the slope is {along:.3f}; the rule gives 0.",
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    def loss(w, b, x=2.0, y=1.0):
        return (sigmoid(w * x + b) - y) ** 2

    w, b, x, y = rng.normal(size=4)
    e = w * x + b - y
    return outcome(
        equal("squared error, by w", 2 * e * x, rate(lambda t: (t * x + b - y) ** 2, w), tolerance=1e-12),
        equal("squared error, by b", 2 * e, rate(lambda t: (w * x + t - y) ** 2, b), tolerance=1e-12),
        equal("value of the unit", sigmoid(0.0), 0.5), equal("loss", loss(0.5, -1), 0.25),
        equal("rate of the loss by w", rate(lambda t: loss(t, -1), 0.5), -1 * 0.25 * 2, tolerance=1e-12),
        equal("rate of the loss by b", rate(lambda t: loss(0.5, t), -1), -0.25, tolerance=1e-12),
        equal("change for a step of 0.01", loss(0.51, -1) - loss(0.5, -1), -0.00497, tolerance=5e-6),
        equal("parallel routes", rate(lambda t: t**2 * np.exp(t), 1.0), 3 * np.e, tolerance=1e-12),
        equal("(3x + 1)², differentiated", rate(lambda t: (3 * t + 1) ** 2, w), 2 * (3 * w + 1) * 3, tolerance=1e-12),
        equal("fifty factors of 0.9", 0.9**50, 0.0052, tolerance=5e-5), equal("fifty factors of 1.1", 1.1**50, 117, tolerance=0.5),
        equal("routes through thirty blocks", 2.0**30, 1.07e9, tolerance=5e6),
    )  # fmt: skip
