"""Checks of the page on eigenvalues and eigenvectors. Matrices are built from eigenvectors that are known."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Side = Annotated[int, Range(2, 10)]
STEPS = 200


def unit_columns(v):
    """The columns, each divided by its length."""
    return v / np.linalg.norm(v, axis=0)


def basis(rng, n, kind="oblique"):
    """n independent unit vectors as columns: perpendicular ones, or such that no two are nearly parallel."""
    q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    if kind == "perpendicular":
        return q
    return unit_columns(q + 0.3 * unit_columns(rng.normal(size=(n, n))))  # never singular: 0.3 √n < 1


def spread(rng, n, top=1.0, ratio=0.8):
    """Distinct numbers, the first `top`, the second in absolute value `ratio` times that."""
    rest = top * ratio * np.linspace(1, 0.1, n - 1) * np.where(np.arange(n - 1) % 2, 1, -1)
    return np.concatenate([[top], rest])


def matrix_of(v, values):
    """VΛV⁻¹."""
    return v @ np.diag(values) @ np.linalg.inv(v)


@claim(
    "trace-and-determinant",
    "Counted with multiplicity, the eigenvalues sum to the trace and multiply to the determinant.",
    assumes=("A is square",),
)
def trace_and_determinant(rng, n: Side = 4):
    a = rng.normal(size=(n, n))
    values = np.linalg.eigvals(a)
    singular = [np.linalg.svd(a - value * np.eye(n), compute_uv=False)[-1] for value in values]
    return outcome(
        equal("sum of the eigenvalues", values.sum().real, np.trace(a), tolerance=1e-10),
        equal("their product", values.prod().real, np.linalg.det(a), relative=1e-8, tolerance=1e-10),
        equal("imaginary parts, summed", values.imag.sum(), 0, tolerance=1e-10),
        at_most("least singular value of A − λI", singular, 1e-10),
        figure("eigenvalues that are not real", np.sum(values.imag != 0)),
    )


@claim(
    "powers",
    "Aᵏx = Σ cᵢ λᵢᵏ vᵢ for x = Σ cᵢ vᵢ.",
    assumes=("there are n independent eigenvectors",),
)
def powers(rng, n: Side = 4, k: Annotated[int, Range(0, 30)] = 8):
    v, values, c = basis(rng, n), spread(rng, n, top=1.2), rng.normal(size=n)
    x = v @ c
    for _ in range(k):
        x = matrix_of(v, values) @ x
    return outcome(
        equal("Aᵏx", x, v @ (c * values**k), tolerance=1e-8),
        equal("what the library finds", np.sort(np.linalg.eigvals(matrix_of(v, values)).real), np.sort(values), tolerance=1e-8),
    )


def independent_directions(a, values):
    """How many independent eigenvectors there are: what `distinct-suffice` counts."""
    n = len(a)
    dimensions = [n - np.linalg.matrix_rank(a - value * np.eye(n), tol=1e-9) for value in np.unique(values)]
    return equal("independent eigenvectors", sum(dimensions), n)


@claim(
    "distinct-suffice",
    "n distinct eigenvalues have n independent eigenvectors.",
    assumes=("A is n × n", "the n eigenvalues are distinct"),
)
def distinct_suffice(rng, n: Side = 4):
    upper = np.triu(rng.normal(size=(n, n)), 1)  # a triangular matrix has its eigenvalues on the diagonal
    values = np.arange(1.0, n + 1)
    return outcome(independent_directions(upper + np.diag(values), values))


def iterate(a, x, steps):
    """The iterates of power iteration, the start among them."""
    x = x / np.linalg.norm(x)
    kept = [x]
    for _ in range(steps):
        x = a @ x
        x = x / np.linalg.norm(x)
        kept.append(x)
    return np.array(kept)


def sines(directions, v):
    """The sine of the angle between the line of each direction and that of the unit vector v."""
    return np.linalg.norm(directions - np.outer(directions @ v, v), axis=1)


def settled(kept, v):
    """What power iteration promises after many steps."""
    return (
        at_most("turn in the last step", sines(kept[-2:-1], kept[-1]), 1e-6),
        at_most("sin θ at the end", sines(kept[-1:], v), 1e-6),
    )


def estimate_bound(top, ratio, sine):
    """How far xᵀAx can lie from λ₁ for symmetric A: the greatest |λ₁ − λᵢ|, times sin² θ."""
    return abs(top) * (1 + ratio) * sine**2


@claim(
    "power-iteration-converges",
    "sin θ after t steps is at most |λ₂/λ₁|ᵗ Σ|cᵢ/c₁|; for symmetric A the error of xᵀAx falls by the square.",
    assumes=("A is diagonalisable", "|λ₁| > |λ₂|", "x₀ has a component along v₁"),
)
def power_iteration_converges(
    rng, n: Side = 5, ratio: Annotated[float, Range(0.05, 0.9)] = 0.8, top: Annotated[float, Range(-2.0, -0.5)] = -1.5,
    eigenvectors: Literal["oblique", "perpendicular"] = "perpendicular",
):  # fmt: skip
    v, values = basis(rng, n, eigenvectors), spread(rng, n, top, ratio)
    c = rng.uniform(0.5, 1.5, size=n)
    a = matrix_of(v, values)
    kept = iterate(a, v @ c, STEPS)
    t = np.arange(STEPS + 1)
    sine, bound = sines(kept, v[:, 0]), ratio**t * np.sum(np.abs(c[1:] / c[0]))
    estimate = np.einsum("ti,ij,tj->t", kept, a, kept)
    error = np.abs(estimate - top)
    symmetric = eigenvectors == "perpendicular"
    late = int(np.argmax(sine < 0.03))  # here only the second vector is left, or nearly
    shown = bound > 1e-15
    return outcome(
        at_most("sin θ", sine, bound, slack=1e-12),
        at_least("the same, late, from below", sine[late], ratio**late * c[1] / c[0] * 0.5 if symmetric else 0),
        at_most("error of xᵀAx", error, (estimate_bound(top, ratio, sine) if symmetric else np.inf), slack=1e-12),
        at_least("the error, late, from below", error[late], 0.5 * estimate_bound(top, ratio, sine[late]) if symmetric else 0),
        equal("estimate of λ₁", estimate[-1], top, tolerance=1e-6),
        *settled(kept, v[:, 0]),
        plot=Plot(
            "step t", "size",
            (Line("sin θ", t[shown], sine[shown]), Line("bound", t[shown], bound[shown]), Line("error of xᵀAx", t[shown], error[shown])),
            "On a logarithmic scale the sine of the angle falls along the bound; for symmetric matrices the error falls twice as steeply.",
            log_y=True,
        ),
    )  # fmt: skip


@derivation("independence-steps", "Eigenvectors of distinct eigenvalues are independent.", assumes="the eigenvalues are distinct")
def independence_steps(rng, m: Annotated[int, Range(2, 6)] = 4, extra: Annotated[int, Range(0, 3)] = 1):
    n = m + extra
    values = np.concatenate([np.arange(1.0, m + 1) / m, np.full(extra, 5.0)])
    v, c = basis(rng, n), rng.normal(size=m)
    a, w, one = matrix_of(v, values), v[:, :m] @ c, np.eye(n)
    lam, v = values[:m], v[:, :m]
    without_last = v[:, :-1] @ (c[:-1] * (lam[:-1] - lam[-1]))

    def others_removed(i):
        found = w
        for j in range(m):
            found = found if j == i else (a - lam[j] * one) @ found
        return found

    factors = np.array([np.prod([lam[i] - lam[j] for j in range(m) if j != i]) for i in range(m)])
    read = np.array([v[:, i] @ others_removed(i) / (v[:, i] @ v[:, i] * factors[i]) for i in range(m)])
    return outcome(
        equal("Aw", a @ w, v @ (c * lam), tolerance=1e-8),
        equal("(A − λₘI)w", (a - lam[-1] * one) @ w, without_last, tolerance=1e-8),
        equal("all but the first removed", others_removed(0), c[0] * factors[0] * v[:, 0], tolerance=1e-8),
        equal("each cᵢ, read off w", read, c, tolerance=1e-6),
    )


@derivation("rate-steps", "The rate of power iteration.", assumes=("A is diagonalisable", "|λ₁| > |λ₂|", "c₁ ≠ 0"))
def rate_steps(
    rng, n: Side = 4, t: Annotated[int, Range(0, 40)] = 5, eigenvectors: Literal["oblique", "perpendicular"] = "oblique"
):
    v, values, c = basis(rng, n, eigenvectors), spread(rng, n, 1.5, 0.8), rng.uniform(0.5, 1.5, size=n)
    a = matrix_of(v, values)
    plain = np.linalg.matrix_power(a, t) @ v @ c
    y = plain / (c[0] * values[0] ** t)
    parts = v[:, 1:] @ (c[1:] / c[0] * (values[1:] / values[0]) ** t)
    away = np.linalg.norm(y - v[:, 0])
    bound = abs(values[1] / values[0]) ** t * np.sum(np.abs(c[1:] / c[0]))
    return outcome(
        equal("xₜ", iterate(a, v @ c, t)[-1], plain / np.linalg.norm(plain), tolerance=1e-9),
        equal("Aᵗx₀", plain, v @ (c * values**t), relative=1e-8, tolerance=1e-8),
        equal("y", y, v[:, 0] + parts, tolerance=1e-9),
        equal("‖y − v₁‖", away, bound, tolerance=1e-9) if n == 2 else at_most("‖y − v₁‖", away, bound, slack=1e-12),
        at_most("sin θ", sines(y[None] / np.linalg.norm(y), v[:, 0]), away, slack=1e-12),
    )


@failure(
    "jordan-block",
    "A repeated eigenvalue can lack eigenvectors; then powers grow although no eigenvalue exceeds 1.",
    of="distinct-suffice",
    without="the n eigenvalues are distinct",
)
def jordan_block(rng, n: Annotated[int, Range(2, 10)] = 10, k: Annotated[int, Range(1, 100)] = 20):
    a = np.eye(n) + np.eye(n, k=1)
    grown = np.linalg.matrix_power(a, k)
    return outcome(
        independent_directions(a, np.ones(n)),
        figure("largest entry of Aᵏ", grown.max()),
        given=[equal("rows against columns", len(a), n), equal("determinant", np.linalg.det(a), 1)],
        message=f"All {n} eigenvalues are 1, and there is one line of eigenvectors. After {k} steps an entry is {grown.max():.3g}.",
    )


def below_decay(a, x, rho, steps):
    """The lengths of Aᵏx, and the condition of `decay` on them."""
    lengths = [np.linalg.norm(x)]
    for _ in range(steps):
        x = a @ x
        lengths.append(np.linalg.norm(x))
    promised = rho ** np.arange(steps + 1) * lengths[0]
    return np.array(lengths), promised, at_most("‖Aᵏx‖ / ρᵏ‖x‖", np.array(lengths) / promised, 1, slack=1e-9)


@claim(
    "decay",
    "‖Aᵏx‖ ≤ ρᵏ‖x‖ in every step if no |λᵢ| exceeds ρ.",
    assumes=("no |λᵢ| exceeds ρ", "the eigenvectors are orthonormal"),
)
def decay(rng, n: Side = 4, rho: Annotated[float, Range(0.1, 1.5)] = 0.9, along_the_top: bool = True):
    v, values = basis(rng, n, "perpendicular"), spread(rng, n, rho)
    x = v[:, 0] if along_the_top else rng.normal(size=n)
    lengths, promised, condition = below_decay(matrix_of(v, values), x, rho, 60)
    return outcome(condition, at_least("length at the end", lengths[-1], promised[-1] * (0.999 if along_the_top else 0)))


@failure(
    "transient-growth",
    "With nearly parallel eigenvectors lengths grow for a while, though every eigenvalue is below 1.",
    of="decay",
    without="the eigenvectors are orthonormal",
)
def transient_growth(rng, coupling: Annotated[float, Range(1.0, 20.0)] = 8.0, steps: Annotated[int, Range(5, 120)] = 60):
    a = np.array([[0.9, coupling], [0.0, 0.8]])
    lengths, promised, condition = below_decay(a, np.array([0.0, 1.0]), 0.9, steps)
    other = np.array([coupling, -0.1])
    return outcome(
        condition,
        figure("longest", lengths.max()), figure("step of the longest", lengths.argmax()),
        figure("angle of the eigenvectors", np.degrees(np.arctan(0.1 / coupling)), "°"),
        given=[equal("Av for λ = 0.8", a @ other, 0.8 * other, tolerance=1e-12), at_most("largest |λ|", np.abs(np.linalg.eigvals(a)).max(), 0.9, slack=1e-12)],
        message=f"The length climbs to {lengths.max():.1f} before it decays.",
        plot=Plot(
            "step k", "length",
            (Line("‖Aᵏx‖", np.arange(steps + 1), lengths), Line("0.9ᵏ", np.arange(steps + 1), promised)),
            "The length of the vector rises to more than twenty times its start, and only then falls.",
            log_y=True,
        ),
    )  # fmt: skip


@failure(
    "tie",
    "Two eigenvalues of the same absolute value keep power iteration turning for ever.",
    of="power-iteration-converges",
    without="|λ₁| > |λ₂|",
)
def tie(rng, angle: Annotated[float, Range(10.0, 170.0)] = 40.0, kind: Literal["opposite signs", "complex pair"] = "opposite signs"):
    w = np.radians(angle)
    if kind == "opposite signs":
        v = np.array([[1.0, np.cos(w)], [0.0, np.sin(w)]])
        a, start = matrix_of(v, np.array([1.0, -1.0])), v @ [1.0, 0.7]
    else:
        v, a, start = np.eye(2), np.array([[np.cos(w), -np.sin(w)], [np.sin(w), np.cos(w)]]), np.array([1.0, 0.7])
    kept = iterate(a, start, STEPS)
    size = np.abs(np.linalg.eigvals(a))
    return outcome(
        *settled(kept, v[:, 0]),
        given=[equal("|λ₁| and |λ₂|", size, np.ones(2), tolerance=1e-9), at_least("component of the start along v₁", abs(start[0]), 1e-3)],
        message=f"After {STEPS} steps each step still turns the vector ({kind}).",
    )  # fmt: skip


@failure(
    "unlucky-start",
    "A start without any part along v₁ leads to another eigenvector.",
    of="power-iteration-converges",
    without="x₀ has a component along v₁",
)
def unlucky_start(rng, part: Annotated[float, Range(0.0, 1e-3)] = 0.0, ratio: Annotated[float, Range(0.5, 0.9)] = 0.8):
    a = np.diag(spread(rng, 4, 1.5, ratio))  # a diagonal matrix: rounding brings no new direction in
    kept = iterate(a, np.array([part, 1.0, 1.0, 1.0]), STEPS)
    return outcome(
        *settled(kept, np.eye(4)[0]),
        figure("sin of the angle with v₂", sines(kept[-1:], np.eye(4)[1])[0]),
        given=[at_most("|λ₂/λ₁|", abs(a[1, 1] / a[0, 0]), 0.9, slack=1e-12)],
        message="Even a part of a billionth along v₁ would win in the end. A part of exactly 0 never does.",
    )


def found_well(values):
    """Eigenvalues 1 to n, in any order: what `from-the-matrix` promises of a routine."""
    return at_most("largest error of an eigenvalue", np.abs(np.sort(np.real(values)) - np.arange(1, len(values) + 1)).max(), 1e-9)


@claim(
    "from-the-matrix",
    "The eigenvalues 1 to n of a symmetric matrix are found to nine decimals.",
    assumes=("A is symmetric", "double precision", "the routine works on the matrix, not on its polynomial"),
)
def from_the_matrix(rng, n: Annotated[int, Range(2, 30)] = 20):
    return outcome(found_well(np.linalg.eigvalsh(matrix_of(basis(rng, n, "perpendicular"), np.arange(1.0, n + 1)))))


@failure(
    "from-the-polynomial",
    "Through the coefficients of the polynomial the same eigenvalues come out wrong.",
    of="from-the-matrix",
    without="the routine works on the matrix, not on its polynomial",
)
def from_the_polynomial(rng, n: Annotated[int, Range(2, 30)] = 20):
    coefficients, exact = np.poly(np.arange(1.0, n + 1)), [1]
    for root in range(1, n + 1):  # in whole numbers, which Python keeps exactly
        exact = [a - root * b for a, b in zip([*exact, 0], [0, *exact])]
    errors = [abs(int(c) - e) / abs(e) for c, e in zip(coefficients, exact)]
    return outcome(
        found_well(np.roots(coefficients)),
        given=[at_most("relative error of a coefficient", errors, 1e-14)],
        message=f"The polynomial of degree {n} is stored as well as double precision can. Its roots still are not 1 to {n}.",
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    a, m = np.array([[2.0, 1], [1, 2]]), np.array([[0.9, 0.2], [0.1, 0.8]])
    far = np.linalg.matrix_power(a, 10) @ [1, 0]
    kept = iterate(a, np.array([1.0, 0.0]), 2)
    estimates = [x @ a @ x for x in kept]
    shares = np.linalg.matrix_power(m, 10) @ [0.5, 0.5]
    return outcome(
        equal("A(1, 1)", a @ [1, 1], [3, 3]), equal("A(1, −1)", a @ [1, -1], [1, -1]),
        equal("first entry after 10", far[0], (3**10 + 1) / 2), equal("second entry after 10", far[1], (3**10 - 1) / 2),
        equal("estimate at the start", estimates[0], 2), equal("estimate after 1 step", estimates[1], 2.8, tolerance=1e-9),
        equal("estimate after 2 steps", estimates[2], 2.976, tolerance=5e-4),
        equal("M(2, 1)", m @ [2, 1], [2, 1], tolerance=1e-12), equal("M(1, −1)", m @ [1, -1], [0.7, -0.7], tolerance=1e-12),
        equal("trace of M", np.trace(m), 1.7, tolerance=1e-12), equal("det of M", np.linalg.det(m), 0.7, tolerance=1e-12),
        equal("share after 10 months", shares[0], 2 / 3 - 0.7**10 / 6, tolerance=1e-12),
        equal("part of the way done", (shares[0] - 0.5) / (2 / 3 - 0.5), 0.97, tolerance=5e-3),
        equal("steps for one digit", np.ceil(np.log(10) / -np.log(0.99)), 230),
    )  # fmt: skip
