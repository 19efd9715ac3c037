"""Checks of the page on momentum: the conventions step by step, and the roots of the update on a quadratic."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that,
)

Beta = Annotated[float, Range(0.0, 0.99)]
Kappa = Annotated[float, Range(1.5, 400)]
Steps = Annotated[int, Range(1, 60)]


def heavy_ball(gradient, theta, rates, beta):
    """v = βv + g, then θ −= αv. All points, one row a step."""
    path, v = [np.array(theta, dtype=float)], 0.0
    for rate in rates:
        v = beta * v + gradient(path[-1])
        path.append(path[-1] - rate * v)
    return np.array(path)


def averaging(gradient, theta, rates, beta):
    """v = βv + (1 − β)g, then θ −= αv."""
    path, v = [np.array(theta, dtype=float)], 0.0
    for rate in rates:
        v = beta * v + (1 - beta) * gradient(path[-1])
        path.append(path[-1] - rate * v)
    return np.array(path)


def rate_inside(gradient, theta, rates, beta):
    """v = βv − αg, then θ += v."""
    path, v = [np.array(theta, dtype=float)], 0.0
    for rate in rates:
        v = beta * v - rate * gradient(path[-1])
        path.append(path[-1] + v)
    return np.array(path)


def bumpy(rng):
    """The gradient of a function that is no quadratic, and a start."""
    a, shift = rng.normal(size=(3, 3)), rng.normal(size=3)
    return (lambda x: np.tanh(a @ x + shift) @ a), rng.normal(size=3)


@claim(
    "conventions-agree",
    "Heavy ball with α, averaging with α/(1 − β), and the rate inside the velocity give the same path.",
    assumes=("v₀ = 0 in all three", "the rate is constant"),
)
def conventions_agree(rng, beta: Beta = 0.9, rate: Annotated[float, Range(0.01, 0.3)] = 0.1, steps: Steps = 30):
    gradient, start = bumpy(rng)
    path = heavy_ball(gradient, start, [rate] * steps, beta)
    first = path[1] - path[0]
    return outcome(
        equal("averaging, with α/(1 − β)", averaging(gradient, start, [rate / (1 - beta)] * steps, beta), path, tolerance=1e-8),
        equal("the rate inside the velocity", rate_inside(gradient, start, [rate] * steps, beta), path, tolerance=1e-8),
        equal("first step", first, -rate * gradient(start), tolerance=1e-12),
        figure("factor between the rates", 1 / (1 - beta)),
    )


def radius(rate, beta, h):
    """The larger size of the two roots of z² − (1 + β − αh)z + β."""
    return np.abs(np.roots([1.0, -(1 + beta - rate * h), beta])).max()


def best(mu, most):
    """The step and the coefficient that suit all curvatures in [μ, L] best."""
    root = (np.sqrt(most / mu) - 1) / (np.sqrt(most / mu) + 1)
    return 4 / (np.sqrt(most) + np.sqrt(mu)) ** 2, root**2


def best_rate(kappa):
    """The asymptotic factor per step at that choice."""
    return (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)


@claim(
    "stability",
    "Along curvature h the error dies out exactly when 0 < αh < 2(1 + β); where the roots are complex its factor is √β a step.",
    assumes=("f is quadratic", "0 ≤ β < 1"),
)
def stability(rng, beta: Beta = 0.9, share: Annotated[float, Range(0.01, 0.999)] = 0.5):
    limit = 2 * (1 + beta)
    inside, outside = radius(share * limit, beta, 1.0), radius((2 - share) * limit, beta, 1.0)
    swing = np.linspace((1 - np.sqrt(beta)) ** 2, (1 + np.sqrt(beta)) ** 2, 9)[1:-1]
    sizes = [radius(s, beta, 1.0) for s in swing] if beta > 0 else [0.0]
    scale = np.linspace(0, 1.1 * limit, 240)[1:]
    return outcome(
        that("below the limit all roots are inside the unit circle", inside < 1),
        that("above it one is outside", outside > 1),
        equal("largest root at αh = 2(1 + β)", radius(limit, beta, 1.0), 1, tolerance=1e-6),
        equal("size of complex roots", np.array(sizes), np.full(len(sizes), np.sqrt(beta)), tolerance=1e-6),
        figure("largest root", inside),
        message=f"β = {beta:g}: α may be up to {limit:.3g}/h, against 2/h without momentum.",
        plot=Plot(
            "αh", "factor a step",
            (Line(f"β = {beta:g}", scale, [radius(s, beta, 1.0) for s in scale]), Line("no momentum", scale[scale < 2.2], np.abs(1 - scale[scale < 2.2]))),
            "With momentum the factor is flat at the root of β over a wide range of curvatures; without it, it is a V.",
        ),
    )  # fmt: skip


@claim(
    "best-tuning",
    "With the best α and β all directions shrink by (√κ − 1)/(√κ + 1) a step in the end; no other choice is better.",
    assumes=("f is quadratic", "all curvatures lie in [μ, L]", "exact gradients"),
)
def best_tuning(rng, kappa: Kappa = 100.0, mu: Annotated[float, Range(0.1, 3)] = 1.0):
    rate, beta = best(mu, kappa * mu)
    ends = np.geomspace(mu, kappa * mu, 7)
    here = max(radius(rate, beta, h) for h in ends)
    others = [
        max(radius(rate * a, b, mu), radius(rate * a, b, kappa * mu))
        for a in np.geomspace(0.3, 3, 21) for b in np.clip(beta + np.linspace(-0.3, 0.3, 21), 0, 0.999)
    ]  # fmt: skip
    steps = 120
    path = np.linalg.norm(heavy_ball(lambda x: ends * x, np.ones(7), [rate] * steps, beta), axis=1)
    plain_rate = 2 / (mu + kappa * mu)
    plain = np.linalg.norm([(1 - plain_rate * ends) ** k for k in range(steps + 1)], axis=1)
    return outcome(
        equal("factor a step", here, best_rate(kappa), tolerance=1e-6),
        at_least("the best of 441 other choices", min(others), best_rate(kappa), slack=1e-6),
        at_most("distance after 120 steps", path[-1], envelope(steps, kappa) * path[0], slack=1e-9),
        figure("factor of gradient descent", (kappa - 1) / (kappa + 1)),
        message=f"κ = {kappa:g}: α = {rate:.3g}, β = {beta:.3g}.",
        plot=Plot(
            "step", "distance from the minimiser",
            (Line("momentum", np.arange(steps + 1), np.maximum(path, 1e-12)), Line("gradient descent", np.arange(steps + 1), np.maximum(plain, 1e-12))),
            "On a logarithmic scale momentum, after a slow start, falls along a much steeper line than gradient descent.",
            log_y=True,
        ),
    )  # fmt: skip


def envelope(steps, kappa):
    """A bound on the error at that choice: at the ends of the range the root is double, which costs a factor of the steps."""
    return (1 + 2 * steps) * best_rate(kappa) ** steps


def floor(rate, beta, h, s2):
    """E θ² that settles under noise of variance s², on hθ²/2."""
    return rate * s2 * (1 + beta) / ((1 - beta) * h * (2 * (1 + beta) - rate * h))


def settled(rate, beta, h, s2):
    """The same, from the covariance of (θ, previous θ) that one step leaves as it is."""
    step = np.array([[1 + beta - rate * h, -beta], [1.0, 0.0]])
    noise = np.array([rate**2 * s2, 0, 0, 0])
    return np.linalg.solve(np.eye(4) - np.kron(step, step), noise)[0]


@claim(
    "noise-floor",
    "On hθ²/2 with gradient noise of variance s², E θ² settles at αs²(1 + β)/((1 − β)h(2(1 + β) − αh)).",
    assumes=("0 < αh < 2(1 + β)", "the noise has mean 0 and variance s² at every θ", "independent noise in each step"),
)
def noise_floor(rng, beta: Beta = 0.9, rate: Annotated[float, Range(0.001, 1.5)] = 0.01):
    small = 1e-6 * (1 - beta)
    plain = small / (1 - beta) / (2 - small / (1 - beta))
    return outcome(
        equal("E θ²", floor(rate, beta, 1.0, 2.0), settled(rate, beta, 1.0, 2.0), relative=1e-6),
        equal("for a tiny α, beside SGD with α/(1 − β)", floor(small, beta, 1.0, 1.0) / plain, 1, tolerance=1e-4),
        figure("floor of SGD with the same α", rate * 2 / (2 - rate)),
        message=f"β = {beta:g}, α = {rate:g}.",
    )


@claim("worked-numbers", "The numbers of the worked example and of the text.", assumes=("gradient always 1", "β = 0.9", "α = 0.1"))
def worked_numbers(rng):
    moved = -np.diff(heavy_ball(lambda x: np.ones(1), [0.0], [0.1] * 200, 0.9)[:, 0])
    mean = -np.diff(averaging(lambda x: np.ones(1), [0.0], [0.1] * 200, 0.9)[:, 0])
    v, across = 0.0, []
    for k in range(200):  # a gradient that changes its sign at every step
        v = 0.9 * v + (-1) ** k
        across.append(v)
    return outcome(
        equal("first three steps", moved[:3], [0.1, 0.19, 0.271], tolerance=1e-12),
        equal("steps in the end", moved[-1], 1, tolerance=1e-6),
        equal("averaging: first three steps", mean[:3], [0.01, 0.019, 0.0271], tolerance=1e-12),
        equal("averaging: steps in the end", mean[-1], 0.1, tolerance=1e-6),
        equal("steps until half speed", np.argmax(moved >= 0.5) + 1, 7),
        equal("across: first four velocities", across[:4], [1, -0.1, 0.91, -0.181], tolerance=1e-12),
        equal("across: size of the velocity in the end", abs(across[-1]), 0.526, tolerance=5e-4),
        equal("along against across", moved[-1] / 0.1 / abs(across[-1]), 19, tolerance=1e-6),
        equal("steps a digit, κ = 100", -np.log(10) / np.log(best_rate(100)), 11.5, tolerance=0.05),
        equal("steps a digit of gradient descent, κ = 100", -np.log(10) / np.log(99 / 101), 115, tolerance=0.5),
        equal("half-life of a swing at β = 0.9", -np.log(2) / np.log(np.sqrt(0.9)), 13.2, tolerance=0.05),
        equal("half-life of a swing at β = 0.99", -np.log(2) / np.log(np.sqrt(0.99)), 138, tolerance=0.5),
        equal("best α, κ = 100", best(1, 100)[0], 0.0331, tolerance=5e-5),
        equal("best β, κ = 100", best(1, 100)[1], 0.669, tolerance=5e-4),
    )


@derivation(
    "quadratic-steps",
    "The stability limit and the best tuning, from the roots of the update.",
    assumes=("f is quadratic", "all curvatures lie in [μ, L]", "exact gradients"),
    after={4: (2,), 5: (3,)},
)
def quadratic_steps(
    rng, kappa: Kappa = 25.0, beta: Annotated[float, Range(0.05, 0.95)] = 0.6, kind: Literal["complex", "real"] = "complex"
):
    low, high = (1 - np.sqrt(beta)) ** 2, (1 + np.sqrt(beta)) ** 2
    ah = rng.uniform(low, high) if kind == "complex" else rng.choice([low * rng.uniform(0.1, 0.9), rng.uniform(high, 2 + 2 * beta)])
    path = heavy_ball(lambda x: x, rng.normal(size=1), [ah] * 8, beta)[:, 0]
    predicted = (1 + beta - ah) * path[1:-1] - beta * path[:-2]
    roots = np.roots([1.0, -(1 + beta - ah), beta])
    rate, coefficient = best(1.0, kappa)
    r = np.sqrt(coefficient)
    grid = np.linspace(0, r**2, 50)[:-1]
    ratio = (1 + r) * (r + grid) / ((1 - r) * (r - grid))
    return outcome(
        equal("θ after each step", predicted, path[2:], tolerance=1e-9),
        equal("product of the roots", np.prod(roots).real, beta, tolerance=1e-9),
        equal("complex exactly between", float(np.any(np.abs(roots.imag) > 1e-9)), float(low < ah < high)),
        equal("p(1) and p(−1)", [np.polyval([1, -(1 + beta - ah), beta], z) for z in (1, -1)], [ah, 2 * (1 + beta) - ah], tolerance=1e-9),
        equal("ends of the range", [rate * 1.0, rate * kappa], [(1 - r) ** 2, (1 + r) ** 2], tolerance=1e-9),
        equal("√β", r, best_rate(kappa), tolerance=1e-9),
        given=[at_most("the condition numbers that real roots could serve at the same factor", ratio, kappa, slack=1e-6 * kappa)],
        message=f"αh = {ah:.3f}, β = {beta:g}: the roots are {kind}.",
    )  # fmt: skip


@failure(
    "not-quadratic",
    "On some strongly convex functions the tuning that is best for quadratics makes the iterates cycle for ever.",
    of="best-tuning",
    without="f is quadratic",
)
def not_quadratic(rng, start: Annotated[float, Range(3.1, 3.4)] = 3.3):
    def gradient(x):  # slope 25, then 1, then 25 again
        return np.where(x < 1, 25 * x, np.where(x < 2, x + 24, 25 * x - 24))

    rate, beta = best(1.0, 25.0)
    path = heavy_ball(gradient, [start], [rate] * 300, beta)[:, 0]
    slopes = np.diff(gradient(np.linspace(-3, 4, 7001))) / 1e-3
    return outcome(
        at_most("distance after 120 steps", abs(path[120]), envelope(120, 25.0) * abs(path[0]), slack=1e-9),
        figure("first point of the cycle", path[-1]), figure("second", path[-2]), figure("third", path[-3]),
        given=[at_least("least curvature", slopes.min(), 1, slack=1e-6), at_most("largest curvature", slopes.max(), 25, slack=1e-6),
               equal("three steps later", path[-1], path[-4], tolerance=1e-9)],
        message=f"α = 1/9 and β = 4/9, as the formulas say for κ = 25. From {start:g} the iterate circles between three points.",
        plot=Plot("step", "θ", (Line("θ", np.arange(40), path[:40]),),
                  "The iterate falls from its start into a cycle of three values that never ends."),
    )  # fmt: skip


@failure(
    "rate-changes",
    "When the rate falls, the form with the rate inside still carries the old, larger steps.",
    of="conventions-agree",
    without="the rate is constant",
)
def rate_changes(rng, drop: Annotated[float, Range(1.0, 100)] = 10.0, beta: Annotated[float, Range(0.1, 0.99)] = 0.9):
    gradient, start = bumpy(rng)
    rates = np.concatenate([np.full(15, 0.1), np.full(15, 0.1 / drop)])
    path = heavy_ball(gradient, start, rates, beta)
    inside = rate_inside(gradient, start, rates, beta)
    return outcome(
        equal("the rate inside the velocity", inside, path, tolerance=1e-8),
        figure("step after the drop, heavy ball", np.linalg.norm(path[16] - path[15])),
        figure("step after the drop, rate inside", np.linalg.norm(inside[16] - inside[15])),
        given=[equal("averaging, with α/(1 − β)", averaging(gradient, start, rates / (1 - beta), beta), path, tolerance=1e-8)],
        message=f"The rate is divided by {drop:g} after 15 steps. A schedule does not mean the same in both forms.",
    )


@failure(
    "noisy-gradients",
    "With noise the fast rate ends at a floor, and a large β raises the floor.",
    of="best-tuning",
    without="exact gradients",
)
def noisy_gradients(rng, kappa: Annotated[float, Range(4.0, 400)] = 100.0, noise: Annotated[float, Range(0.01, 2.0)] = 0.5):
    rate, beta = best(1.0, kappa)
    left = np.sqrt(sum(settled(rate, beta, h, noise**2) for h in (1.0, kappa)))
    steps = 120 if kappa < 150 else 400
    plain_rate = 2 / (1 + kappa)
    plain = np.sqrt(sum(plain_rate * noise**2 / (h * (2 - plain_rate * h)) for h in (1.0, kappa)))
    return outcome(
        at_most(f"root of E‖θ‖² after {steps} steps", left, envelope(steps, kappa), slack=1e-9),
        figure("the same for gradient descent", plain),
        given=[at_most("factor a step", radius(rate, beta, 1.0), 1)],
        message=f"Started at distance 1, gradient noise {noise:g} in two directions. Without noise the distance would be below {envelope(steps, kappa):.0e}.",
    )
