"""Checks of the page on the spectral theorem."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Side = Annotated[int, Range(2, 12)]


def symmetric(rng, n, values=None):
    """A random symmetric matrix, with these eigenvalues if they are given."""
    if values is None:
        a = rng.normal(size=(n, n))
        return (a + a.T) / 2
    q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    a = q @ np.diag(values) @ q.T
    return (a + a.T) / 2


def eigenvectors_are_perpendicular(a):
    """The promise of the theorem, put to a routine that does not know of symmetry."""
    values, v = np.linalg.eig(a)
    return (
        equal("imaginary parts of the eigenvalues", np.imag(values), np.zeros(len(a)), tolerance=1e-9),
        equal("qᵢ · qⱼ", np.abs(v.conj().T @ v), np.eye(len(a)), tolerance=1e-6),
    )


@claim(
    "perpendicular",
    "The eigenvalues are real and the eigenvectors perpendicular; QΛQᵀ is symmetric.",
    assumes=("A is symmetric", "the entries are real"),
)
def perpendicular(rng, n: Side = 5):
    a = symmetric(rng, n)
    values, v = np.linalg.eig(a)
    q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    other = q @ np.diag(rng.normal(size=n)) @ q.T
    return outcome(
        *eigenvectors_are_perpendicular(a),
        equal("Σ λᵢ qᵢqᵢᵀ", sum(x * np.outer(w, w) for x, w in zip(values, v.T)), a, tolerance=1e-8),
        equal("QΛQᵀ against its transpose", other, other.T, tolerance=1e-12),
    )


@failure(
    "not-symmetric",
    "Without symmetry eigenvectors meet at any angle, and eigenvalues may be complex.",
    of="perpendicular",
    without="A is symmetric",
)
def not_symmetric(rng, n: Side = 5):
    a = rng.normal(size=(n, n))
    values, v = np.linalg.eig(a)
    worst = np.abs(np.triu(v.conj().T @ v, 1)).max()
    return outcome(
        *eigenvectors_are_perpendicular(a),
        figure("eigenvalues that are not real", np.sum(np.imag(values) != 0)),
        figure("smallest angle of two eigenvectors", np.degrees(np.arccos(min(worst, 1))), "°"),
        given=[equal("Av against λv", np.abs(a @ v - v * values).max(), 0, tolerance=1e-9)],
    )


@failure(
    "complex-symmetric",
    "A complex matrix with A = Aᵀ can lack eigenvectors.",
    of="perpendicular",
    without="the entries are real",
)
def complex_symmetric(rng, size: Annotated[float, Range(0.1, 10.0)] = 1.0):
    a = size * np.array([[1, 1j], [1j, -1]])
    return outcome(
        *eigenvectors_are_perpendicular(a),
        figure("rank of A", np.linalg.matrix_rank(a)),
        given=[equal("|A − Aᵀ|", np.abs(a - a.T), np.zeros((2, 2))), equal("|A²|", np.abs(a @ a), np.zeros((2, 2)), tolerance=1e-12)],
        message="A² = 0 leaves only the eigenvalue 0, and A = 0 would follow if A could be diagonalised.",
    )


@claim(
    "functions",
    "f(A) = Q f(Λ) Qᵀ: the inverse, the square root and the exponential.",
    assumes=("A is symmetric", "f is defined at every eigenvalue"),
)
def functions(rng, n: Side = 4):
    a = symmetric(rng, n, rng.uniform(0.2, 2.0, size=n))
    values, q = np.linalg.eigh(a)

    def apply(f):
        return q @ np.diag(f(values)) @ q.T

    series, term = np.eye(n), np.eye(n)
    for k in range(1, 40):
        term = term @ a / k
        series = series + term
    return outcome(
        equal("A · A⁻¹", a @ apply(lambda x: 1 / x), np.eye(n), tolerance=1e-9),
        equal("√A · √A", apply(np.sqrt) @ apply(np.sqrt), a, tolerance=1e-9),
        equal("eᴬ against its power series", apply(np.exp), series, tolerance=1e-9),
        equal("A³", apply(lambda x: x**3), a @ a @ a, tolerance=1e-9),
    )


def quotient(a, x):
    """The Rayleigh quotient of each column of x."""
    return np.sum(x * (a @ x), axis=0) / np.sum(x * x, axis=0)


def inside(a, x):
    """The bounds of the page, on the quotients of these columns."""
    values = np.real(np.linalg.eigvals(a))
    return (
        at_most("largest quotient", quotient(a, x).max(), values.max(), slack=1e-9),
        at_least("smallest quotient", quotient(a, x).min(), values.min(), slack=1e-9),
    )


@claim(
    "rayleigh",
    "λ_min ≤ xᵀAx/xᵀx ≤ λ_max, and both bounds are attained.",
    assumes=("A is symmetric",),
)
def rayleigh(rng, n: Side = 2, kind: Literal["random", "of the page"] = "of the page"):
    a = symmetric(rng, n) if kind == "random" else np.array([[5.0, 2], [2, 2]])
    values, q = np.linalg.eigh(a)
    angle = np.linspace(0, np.pi, 181)
    circle = np.outer(q[:, 0], np.cos(angle)) + np.outer(q[:, -1], np.sin(angle))
    x = np.hstack([rng.normal(size=(len(a), 200)), circle])
    return outcome(
        *inside(a, x),
        equal("quotient at the ends", quotient(a, q[:, [0, -1]]), values[[0, -1]], tolerance=1e-9),
        plot=Plot(
            "angle from the first eigenvector towards the last (degrees)", "quotient",
            (Line("xᵀAx / xᵀx", np.degrees(angle), quotient(a, circle)),
             Points("eigenvalues", [0, 90, 180], [values[0], values[-1], values[0]])),
            "The quotient swings between the smallest eigenvalue and the largest, and meets them at right angles.",
        ),
    )  # fmt: skip


@failure(
    "quotient-without-symmetry",
    "Without symmetry the quotient leaves the range of the eigenvalues.",
    of="rayleigh",
    without="A is symmetric",
)
def quotient_without_symmetry(rng, shear: Annotated[float, Range(0.1, 100.0)] = 10.0):
    a = np.array([[1.0, shear], [0.0, 1.0]])
    angle = np.linspace(0, np.pi, 721)
    circle = np.stack([np.cos(angle), np.sin(angle)])
    half = (a + a.T) / 2
    return outcome(
        *inside(a, circle),
        figure("1 + half the shear", 1 + shear / 2),
        given=[equal("quotients of the symmetric part", quotient(half, circle), quotient(a, circle), tolerance=1e-9)],
        message="Both eigenvalues are 1. The quotient obeys those of the symmetric part instead.",
    )


def moved(a, e):
    """How far the eigenvalues of A lie from those of A + E, both in order, against the size of E."""
    before, after = (np.sort(np.abs(np.linalg.eigvals(m))) for m in (a, a + e))
    return at_most("largest move of an eigenvalue", np.abs(after - before).max(), np.linalg.norm(e, 2), slack=1e-12)


@claim(
    "eigenvalues-move-little",
    "A symmetric change E moves no eigenvalue by more than ‖E‖.",
    assumes=("A is symmetric", "E is symmetric"),
)
def eigenvalues_move_little(
    rng, n: Side = 6, size: Annotated[float, Range(1e-6, 0.5)] = 1e-3, change: Literal["random", "a multiple of I"] = "random"
):
    a = symmetric(rng, n, rng.uniform(1.0, 3.0, size=n))  # positive throughout, so that absolute values change nothing
    e = symmetric(rng, n) if change == "random" else np.eye(n)
    e = e * size / np.linalg.norm(e, 2)
    plain = np.abs(np.linalg.eigvalsh(a + e) - np.linalg.eigvalsh(a))
    return outcome(
        moved(a, e),
        at_most("the same, by the symmetric routine", plain, size, slack=1e-12),
        at_least("the same, from below", plain.max(), size - 1e-9 if change == "a multiple of I" else 0),
    )


@failure(
    "corner-entry",
    "Without symmetry a ten-billionth moves every eigenvalue by a tenth.",
    of="eigenvalues-move-little",
    without="A is symmetric",
)
def corner_entry(rng, n: Side = 10, digits: Annotated[int, Range(4, 14)] = 10):
    a, e = np.eye(n, k=1), np.zeros((n, n))
    e[-1, 0] = 10.0**-digits
    return outcome(
        moved(a, e),
        figure("εⁿ⁻ᵗʰ root", 10.0 ** (-digits / n)),
        given=[equal("largest entry of Aⁿ", np.linalg.matrix_power(a, n).max(), 0)],
        message=f"The entry is 1e-{digits}; the eigenvalues now lie on a circle of radius {10.0 ** (-digits / n):.3g}.",
    )


def rebuilt_matrix(a):
    """What eigh returns, put together again, against the matrix it was given."""
    values, q = np.linalg.eigh(a)
    return equal("QΛQᵀ", q @ np.diag(values) @ q.T, a, tolerance=1e-9)


@claim("rebuilt", "The results of eigh rebuild the matrix, with ascending eigenvalues.", assumes=("A is symmetric",))
def rebuilt(rng, n: Side = 5):
    a = symmetric(rng, n)
    values, q = np.linalg.eigh(a)
    return outcome(
        rebuilt_matrix(a),
        at_least("steps between eigenvalues", np.diff(values), 0),
        equal("QᵀQ", q.T @ q, np.eye(n), tolerance=1e-12),
    )


@failure(
    "one-triangle",
    "Given a matrix that is not symmetric, eigh decomposes another one: its lower triangle, mirrored.",
    of="rebuilt",
    without="A is symmetric",
)
def one_triangle(rng, n: Side = 5):
    a = rng.normal(size=(n, n))
    values, q = np.linalg.eigh(a)
    mirrored = np.tril(a) + np.tril(a, -1).T
    return outcome(
        rebuilt_matrix(a),
        given=[equal("QΛQᵀ against the mirrored lower triangle", q @ np.diag(values) @ q.T, mirrored, tolerance=1e-9)],
        message="No error is raised.",
    )


@derivation("maximum-steps", "The spectral theorem, by the largest quotient and induction.", assumes=("A is symmetric", "the entries are real"))
def maximum_steps(rng, n: Side = 5, repeated: bool = False):
    values = np.sort(rng.uniform(-2, 2, size=n))
    if repeated:
        values[:] = np.repeat([-1.0, 1.5], [n // 2, n - n // 2])
    a = symmetric(rng, n, values)
    x, others = rng.normal(size=n), rng.normal(size=(n, 200))
    x /= np.linalg.norm(x)
    q1 = others[:, 0]
    for _ in range(3000):  # climbing to the maximum of the quotient; the shift makes all eigenvalues positive
        q1 = a @ q1 + 3 * q1
        q1 /= np.linalg.norm(q1)
    h, eye = 1e-6, np.eye(n)
    slope = np.array([(quotient(a, (x + h * e)[:, None]) - quotient(a, (x - h * e)[:, None]))[0] / (2 * h) for e in eye])
    lam = q1 @ a @ q1
    b = np.linalg.svd(q1[None])[2][1:].T  # an orthonormal basis of what is orthogonal to q₁
    smaller = b.T @ a @ b
    mu, y = np.linalg.eigh(smaller)
    q = np.column_stack([q1, b @ y])
    z = b @ rng.normal(size=n - 1)
    slack = 1e-4
    return outcome(
        at_most("R(x)", quotient(a, others), lam, slack=slack),
        equal("∇R(x)", slope, 2 * (a @ x - (x @ a @ x) * x), tolerance=1e-6),
        equal("Aq₁", a @ q1, lam * q1, tolerance=slack),
        equal("(Ax)·q₁", [(a @ z) @ q1, z @ (a @ q1)], [z @ (a @ q1), lam * (z @ q1)], tolerance=20 * slack),
        equal("A(By)", a @ b @ y, b @ y * mu, tolerance=20 * slack),
        equal("QΛQᵀ", q @ np.diag([lam, *mu]) @ q.T, a, tolerance=20 * slack),
        message="The maximum was found by climbing, up to a slack of 1e-4.",
    )


@derivation("quotient-steps", "The quotient is a weighted mean of the eigenvalues.", assumes="A is symmetric")
def quotient_steps(rng, n: Side = 5, at_an_eigenvector: bool = False):
    a = symmetric(rng, n)
    values, q = np.linalg.eigh(a)
    c = np.eye(n)[-1] if at_an_eigenvector else rng.normal(size=n)
    x = q @ c
    mean = values @ (c**2 / np.sum(c**2))
    away, half = abs(mean - (values[0] + values[-1]) / 2), (values[-1] - values[0]) / 2
    return outcome(
        equal("xᵀx", x @ x, np.sum(c**2), relative=1e-10),
        equal("xᵀAx", x @ a @ x, np.sum(values * c**2), tolerance=1e-10),
        equal("distance of the mean from the middle", away, half, tolerance=1e-9)
        if at_an_eigenvector
        else at_most("distance of the mean from the middle", away, half, slack=1e-12),
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    a = np.array([[5.0, 2], [2, 2]])
    first, second = np.array([[4.0, 2], [2, 1]]) / 5, np.array([[1.0, -2], [-2, 4]]) / 5
    root = np.sqrt(6) * first + second
    x = rng.normal(size=2)
    basis, turn = np.linalg.qr(rng.normal(size=(5, 2)))[0], np.linalg.qr(rng.normal(size=(2, 2)))[0]
    return outcome(
        equal("the bowl", x @ a @ x, 5 * x[0] ** 2 + 4 * x[0] * x[1] + 2 * x[1] ** 2, tolerance=1e-12),
        equal("trace", np.trace(a), 7), equal("determinant", np.linalg.det(a), 6, tolerance=1e-12),
        equal("A(2, 1)", a @ [2, 1], [12, 6]), equal("A(1, −2)", a @ [1, -2], [1, -2]),
        equal("the sum", 6 * first + second, a, tolerance=1e-12),
        equal("quotients on the axes", quotient(a, np.eye(2)), [5, 2]),
        equal("quotient at (1, 1)", quotient(a, np.ones((2, 1)))[0], 5.5),
        equal("quotients at (2, 1) and (1, −2)", quotient(a, np.array([[2.0, 1], [1, -2]])), [6, 1], tolerance=1e-12),
        equal("A⁻¹", first / 6 + second, [[1 / 3, -1 / 3], [-1 / 3, 5 / 6]], tolerance=1e-12),
        equal("A · A⁻¹", a @ (first / 6 + second), np.eye(2), tolerance=1e-12),
        equal("root, squared", root @ root, a, tolerance=1e-12),
        equal("root, first entry", root[0, 0], 2.160, tolerance=5e-4), equal("root, off the diagonal", root[0, 1], 0.580, tolerance=5e-4),
        equal("root, last entry", root[1, 1], 1.290, tolerance=5e-4),
        equal("projection, for another basis", (basis @ turn) @ (basis @ turn).T, basis @ basis.T, tolerance=1e-12),
        equal("exchange of coordinates", np.linalg.eigvalsh(np.array([[0.0, 1], [1, 0]])), [-1, 1], tolerance=1e-12),
    )  # fmt: skip
