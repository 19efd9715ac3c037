"""Checks of the page on gradient descent: each bound with the function that attains it."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Share = Annotated[float, Range(0.05, 1.95)]
Steps = Annotated[int, Range(1, 60)]
Curvature = Annotated[float, Range(0.5, 8)]


def descend(gradient, x, rate, steps):
    """All points from x on, one row a step."""
    path = [np.array(x, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - rate * gradient(path[-1]))
    return np.array(path)


def waves(rng, dim, most):
    """A sum of cosines with curvatures in [−most, most]: the function, its gradient, and a number below all its values."""
    a, shift, size = rng.normal(size=(5, dim)), rng.uniform(0, 6, size=5), rng.normal(size=5)
    size *= most / np.sum(np.abs(size) * np.sum(a**2, axis=1))  # the Hessian is minus the sum of size·cos·aaᵀ

    def f(x):
        return np.sum(size * np.cos(x @ a.T + shift), axis=-1)

    return f, (lambda x: -(size * np.sin(x @ a.T + shift)) @ a), -np.sum(np.abs(size))


def bowl(most):
    """The same for a function of constant curvature."""
    return (lambda x: most / 2 * np.sum(x**2, axis=-1)), (lambda x: most * x), 0.0


def equal_to(name, value, bound, slack):
    """What `at_most` becomes where a bound is attained."""
    return equal(name, value, bound, tolerance=slack)


def decrease_missing(f, gradient, path, rate, most):
    """f after each step, minus what the descent inequality allows it to be."""
    g2 = np.sum(gradient(path[:-1]) ** 2, axis=1)
    return f(path[1:]) - (f(path[:-1]) - rate * (1 - most * rate / 2) * g2)


def gradient_bound(height, steps, rate, most):
    """What the least squared gradient of so many steps can be, started at this height above the infimum."""
    return height / (steps * rate * (1 - most * rate / 2))


@claim(
    "descent",
    "Each step lowers f by at least α(1 − Lα/2)‖∇f‖², and the least ‖∇f‖² of k steps is at most (f(x₀) − inf f)/(kα(1 − Lα/2)).",
    assumes=("f is L-smooth", "0 < α < 2/L", "f is bounded below"),
)
def descent(
    rng, share: Share = 1.0, most: Curvature = 2.0, steps: Steps = 30, kind: Literal["bowl", "cosines"] = "cosines"
):
    rate = share / most
    if kind == "bowl":  # curvature L in every direction: the inequality is an equality
        f, gradient, lowest = bowl(most)
    else:
        f, gradient, lowest = waves(rng, 3, most)
    path = descend(gradient, rng.normal(size=3), rate, steps)
    missing = decrease_missing(f, gradient, path, rate, most)
    g2 = np.sum(gradient(path[:-1]) ** 2, axis=1)
    tight = []
    if kind == "bowl":
        tight = [
            equal("decrease missing in the bowl", missing, np.zeros(steps), tolerance=1e-9),
            equal("‖∇f‖² at the start, and its bound for k = 1, α = 1/L", g2[0],
                  gradient_bound(f(path[0]), 1, 1 / most, most), relative=1e-9),
        ]  # fmt: skip
    return outcome(
        at_most("decrease missing", missing.max(), 0, slack=1e-9),
        at_most("least ‖∇f‖²", g2.min(), gradient_bound(f(path[0]) - lowest, steps, rate, most), slack=1e-12),
        *tight,
        message=f"{steps} steps with α = {share:g}/L on: {kind}.",
        plot=Plot(
            "step", "f", (Line("f along the way", np.arange(steps + 1), f(path)),),
            "The value of f falls at every step and levels out.",
        ),
    )  # fmt: skip


def bends(rng, low, high, dim=4):
    """A strongly convex function that is no quadratic: its curvatures lie in [low, high]. With its gradient."""
    axes, _ = np.linalg.qr(rng.normal(size=(dim, dim)))
    own = rng.uniform(low, high, size=dim)
    own[0], own[-1] = low, high
    swing = np.minimum(own - low, high - own)  # sin adds a curvature between −swing and +swing

    def gradient(x):
        z = x @ axes
        return (own * z + swing * np.sin(z)) @ axes.T

    return gradient


def contraction(rate, low, high):
    """The factor of the distance for curvatures between low and high."""
    return max(abs(1 - rate * low), abs(1 - rate * high))


@claim(
    "linear-rate",
    "‖x_k − x*‖ ≤ ρᵏ‖x₀ − x*‖ with ρ = max(|1 − αμ|, |1 − αL|), which is least, (κ − 1)/(κ + 1), at α = 2/(L + μ).",
    assumes=("all eigenvalues of all Hessians lie in [μ, L]", "μ > 0", "0 < α < 2/L"),
)
def linear_rate(
    rng, kappa: Annotated[float, Range(1.0, 100)] = 10.0, share: Share = 1.0, steps: Steps = 30,
    kind: Literal["quadratic", "curved"] = "curved",
):  # fmt: skip
    low, high = 1.0, kappa
    rate = share / high
    rho = contraction(rate, low, high)
    if kind == "quadratic":  # started along the slowest direction, the bound is an equality
        ends = np.array([low, high])
        start = np.eye(2)[np.argmax(np.abs(1 - rate * ends))]
        path = descend(lambda x: ends * x, start, rate, steps)
    else:
        path = descend(bends(rng, low, high), rng.normal(size=4), rate, steps)
    distance = np.linalg.norm(path, axis=1)
    bound = distance[0] * rho ** np.arange(steps + 1)
    tight = [equal("distance from the minimiser", distance, bound, tolerance=1e-12)] if kind == "quadratic" else []
    shown = (distance > 1e-14) & (bound > 1e-14)
    return outcome(
        at_most("‖x_k − x*‖", distance, bound, slack=1e-12),
        figure("ρ", rho),
        figure("ρ at the best α", (kappa - 1) / (kappa + 1)),
        *tight,
        message=f"Condition number {kappa:g}, α = {share:g}/L.",
        plot=Plot(
            "step", "distance from the minimiser",
            (Line("measured", np.flatnonzero(shown), distance[shown]), Line("bound", np.flatnonzero(shown), bound[shown])),
            "On a logarithmic scale the bound is a straight line, and the measured distance stays below it.",
            log_y=True,
        ),
    )  # fmt: skip


def tent(radius, steps, most):
    """The convex function on which gradient descent is slowest: a bowl of curvature `most` with straight sides."""
    edge = radius / (2 * steps + 1)

    def f(x):
        return np.where(np.abs(x) < edge, most / 2 * x**2, most * edge * (np.abs(x) - edge / 2))

    return f, lambda x: most * np.clip(x, -edge, edge)


@claim(
    "convex-rate",
    "With α = 1/L, f(x_k) − f* ≤ L‖x₀ − x*‖²/(2k), and even ≤ L‖x₀ − x*‖²/(4k + 2).",
    assumes=("f is convex", "f is L-smooth", "f has a minimiser x*"),
)
def convex_rate(
    rng, steps: Steps = 20, most: Curvature = 2.0, radius: Annotated[float, Range(0.5, 5)] = 1.0,
    kind: Literal["straight sides", "valley"] = "straight sides",
):  # fmt: skip
    if kind == "straight sides":
        f, gradient = tent(radius, steps, most)
        path = descend(gradient, [radius], 1 / most, steps)[:, 0]
        gaps = f(path)
    else:  # one steep direction and many flat ones
        ends = most * np.array([1.0, 1 / steps, 1e-3, 0.0])
        path = descend(lambda x: ends * x, radius * np.array([0.5, 0.5, 0.5, 0.5]), 1 / most, steps)
        gaps = 0.5 * path**2 @ ends
    k = np.arange(1, steps + 1)
    sharp = most * radius**2 / (4 * steps + 2)
    tight = [equal("gap after the last step", gaps[-1], sharp, relative=1e-9)] if kind == "straight sides" else []
    return outcome(
        at_most("f(x_k) − f*, at the tightest k", gaps[1:], most * radius**2 / (2 * k)),
        at_most("the same, against the sharp constant", gaps[1:], most * radius**2 / (4 * k + 2), slack=1e-12),
        *tight,
        message=f"{steps} steps. The sides are straight until just before the bottom; no other convex function is slower.",
    )


@claim("worked-numbers", "The numbers of the worked example.", assumes=("f = x² + 4y²", "start (4, 1)", "α = 0.1"))
def worked_numbers(rng):
    ends = np.array([2.0, 8.0])
    path = descend(lambda x: ends * x, [4, 1], 0.1, 40)
    best = descend(lambda x: ends * x, [4, 1], 0.2, 40)
    f = 0.5 * path**2 @ ends
    loss = 0.5 * best**2 @ ends
    return outcome(
        equal("x1", path[1], [3.2, 0.2], tolerance=1e-12),
        equal("x2", path[2], [2.56, 0.04], tolerance=1e-12),
        equal("loss at the start", f[0], 20),
        equal("loss after one step", f[1], 10.4, tolerance=1e-9),
        equal("loss after two steps", f[2], 6.56, tolerance=1e-9),
        equal("promised decrease", 0.1 * (1 - 8 * 0.1 / 2) * 128, 7.68, tolerance=1e-9),
        equal("real decrease", f[0] - f[1], 9.6, tolerance=1e-9),
        equal("best step", 2 / (2 + 8), 0.2),
        equal("factor at the best step", contraction(0.2, 2, 8), 0.6, tolerance=1e-12),
        equal("steps to a millionth of the loss, step 0.1", np.argmax(f < 20e-6), 31),
        equal("steps to a millionth of the loss, step 0.2", np.argmax(loss < 20e-6), 14),
        equal("steps a digit, condition number 1000", -np.log(10) / np.log(contraction(2 / 1001, 1, 1000)), 1151, tolerance=0.5),
        equal("first coordinate at step 0.3", 1 - 0.3 * 2, 0.4, tolerance=1e-12),
        equal("factor of the second coordinate at step 0.3", 1 - 0.3 * 8, -1.4, tolerance=1e-12),
    )


@derivation(
    "descent-steps",
    "From the Hessian's bound to a vanishing gradient.",
    assumes=("f is L-smooth", "0 < α < 2/L", "f is bounded below"),
    after={2: (), 4: (1, 3)},
)
def descent_steps(rng, share: Share = 1.0, most: Curvature = 2.0, kind: Literal["bowl", "cosines"] = "cosines"):
    f, gradient, _ = bowl(most) if kind == "bowl" else waves(rng, 3, most)
    within = equal_to if kind == "bowl" else at_most  # in the bowl nothing is to spare
    rate, x = share / most, rng.normal(size=3)
    g, h = gradient(x), rng.normal(size=3)
    tilt = g + h / rate  # the gradient in h of the local model, at any h
    model = [g @ (h + e) + np.sum((h + e) ** 2) / (2 * rate) - g @ (h - e) - np.sum((h - e) ** 2) / (2 * rate) for e in 1e-4 * np.eye(3)]
    along = np.linspace(0, 1, 101)
    bend = np.array([h @ (gradient(x + (t + 1e-5) * h) - gradient(x + (t - 1e-5) * h)) / 2e-5 for t in along])
    rest = 2 * (f(x + h) - f(x) - g @ h)
    path = descend(gradient, x, rate, 25)
    g2 = np.sum(gradient(path[:-1]) ** 2, axis=1)
    return outcome(
        equal("gradient of the local model", tilt, np.array(model) / 2e-4, tolerance=1e-6),
        at_most("remainder, beside the curvatures on the segment", abs(rest - np.clip(rest, bend.min(), bend.max())), 1e-4),
        within("f(x + h)", f(x + h), f(x) + g @ h + most / 2 * h @ h, slack=1e-9),
        within("f after the step", f(x - rate * g), f(x) - rate * (1 - most * rate / 2) * g @ g, slack=1e-9),
        within("sum of all decreases", rate * (1 - most * rate / 2) * g2.sum(), f(path[0]) - f(path[-1]), slack=1e-9),
    )


@derivation(
    "linear-rate-steps",
    "Why the distance shrinks by a constant factor.",
    assumes=("all eigenvalues of all Hessians lie in [μ, L]", "μ > 0", "0 < α < 2/L"),
)
def linear_rate_steps(rng, kappa: Annotated[float, Range(1.0, 100)] = 10.0, share: Share = 1.0):
    low, high = 1.0, kappa
    rate, gradient, x = share / high, bends(rng, low, high), rng.normal(size=4)
    nodes, weights = np.polynomial.legendre.leggauss(40)  # an exact enough integral over the segment to the minimiser 0
    h = 1e-5
    mean_hessian = sum(
        w / 2 * np.array([(gradient((1 + t) / 2 * x + e) - gradient((1 + t) / 2 * x - e)) / (2 * h) for e in h * np.eye(4)])
        for t, w in zip(nodes, weights)
    )
    after = x - rate * gradient(x)
    sizes = np.abs(np.linalg.eigvalsh(np.eye(4) - rate * (mean_hessian + mean_hessian.T) / 2))
    shares = np.linspace(0.01, 1.99, 2001)
    best = shares[np.argmin([contraction(s / high, low, high) for s in shares])] / high
    return outcome(
        equal("∇f(x)", mean_hessian @ x, gradient(x), tolerance=1e-6 * high),
        equal("x⁺ − x*", x - rate * mean_hessian @ x, after, tolerance=1e-6),
        at_most("largest eigenvalue of I − αH̄, in size", sizes.max(), contraction(rate, low, high), slack=1e-6),
        equal("best α", best, 2 / (low + high), tolerance=2e-3 / high),
        equal("ρ there", contraction(2 / (low + high), low, high), (kappa - 1) / (kappa + 1), tolerance=1e-12),
    )


@derivation(
    "convex-rate-steps",
    "Why convexity alone gives 1/k.",
    assumes=("f is convex", "f is L-smooth", "f has a minimiser x*"),
    after={2: (), 3: (1, 2), 5: (1,)},
)
def convex_rate_steps(rng, steps: Steps = 20, most: Curvature = 2.0):
    f, gradient = tent(1.0, steps, most)
    path = descend(gradient, [rng.uniform(0.8, 1.2)], 1 / most, steps)[:, 0]
    x, after, g = path[:-1], path[1:], gradient(path[:-1])
    gained = most / 2 * (x**2 - after**2)
    return outcome(
        at_most("f after the step", f(after), f(x) - g**2 / (2 * most), slack=1e-12),
        at_most("f before the step", f(x), g * x, slack=1e-12),
        equal("the square completed", g * x - g**2 / (2 * most), gained, tolerance=1e-9),
        at_most("sum of the gaps", f(after).sum(), most / 2 * path[0] ** 2, slack=1e-9),
        at_most("k times the last gap", steps * f(after)[-1], f(after).sum(), slack=1e-12),
    )


@failure(
    "step-too-long",
    "Beyond 2/L the steepest direction grows with every step.",
    of="linear-rate",
    without="0 < α < 2/L",
)
def step_too_long(rng, rate: Annotated[float, Range(0.05, 0.4)] = 0.3, steps: Annotated[int, Range(2, 40)] = 12):
    ends = np.array([2.0, 8.0])
    path = descend(lambda x: ends * x, [4, 1], rate, steps)
    f = 0.5 * path**2 @ ends
    return outcome(
        at_most("‖x_k − x*‖ at the end, against the start", np.linalg.norm(path[-1]), np.linalg.norm(path[0])),
        figure("factor of y", 1 - rate * 8), figure("2/L", 2 / 8),
        given=[at_most("|factor of x|", abs(1 - rate * 2), 1)],
        message=f"f = x² + 4y² from (4, 1), α = {rate:g}: each step multiplies x by {1 - 2 * rate:.2f} and y by {1 - 8 * rate:.2f}.",
        plot=Plot("step", "f", (Line("f", np.arange(steps + 1), f),),
                  "The loss falls at first, while x shrinks, and then rises without limit.", log_y=True),
    )  # fmt: skip


@failure(
    "unbounded-curvature",
    "For x⁴ every fixed step has starts from which it runs away.",
    of="descent",
    without="f is L-smooth",
)
def unbounded_curvature(rng, rate: Annotated[float, Range(0.02, 0.5)] = 0.1, start: Annotated[float, Range(0.5, 6)] = 3.0):
    path = descend(lambda x: 4 * x**3, [start], rate, 3)
    near = 12.0  # the largest curvature for |x| ≤ 1
    missing = decrease_missing(lambda x: x[:, 0] ** 4, lambda x: 4 * x**3, path, rate, near)
    small = descend(lambda x: 4 * x**3, [0.9], 0.1, 3)
    return outcome(
        at_most("decrease missing", missing.max(), 0, slack=1e-9),
        figure("x after one step", path[1, 0]),
        figure("longest safe step from here", 1 / (2 * start**2)),
        given=[at_most("decrease missing from 0.9, where L = 12 holds", decrease_missing(
            lambda x: x[:, 0] ** 4, lambda x: 4 * x**3, small, 0.1, near).max(), 0, slack=1e-9)],
        message=f"α = {rate:g} from {start:g}. With a step below 1/(2x²) the first step goes down; no single α does for all x.",
    )  # fmt: skip


@failure(
    "corner",
    "At a corner the gradient does not shrink: a fixed step jumps to and fro.",
    of="descent",
    without="f is L-smooth",
)
def corner(rng, rate: Annotated[float, Range(0.05, 0.5)] = 0.2, steps: Annotated[int, Range(30, 60)] = 40):
    path = descend(np.sign, [5.37 * rate], rate, steps)[:, 0]
    return outcome(
        at_most("least ‖∇f‖²", np.min(np.sign(path[:-1]) ** 2), gradient_bound(path[0], steps, rate, 1 / rate)),
        figure("|x| before the last step", abs(path[-2])), figure("|x| after it", abs(path[-1])),
        given=[at_least("f, bounded below", np.abs(path).min(), 0)],
        message=f"f = |x|, α = {rate:g}: the point ends up jumping between two values on either side of 0.",
    )  # fmt: skip


@failure(
    "ridge-to-a-saddle",
    "Started on the ridge that leads to a saddle, the iterates converge to the saddle.",
    of="convex-rate",
    without="f is convex",
)
def ridge_to_a_saddle(rng, steps: Annotated[int, Range(20, 60)] = 40, off: Annotated[float, Range(0.0, 0.1)] = 0.0):
    def f(x):  # a saddle at (0, 0), minima of height −¼ at (0, ±1)
        return x[..., 0] ** 2 / 2 + x[..., 1] ** 4 / 4 - x[..., 1] ** 2 / 2

    most = 2.0  # the curvature 3y² − 1 stays below 2 for |y| ≤ 1
    path = descend(lambda x: np.array([x[0], x[1] ** 3 - x[1]]), [1, off], 1 / most, steps)
    distance = np.sqrt(1 + (1 - off) ** 2)
    return outcome(
        at_most("f(x_k) − f* at the end", f(path[-1]) + 0.25, most * distance**2 / (2 * steps)),
        figure("‖∇f‖ at the end", np.hypot(path[-1, 0], path[-1, 1] ** 3 - path[-1, 1])),
        given=[at_most("curvature in y along the way", np.max(3 * path[:, 1] ** 2 - 1), most, slack=1e-9)],
        message="The gradient vanishes, and the loss stays a quarter above the minimum."
        if off == 0
        else f"Started {off:g} off the ridge, the path leaves the saddle, if the steps suffice.",
    )
