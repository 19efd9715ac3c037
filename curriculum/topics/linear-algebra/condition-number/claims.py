"""Checks of the page on the condition number. Matrices are built with singular values that are known."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Side = Annotated[int, Range(2, 10)]
Power = Annotated[float, Range(0.5, 6.0)]
EPS = np.finfo(float).eps


def orthogonal(rng, n):
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def with_condition(rng, n, power):
    """A matrix with κ = 10^power: left vectors, singular values and right vectors, too."""
    u, v = orthogonal(rng, n), orthogonal(rng, n)
    s = rng.uniform(0.5, 5) * 10.0 ** -np.linspace(0, power, n)
    return u * s @ v.T, u, s, v


def kappa(a):
    """The ratio of the largest to the smallest singular value."""
    s = np.linalg.svd(a, compute_uv=False)
    return s[0] / s[-1]


def size(x):
    return np.linalg.norm(x)


def magnified(a, b, db):
    """By which factor the relative error of the solution exceeds that of b."""
    return size(np.linalg.solve(a, db)) / size(np.linalg.solve(a, b)) / (size(db) / size(b))


@claim(
    "right-hand-side",
    "‖δx‖/‖x‖ ≤ κ ‖δb‖/‖b‖, and equality can occur.",
    assumes=("A is invertible", "only b is disturbed"),
)
def right_hand_side(rng, n: Side = 4, power: Power = 3.0, errors: Literal["random", "unlucky"] = "random"):
    a, u, s, _ = with_condition(rng, n, power)
    pairs = [(rng.normal(size=n), rng.normal(size=n)) for _ in range(50)] if errors == "random" else [(3 * u[:, 0], 0.01 * u[:, -1])]
    factors = np.array([magnified(a, b, db) for b, db in pairs])
    positive = a @ a.T
    return outcome(
        at_most("magnification / κ", factors / kappa(a), 1, slack=1e-6),
        at_least("the same, from below", factors.max() / kappa(a), 1 - 1e-6 if errors == "unlucky" else 0),
        equal("‖A‖ ‖A⁻¹‖ / κ", np.linalg.norm(a, 2) * np.linalg.norm(np.linalg.inv(a), 2) / (s[0] / s[-1]), 1, tolerance=1e-6),
        equal("λ_max/λ_min of AAᵀ, against κ of it", np.linalg.eigvalsh(positive)[-1] / np.linalg.eigvalsh(positive)[0] / kappa(positive), 1,
              tolerance=1e-2),
        figure("κ", kappa(a)),
    )  # fmt: skip


def matrix_bound(product):
    """The bound of the page for errors in the matrix, from κε."""
    return product / (1 - product)


def against(name, ratio, tight):
    """A ratio that is at most 1, and equal to 1 in the tight case."""
    return equal(name, ratio, 1, tolerance=1e-5) if tight else at_most(name, ratio, 1, slack=1e-6)


def stays_invertible(a, da):
    """A disturbed matrix is not singular: its smallest singular value is more than rounding."""
    s = np.linalg.svd(a + da, compute_uv=False)
    return at_least("σ_min / σ_max of A + δA", s[-1] / s[0], 1e-14)


@claim(
    "matrix-disturbed",
    "If κε < 1 the disturbed matrix is invertible and the solution is off by at most κε/(1 − κε), relatively.",
    assumes=("A is invertible", "κε < 1 for the relative size ε of the change"),
)
def matrix_disturbed(rng, n: Side = 4, power: Power = 3.0, share: Annotated[float, Range(0.001, 0.9)] = 0.5, worst: bool = False):
    a, u, s, v = with_condition(rng, n, power)
    change = -np.outer(u[:, -1], v[:, -1]) if worst else rng.normal(size=(n, n))
    change *= share * s[-1] / np.linalg.norm(change, 2)  # so that κε is this share
    x = v[:, -1] if worst else rng.normal(size=n)
    new = np.linalg.solve(a + change, a @ x)
    error = size(new - x) / size(x)
    return outcome(
        stays_invertible(a, change),
        against("‖δx‖/‖x‖, against the bound", error / matrix_bound(share), worst),
        figure("κε", share),
    )


@failure(
    "made-singular",
    "At κε = 1 a change can make the matrix singular.",
    of="matrix-disturbed",
    without="κε < 1 for the relative size ε of the change",
)
def made_singular(rng, n: Side = 4, power: Power = 3.0):
    a, u, s, v = with_condition(rng, n, power)
    change = -s[-1] * np.outer(u[:, -1], v[:, -1])
    return outcome(
        stays_invertible(a, change),
        given=[at_least("σ_min / σ_max of A", s[-1] / s[0], 1e-7), equal("κε", np.linalg.norm(change, 2) / s[0] * (s[0] / s[-1]), 1, tolerance=1e-9)],
        message=f"κ = {s[0] / s[-1]:.3g}: a relative change of {s[-1] / s[0]:.3g} is enough.",
    )


@claim(
    "rules",
    "κ(cA) = κ(A), κ(Q) = 1, κ(AᵀA) = κ(A)², and a ridge gives (σ₁² + λ)/(σₙ² + λ).",
    assumes=("independent columns", "c ≠ 0", "Q is orthogonal"),
)
def rules(rng, n: Side = 4, extra: Annotated[int, Range(0, 6)] = 3, ridge: Annotated[float, Range(1e-4, 10.0)] = 0.1):
    a = np.vstack([with_condition(rng, n, 1.5)[0], rng.normal(size=(extra, n))])
    s = np.linalg.svd(a, compute_uv=False)
    gram = a.T @ a
    q = orthogonal(rng, len(a))
    return outcome(
        equal("κ(−7A)", kappa(-7 * a), kappa(a), relative=1e-9),
        equal("κ(Q)", kappa(q), 1, tolerance=1e-9),
        equal("κ(QA)", kappa(q @ a), kappa(a), relative=1e-9),
        equal("κ(AᵀA)", kappa(gram), kappa(a) ** 2, relative=1e-6),
        equal("κ(AᵀA + λI)", kappa(gram + ridge * np.eye(n)), (s[0] ** 2 + ridge) / (s[-1] ** 2 + ridge), relative=1e-8),
        at_most("the same, against κ(AᵀA)", kappa(gram + ridge * np.eye(n)), kappa(gram)),
    )


@derivation("right-hand-side-steps", "The bound for errors in b.", assumes=("A is invertible", "b ≠ 0"))
def right_hand_side_steps(rng, n: Side = 4, power: Power = 2.0, unlucky: bool = False):
    a, u, _, _ = with_condition(rng, n, power)
    b, db = (3 * u[:, 0], 0.01 * u[:, -1]) if unlucky else (rng.normal(size=n), 0.01 * rng.normal(size=n))
    x = np.linalg.solve(a, b)
    dx = np.linalg.solve(a, b + db) - x
    up, back = np.linalg.norm(a, 2), np.linalg.norm(np.linalg.inv(a), 2)
    return outcome(
        equal("Aδx", a @ dx, db, tolerance=1e-8),
        against("‖δx‖ / ‖A⁻¹‖‖δb‖", size(dx) / (back * size(db)), unlucky),
        against("‖b‖ / ‖A‖‖x‖", size(b) / (up * size(x)), unlucky),
        against("1/‖x‖, against ‖A‖/‖b‖", (1 / size(x)) / (up / size(b)), unlucky),
        against("‖δx‖/‖x‖, against the bound", size(dx) / size(x) / (up * back * size(db) / size(b)), unlucky),
        message="With the unlucky pair every inequality is an equality." if unlucky else "A random pair.",
    )


@derivation("matrix-steps", "The bound for errors in the matrix.", assumes=("A is invertible", "κε < 1"))
def matrix_steps(rng, n: Side = 4, power: Power = 2.0, share: Annotated[float, Range(0.01, 0.9)] = 0.5, unlucky: bool = False):
    a, u, s, v = with_condition(rng, n, power)
    change, x = (-np.outer(u[:, -1], v[:, -1]), 3 * v[:, -1]) if unlucky else (rng.normal(size=(n, n)), rng.normal(size=n))
    change *= share * s[-1] / np.linalg.norm(change, 2)
    new = np.linalg.solve(a + change, a @ x)
    dx = new - x
    product = kappa(a) * np.linalg.norm(change, 2) / np.linalg.norm(a, 2)
    return outcome(
        equal("δx", dx, -np.linalg.solve(a, change @ new), tolerance=1e-6),
        against("‖δx‖, against κε(‖x‖ + ‖δx‖)", size(dx) / (product * (size(x) + size(dx))), unlucky),
        against("‖δx‖/‖x‖, against the bound", size(dx) / size(x) / matrix_bound(product), unlucky),
        given=[equal("κε", product, share, tolerance=1e-6)],
    )


@derivation("distance-steps", "The distance to the nearest singular matrix.", assumes="A is invertible")
def distance_steps(rng, n: Side = 4, power: Power = 2.0):
    a, u, s, v = with_condition(rng, n, power)
    others = []  # for any unit z, E = −(Az)zᵀ makes A + E singular
    for _ in range(50):
        z = rng.normal(size=n)
        others.append(-np.outer(a @ z, z) / (z @ z))
    e = -s[-1] * np.outer(u[:, -1], v[:, -1])
    return outcome(
        at_least("least ‖E‖ of fifty", min(np.linalg.norm(other, 2) for other in others), s[-1], slack=1e-12),
        equal("σ_min of A + E", np.linalg.svd(a + e, compute_uv=False)[-1], 0, tolerance=1e-12),
        equal("‖E‖/‖A‖ · κ", np.linalg.norm(e, 2) / np.linalg.norm(a, 2) * kappa(a), 1, tolerance=1e-6),
        given=[equal("σ_min of the fifty A + E", [np.linalg.svd(a + other, compute_uv=False)[-1] for other in others], np.zeros(50), tolerance=1e-12)],
    )


def reaches_the_bound(a, pairs):
    """The error is magnified by κ itself, for the worst of these pairs."""
    return equal("magnification / κ", max(magnified(a, b, db) for b, db in pairs) / kappa(a), 1, tolerance=1e-4)


@claim(
    "worst-pair",
    "With b along u₁ and δb along uₙ the error is magnified by κ itself.",
    assumes=("b and δb point the unlucky way", "the error is small relative to b as a whole"),
)
def worst_pair(rng, n: Side = 4, power: Power = 4.0, units: Literal["mixed", "bad"] = "mixed"):
    if units == "bad":
        a = np.diag(10.0 ** -np.linspace(0, power, n))
        return outcome(reaches_the_bound(a, [(np.eye(n)[0], np.eye(n)[-1])]), figure("κ", kappa(a)))
    a, u, _, _ = with_condition(rng, n, power)
    return outcome(reaches_the_bound(a, [(u[:, 0], u[:, -1])]), figure("κ", kappa(a)))


@failure(
    "random-pair",
    "Random right-hand sides and errors are magnified far less than κ.",
    of="worst-pair",
    without="b and δb point the unlucky way",
)
def random_pair(rng, n: Side = 4, power: Annotated[float, Range(2.0, 6.0)] = 4.0):
    a = with_condition(rng, n, power)[0]
    pairs = [(rng.normal(size=n), rng.normal(size=n)) for _ in range(100)]
    factors = np.array([magnified(a, b, db) for b, db in pairs])
    return outcome(
        reaches_the_bound(a, pairs),
        figure("median magnification", np.median(factors)), figure("κ", kappa(a)),
        given=[at_most("largest, against κ", factors.max() / kappa(a), 1, slack=1e-6)],
        message=f"κ = {kappa(a):.3g}, and half of the hundred errors are magnified less than {np.median(factors):.2g} times.",
    )  # fmt: skip


@failure(
    "own-units",
    "In a diagonal system errors relative to each entry are not magnified, however large κ is.",
    of="worst-pair",
    without="the error is small relative to b as a whole",
)
def own_units(rng, n: Side = 4, power: Annotated[float, Range(1.0, 12.0)] = 8.0):
    a = np.diag(10.0 ** -np.linspace(0, power, n))
    x = rng.uniform(0.5, 2, size=n) * rng.choice([-1, 1], size=n)
    b, shares = a @ x, rng.uniform(0.5e-3, 1e-3, size=n)
    pairs = [(b, b * shares * rng.choice([-1, 1], size=n)) for _ in range(20)]
    errors = [np.abs(np.linalg.solve(a, db) / x).max() for _, db in pairs]
    return outcome(
        reaches_the_bound(a, pairs),
        figure("κ", kappa(a)), figure("κ after each row is rescaled", kappa(a / np.diag(a)[:, None])),
        given=[equal("largest relative error of an entry, in and out", max(errors), shares.max(), tolerance=1e-12)],
        message=f"κ = {kappa(a):.3g}, and each entry of x is as exact as its entry of b.",
    )  # fmt: skip


def fit_problem(rng, power, residual):
    """A design matrix with κ = 10^power, true coefficients, and a right-hand side with a residual of this size."""
    u = np.linalg.qr(rng.normal(size=(30, 6)))[0]
    v = orthogonal(rng, 5)
    a = u[:, :5] * 10.0 ** -np.linspace(0, power, 5) @ v.T
    x = v @ rng.choice([-1.0, 1.0], size=5)
    return a, x, a @ x + residual * u[:, 5]


def accurate(found, x, power):
    """An error of at most a modest multiple of κ times the rounding unit."""
    return at_most("relative error / (κ ε)", size(found - x) / size(x) / (10.0**power * EPS), 200)


def by_qr(a, b):
    q, r = np.linalg.qr(a)
    return np.linalg.solve(r, q.T @ b)


@claim(
    "through-qr",
    "Least squares by QR loses about log₁₀ κ digits.",
    assumes=("the solver works on A itself", "the residual is small"),
)
def through_qr(rng, power: Annotated[float, Range(1.0, 7.0)] = 6.0):
    a, x, b = fit_problem(rng, power, 0.0)
    return outcome(accurate(by_qr(a, b), x, power), figure("relative error", size(by_qr(a, b) - x) / size(x)))


@failure(
    "through-the-gram-matrix",
    "Through AᵀA the same problem loses twice as many digits.",
    of="through-qr",
    without="the solver works on A itself",
)
def through_the_gram_matrix(rng, power: Annotated[float, Range(4.0, 7.0)] = 6.0):
    a, x, b = fit_problem(rng, power, 0.0)
    found = np.linalg.solve(a.T @ a, a.T @ b)
    return outcome(
        accurate(found, x, power),
        figure("relative error", size(found - x) / size(x)), figure("by QR", size(by_qr(a, b) - x) / size(x)),
        given=[equal("‖Ax − b‖", size(a @ x - b), 0, tolerance=1e-12)],
    )  # fmt: skip


@failure(
    "large-residual",
    "With a large residual least squares itself is as sensitive as κ², and QR cannot help.",
    of="through-qr",
    without="the residual is small",
)
def large_residual(rng, power: Annotated[float, Range(4.0, 7.0)] = 6.0, residual: Annotated[float, Range(1.0, 100.0)] = 10.0):
    a, x, b = fit_problem(rng, power, residual)
    return outcome(
        accurate(by_qr(a, b), x, power),
        figure("relative error", size(by_qr(a, b) - x) / size(x)),
        given=[at_most("Aᵀ(Ax − b)", np.abs(a.T @ (a @ x - b)).max(), 1e-12 * residual)],
    )


@claim(
    "descent",
    "With the best constant step gradient descent shrinks the distance by (κ − 1)/(κ + 1) a step, and at worst no faster.",
    assumes=("f is quadratic with a positive definite Hessian", "the step is 2/(λ_max + λ_min)"),
)
def descent(rng, n: Side = 3, condition: Annotated[float, Range(1.5, 500.0)] = 20.0, worst_start: bool = True):
    values = np.linspace(1, condition, n)
    q = orthogonal(rng, n)
    h = q * values @ q.T
    x = q[:, 0] + q[:, -1] if worst_start else rng.normal(size=n)
    rate, steps = (condition - 1) / (condition + 1), 60
    lengths = [size(x)]
    for _ in range(steps):
        x = x - 2 / (values[0] + values[-1]) * (h @ x)
        lengths.append(size(x))
    promised = lengths[0] * rate ** np.arange(steps + 1)
    return outcome(
        at_most("distance", lengths, promised, slack=1e-12),
        at_least("distance at the end, from below", lengths[-1], promised[-1] * (1 - 1e-6) - 1e-12 if worst_start else 0),
        plot=Plot(
            "step", "distance to the minimum",
            (Line(f"κ = {condition:g}", np.arange(steps + 1), lengths), Line("bound", np.arange(steps + 1), promised)),
            "On a logarithmic scale the distance falls along the straight line of the bound.", log_y=True,
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    a, b, db = np.array([[1, 1], [1, 1.001]]), np.array([2, 2.001]), np.array([0, 0.001])
    values, u = np.linalg.eigh(a)
    x, new = np.linalg.solve(a, b), np.linalg.solve(a, b + db)
    bound = kappa(a) * size(db) / size(b)
    kelvins = np.array([[1, 290], [290, 290**2 + 5**2]])  # the Gram matrix, divided by the number of rows
    standard = np.eye(2)
    needed = np.log(1e6) / -np.log(99 / 101)
    return outcome(
        equal("x", x, [1, 1], tolerance=1e-9), equal("x after the correction", new, [0, 2], tolerance=1e-9),
        equal("eigenvalues", values, [0.00049988, 2.0005], tolerance=5e-6),
        equal("condition of the lines", kappa(a), 4002, tolerance=0.5),
        equal("relative error of b", size(db) / size(b), 0.000353, tolerance=5e-7),
        equal("bound on the error of x", bound, 1.415, tolerance=5e-4),
        equal("relative error of x", size(new - x) / size(x), 1, tolerance=1e-9),
        equal("share of δb along the short direction", abs(u[:, 0] @ db) / size(db), np.sqrt(0.5), tolerance=1e-3),
        equal("condition with kelvins", np.sqrt(kappa(kelvins)), 16825, tolerance=0.5), equal("after standardising", kappa(standard), 1),
        equal("steps for a millionth", np.ceil(needed), 691),
        equal("log₁₀ of det(0.1 I)", 100 * np.log10(0.1), -100, tolerance=1e-9), equal("κ(0.1 I)", kappa(0.1 * np.eye(100)), 1, tolerance=1e-12),
    )  # fmt: skip
