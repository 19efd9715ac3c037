"""Checks of the page on the singular value decomposition. Matrices are built from factors that are known."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Side = Annotated[int, Range(2, 12)]
EPS = np.finfo(float).eps


def orthonormal(rng, rows, columns):
    """Random orthonormal columns."""
    return np.linalg.qr(rng.normal(size=(rows, columns)))[0]


def built(rng, m, n, sizes):
    """A matrix with these singular values, and its singular vectors."""
    u, v = orthonormal(rng, m, len(sizes)), orthonormal(rng, n, len(sizes))
    return u @ np.diag(sizes) @ v.T, u, v


def decreasing(rng, count, ratio=0.7):
    """Singular values with a clear gap after each."""
    return 3 * ratio ** np.arange(count) * rng.uniform(0.9, 1.0, size=count)


def leading_terms(a, k, rng):
    terms, rest = [], a.copy()
    for _ in range(k):
        v = rng.normal(size=a.shape[1])
        for _ in range(200):                   # power iteration on restᵀ rest, which is never formed
            v = rest.T @ (rest @ v)
            v /= np.linalg.norm(v)
        sigma = np.linalg.norm(rest @ v)
        u = rest @ v / sigma
        terms.append((sigma, u, v))
        rest = rest - sigma * np.outer(u, v)   # deflation: take the term away
    return terms


@claim(
    "stretch",
    "For every unit x, ‖Ax‖ lies between σₙ and σ₁ (where n ≤ m), and both are reached; the squared entries sum to Σσᵢ².",
    assumes=("n ≤ m", "lengths are Euclidean"),
)
def stretch(rng, n: Side = 2, extra: Annotated[int, Range(0, 6)] = 1):
    sizes = decreasing(rng, n)
    a, _, v = built(rng, n + extra, n, sizes)
    x = rng.normal(size=(n, 200))
    x /= np.linalg.norm(x, axis=0)
    lengths = np.linalg.norm(a @ x, axis=0)
    angles = np.linspace(0, np.pi, 181)
    turned = np.linalg.norm(a @ (np.outer(v[:, 0], np.cos(angles)) + np.outer(v[:, -1], np.sin(angles))), axis=0)
    return outcome(
        at_most("‖Ax‖ over random x", lengths, sizes[0], slack=1e-12),
        at_least("the same, from below", lengths, sizes[-1], slack=1e-12),
        equal("‖Av₁‖", np.linalg.norm(a @ v[:, 0]), sizes[0], tolerance=1e-12),
        equal("‖Avₙ‖", np.linalg.norm(a @ v[:, -1]), sizes[-1], tolerance=1e-12),
        equal("sum of all squared entries", np.sum(a**2), np.sum(sizes**2), relative=1e-12),
        equal("what the library finds", np.linalg.svd(a, compute_uv=False), sizes, tolerance=1e-12),
        plot=Plot(
            "angle between x and v₁, towards vₙ (degrees)", "‖Ax‖",
            (Line("‖Ax‖", np.degrees(angles), turned),
             Points("singular values", [0, 90, 180], [sizes[0], sizes[-1], sizes[0]])),
            "As x turns from the first to the last right singular vector its image shrinks from the largest to the smallest value.",
        ),
    )  # fmt: skip


@claim(
    "spaces",
    "The rank is the number of positive σᵢ; the first r left vectors span the column space, the right vectors after r the null space.",
    assumes=("exact rank r",),
)
def spaces(rng, m: Side = 5, n: Side = 4, r: Annotated[int, Range(1, 6)] = 2):
    r = min(r, m, n)
    a = rng.normal(size=(m, r)) @ rng.normal(size=(r, n))
    u, s, vt = np.linalg.svd(a)
    kept = u[:, :r]
    return outcome(
        equal("positive singular values", np.sum(s > max(m, n) * EPS * s[0]), r),
        equal("columns of A, projected on u₁ … uᵣ", kept @ kept.T @ a, a, tolerance=1e-10),
        equal("A on the other right vectors", a @ vt[r:].T, np.zeros((m, n - r)), tolerance=1e-10),
        equal("Aᵀ on the other left vectors", a.T @ u[:, r:], np.zeros((n, m - r)), tolerance=1e-10),
        message=f"A {m} × {n} matrix of rank {r}: the null space has dimension {n - r}.",
    )


def pseudo_inverse(u, sizes, v):
    """A⁺ from the positive singular values and their vectors."""
    return v @ np.diag(1 / sizes) @ u.T


@claim(
    "pseudo-inverse",
    "A⁺b makes ‖Ax − b‖ least, and no other minimiser is as short.",
    assumes=("the sum runs over the positive singular values only",),
)
def pseudo_inverse_solves(rng, m: Side = 5, n: Side = 4, r: Annotated[int, Range(1, 6)] = 2):
    r = min(r, m, n)
    a, u, v = built(rng, m, n, decreasing(rng, r))
    b = rng.normal(size=m)
    plus = pseudo_inverse(u, decreasing_of(a, r), v)
    x = plus @ b
    others = x[:, None] + null_part(v, rng.normal(size=(n, 50)))
    moved = x[:, None] + 0.1 * rng.normal(size=(n, 50))
    return outcome(
        equal("Aᵀ(Ax − b)", a.T @ (a @ x - b), np.zeros(n), tolerance=1e-10),
        at_least("residual elsewhere", np.linalg.norm(a @ moved - b[:, None], axis=0), np.linalg.norm(a @ x - b), slack=1e-12),
        equal("residual of the other minimisers", np.linalg.norm(a @ others - b[:, None], axis=0),
              np.full(50, np.linalg.norm(a @ x - b)), tolerance=1e-9),
        at_least("their length", np.linalg.norm(others, axis=0), np.linalg.norm(x), slack=1e-12),
        equal("the library's", np.linalg.pinv(a, rcond=1e-10), plus, tolerance=1e-9),
    )  # fmt: skip


def decreasing_of(a, r):
    """The first r singular values."""
    return np.linalg.svd(a, compute_uv=False)[:r]


def null_part(v, z):
    """The part of each column of z that is orthogonal to the columns of v."""
    return z - v @ (v.T @ z)


def beside_eigenvalues(a):
    """Singular values against sizes of eigenvalues, both in decreasing order: what `symmetric-case` claims."""
    sizes = np.sort(np.abs(np.linalg.eigvals(a)))[::-1]
    return equal("|λᵢ| against σᵢ", sizes, np.linalg.svd(a, compute_uv=False), tolerance=1e-6)


@claim(
    "symmetric-case",
    "For a symmetric matrix the singular values are the absolute eigenvalues.",
    assumes=("A is square", "A is symmetric"),
)
def symmetric_case(rng, n: Side = 4):
    q = orthonormal(rng, n, n)
    values = rng.uniform(0.5, 1.5, size=n) * rng.choice([-1, 1], size=n)
    a = q @ np.diag(values) @ q.T
    found = np.linalg.svd(a, compute_uv=False)
    return outcome(beside_eigenvalues(a), equal("σ₁", found[0], np.abs(values).max(), tolerance=1e-9))


@derivation("existence-steps", "Every real matrix has a singular value decomposition.", assumes="the spectral theorem")
def existence_steps(rng, m: Side = 4, n: Side = 5, r: Annotated[int, Range(1, 6)] = 3):
    r = min(r, m, n)
    a = built(rng, m, n, decreasing(rng, r))[0]
    x = rng.normal(size=n)
    values, v = np.linalg.eigh(a.T @ a)
    values, v = np.maximum(values[::-1], 0), v[:, ::-1]
    sigma = np.sqrt(values)
    images = a @ v
    u = images[:, :r] / sigma[:r]
    rest = null_part(u, np.eye(m))
    whole = np.hstack([u, np.linalg.svd(rest)[0][:, : m - r]])
    big = np.zeros((m, n))
    big[np.arange(r), np.arange(r)] = sigma[:r]
    return outcome(
        equal("xᵀAᵀAx", x @ a.T @ a @ x, np.linalg.norm(a @ x) ** 2, relative=1e-10),
        equal("AᵀAv", a.T @ a @ v, v * sigma**2, tolerance=1e-10),
        equal("(Avᵢ)·(Avⱼ)", images.T @ images, np.diag(sigma**2), tolerance=1e-10),
        equal("uᵢ·uⱼ", u.T @ u, np.eye(r), tolerance=1e-8),
        equal("Avᵢ beyond the rank", images[:, r:], np.zeros((m, n - r)), tolerance=1e-6),
        equal("UΣVᵀ", whole @ big @ v.T, a, tolerance=1e-6),
        given=[equal("AAᵀu", a @ a.T @ u, u * sigma[:r] ** 2, tolerance=1e-8)],
        message=f"A {m} × {n} matrix of rank {r}.",
    )


@claim(
    "deflation",
    "Power iteration with deflation finds the leading terms one after the other.",
    assumes=("each singular value that is found exceeds the next one", "no start is orthogonal to the vector sought"),
)
def deflation(rng, m: Side = 6, n: Side = 5, k: Annotated[int, Range(1, 3)] = 3):
    sizes = decreasing(rng, min(m, n))
    a, u, v = built(rng, m, n, sizes)
    k = min(k, len(sizes))
    terms = leading_terms(a, k, rng)
    made = sum(s * np.outer(left, right) for s, left, right in terms)
    return outcome(
        equal("singular values", [s for s, _, _ in terms], sizes[:k], tolerance=1e-8),
        equal("sum of the terms", made, u[:, :k] @ np.diag(sizes[:k]) @ v[:, :k].T, tolerance=1e-6),
    )


def absolute_errors(found, sizes):
    """What a backward stable routine promises: every value is off by a small multiple of ε·σ₁."""
    return at_most("error / (ε σ₁)", np.abs(found - sizes) / (EPS * sizes[0]), 100)


@claim(
    "small-values-survive",
    "A library routine finds each singular value up to a modest multiple of ε·σ₁.",
    assumes=("double precision", "the routine works on A itself"),
)
def small_values_survive(rng, n: Annotated[int, Range(2, 10)] = 6, digits: Annotated[int, Range(4, 12)] = 10):
    sizes = np.logspace(0, -digits, n)
    found = np.linalg.svd(built(rng, n + 2, n, sizes)[0], compute_uv=False)
    return outcome(absolute_errors(found, sizes), figure("relative error of the smallest", found[-1] / sizes[-1] - 1))


@failure(
    "through-the-gram-matrix",
    "Squaring first loses the small singular values.",
    of="small-values-survive",
    without="the routine works on A itself",
)
def through_the_gram_matrix(rng, n: Annotated[int, Range(2, 10)] = 6, digits: Annotated[int, Range(4, 12)] = 10):
    sizes = np.logspace(0, -digits, n)
    a = built(rng, n + 2, n, sizes)[0]
    found = np.sqrt(np.maximum(np.linalg.eigvalsh(a.T @ a)[::-1], 0))
    direct = np.linalg.svd(a, compute_uv=False)
    return outcome(
        absolute_errors(found, sizes),
        figure("smallest, through AᵀA", found[-1]), figure("smallest, from A", direct[-1]),
        given=[at_most("the same error, from A itself", np.abs(direct - sizes) / (EPS * sizes[0]), 100)],
        message=f"The smallest singular value is 1e-{digits}. Through AᵀA everything below about 1e-8 is rounding.",
        plot=Plot(
            "i", "singular value",
            (Points("true", np.arange(1, n + 1), sizes), Points("through AᵀA", np.arange(1, n + 1), np.maximum(found, 1e-13))),
            "The values found through the Gram matrix follow the true ones down to about 1e-8 and then scatter.",
            log_y=True,
        ),
    )  # fmt: skip


def turn_of_first(rng, sizes, size, towards):
    """The sine of the angle by which v₁ turns when a matrix is changed by `size` in the spectral norm, and that change's effect."""
    a, u, v = built(rng, 6, len(sizes), sizes)
    change = rng.normal(size=a.shape)
    if towards == "towards v₂":
        change = np.outer(u[:, 0], v[:, 1]) + np.outer(u[:, 1], v[:, 0])
    change *= size / np.linalg.norm(change, 2)
    new = np.linalg.svd(a + change)
    sine = np.linalg.norm(null_part(v[:, :1], new[2][0]))
    return sine, np.abs(new[1] - sizes).max()


def turn_bound(size, gap):
    """The bound of the page on the sine of the angle."""
    return size / (gap - size)


@claim(
    "vectors-turn-little",
    "A change E moves each σᵢ by at most ‖E‖ and turns v₁ by an angle with sin θ ≤ ‖E‖/(σ₁ − σ₂ − ‖E‖).",
    assumes=("σ₁ exceeds σ₂ by 0.1 or more", "‖E‖ is less than that gap"),
)
def vectors_turn_little(
    rng, gap: Annotated[float, Range(0.1, 1.0)] = 0.1, size: Annotated[float, Range(1e-8, 1e-2)] = 1e-6,
    change: Literal["random", "towards v₂"] = "random",
):  # fmt: skip
    sine, moved = turn_of_first(rng, np.array([1 + gap, 1, 0.5, 0.2]), size, change)
    return outcome(
        at_most("sin θ", sine, turn_bound(size, gap), slack=1e-13),
        at_least("the same, from below", sine, 0.9 * size / gap if change == "towards v₂" else 0),
        at_most("change of a singular value", moved, size, slack=1e-13),
        message=f"The bound is reached, to first order, by a change that mixes the first two directions; this one is {change}.",
    )


@failure(
    "tie",
    "At a tie a change of a millionth turns the singular vectors by any angle, while the values hardly move.",
    of="vectors-turn-little",
    without="σ₁ exceeds σ₂ by 0.1 or more",
)
def tie(rng, gap: Annotated[float, Range(0.0, 1e-7)] = 0.0, size: Annotated[float, Range(1e-6, 1e-2)] = 1e-6):
    sine, moved = turn_of_first(rng, np.array([1 + gap, 1, 0.5, 0.2]), size, "towards v₂")
    return outcome(
        at_most("sin θ", sine, turn_bound(size, 0.1)),
        given=[at_most("‖E‖", size, 0.1), at_most("change of a singular value", moved, size, slack=1e-13)],
        message=f"The angle is {np.degrees(np.arcsin(min(sine, 1))):.0f} degrees, after a change of {size:g}.",
    )


@failure(
    "eigenvalues-mislead",
    "Without symmetry eigenvalues say nothing about the largest stretch.",
    of="symmetric-case",
    without="A is symmetric",
)
def eigenvalues_mislead(rng, shear: Annotated[float, Range(0.1, 1000)] = 100.0):
    a = np.array([[1, shear], [0, 1]])
    sizes = np.linalg.svd(a, compute_uv=False)
    return outcome(
        beside_eigenvalues(a),
        figure("largest stretch", sizes[0]), figure("smallest stretch", sizes[1]),
        given=[equal("size of A", len(a), a.shape[1]), equal("product of the singular values", sizes.prod(), 1, tolerance=1e-6)],
        message=f"Both eigenvalues are 1; the largest stretch is {sizes[0]:.2f}. Only the product of the sizes agrees: |det A|.",
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    a = np.array([[1.0, 2], [2, 1], [2, 2]])
    u, s, vt = np.linalg.svd(a)
    v1, v2 = np.array([1.0, 1]) / np.sqrt(2), np.array([1.0, -1]) / np.sqrt(2)
    u1, u2, u3 = np.array([3.0, 3, 4]) / np.sqrt(34), np.array([-1.0, 1, 0]) / np.sqrt(2), np.array([2.0, 2, -3]) / np.sqrt(17)
    x = np.linalg.pinv(a) @ [1, 0, 0]
    flat = np.linalg.svd(np.array([[3.0, 0], [4, 0]]))
    return outcome(
        equal("AᵀA", a.T @ a, [[9, 8], [8, 9]]),
        equal("eigenvalues of AᵀA", np.linalg.eigvalsh(a.T @ a), [1, 17], tolerance=1e-12),
        equal("first singular value", s[0], 4.123, tolerance=5e-4),
        equal("second singular value", s[1], 1, tolerance=1e-12),
        equal("v₁, v₂ up to sign", np.abs(vt @ np.array([v1, v2]).T), np.eye(2), tolerance=1e-12),
        equal("Av₁/σ₁", a @ v1 / np.sqrt(17), u1, tolerance=1e-12), equal("Av₂/σ₂", a @ v2, u2, tolerance=1e-12),
        equal("u₁, u₂, u₃ up to sign", np.abs(u.T @ np.array([u1, u2, u3]).T), np.eye(3), tolerance=1e-12),
        equal("first term", np.sqrt(17) * np.outer(u1, v1), [[1.5, 1.5], [1.5, 1.5], [2, 2]], tolerance=1e-12),
        equal("A⁺b", x, [-7 / 17, 10 / 17], tolerance=1e-12),
        equal("first component", x[0], -0.412, tolerance=5e-4), equal("second component", x[1], 0.588, tolerance=5e-4),
        equal("squares of all entries", np.sum(a**2), 18),
        equal("flattened: singular values", flat[1], [5, 0], tolerance=1e-12),
        equal("flattened: u₁, up to sign", np.abs(flat[0][:, 0]), [0.6, 0.8], tolerance=1e-12),
        equal("gigabytes of the full U", 100_000**2 * 8 / 1e9, 80), equal("megabytes of the thin U", 100_000 * 50 * 8 / 1e6, 40),
        equal("many small entries", np.linalg.norm(np.full((100, 100), 0.1), 2), 10, tolerance=1e-9),
    )  # fmt: skip
