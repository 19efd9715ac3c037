"""Checks of the page on low-rank approximation."""

from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Side = Annotated[int, Range(3, 15)]
Rank = Annotated[int, Range(1, 6)]


def truncated(a, k):
    """The first k terms of the SVD."""
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    return u[:, :k] * s[:k] @ vt[:k]


def spectral(a):
    return np.linalg.norm(a, 2)


def frobenius(a):
    return np.linalg.norm(a)


def no_rival_is_closer(rivals, best, error):
    """What the theorem says of an error: that of the truncation is the least."""
    return at_least("least error of a rival", min(error(b) for b in rivals), error(best), slack=1e-9)


def rivals_of(rng, a, k):
    """Matrices of rank k: random ones, the truncation disturbed, and projections on k columns of A itself."""
    m, n = a.shape
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    found = [rng.normal(size=(m, k)) @ rng.normal(size=(k, n)) for _ in range(10)]
    for size in (0.3, 0.01):
        for _ in range(10):
            left = u[:, :k] * s[:k] + size * s[0] * rng.normal(size=(m, k))
            found.append(left @ (vt[:k] + size * rng.normal(size=(k, n))))
    for _ in range(10):
        q = np.linalg.qr(a[:, rng.choice(n, size=k, replace=False)])[0]
        found.append(q @ q.T @ a)
    return found


@claim(
    "eckart-young",
    "No matrix of rank k is closer than the truncation: σₖ₊₁ in the spectral norm, the root of Σσᵢ² over i > k in the Frobenius norm.",
    assumes=("B has rank at most k", "all entries count alike", "the error is the spectral or the Frobenius norm"),
)
def eckart_young(rng, m: Side = 8, n: Side = 6, k: Rank = 2):
    k = min(k, m, n)
    a = rng.normal(size=(m, n))
    s = np.append(np.linalg.svd(a, compute_uv=False), 0)
    best, rivals = truncated(a, k), rivals_of(rng, a, k)
    return outcome(
        no_rival_is_closer(rivals, best, lambda b: frobenius(a - b)),
        at_least("the same, in the spectral norm", min(spectral(a - b) for b in rivals), s[k], slack=1e-9),
        equal("spectral error of the truncation", spectral(a - best), s[k], tolerance=1e-9),
        equal("its Frobenius error", frobenius(a - best), np.sqrt(np.sum(s[k:] ** 2)), tolerance=1e-9),
        equal("its rank", np.linalg.matrix_rank(best, tol=1e-9), k),
        given=[at_most("rank of a rival", max(np.linalg.matrix_rank(b, tol=1e-9) for b in rivals), k)],
        message=f"{len(rivals)} rivals of rank {k}, near the truncation and far from it.",
    )


@failure(
    "missing-entries",
    "With holes filled by zeros the truncation is far from the best table of its rank.",
    of="eckart-young",
    without="all entries count alike",
)
def missing_entries(rng, m: Side = 10, n: Side = 8, seen: Annotated[float, Range(0.3, 0.95)] = 0.7):
    truth = np.outer(rng.uniform(1, 2, size=m), rng.uniform(1, 2, size=n))
    known = rng.random((m, n)) < seen
    known[0, 0], known[1, 1] = True, False
    filled = np.where(known, truth, 0)
    best = truncated(filled, 1)
    return outcome(
        no_rival_is_closer([truth], best, lambda b: frobenius(np.where(known, truth - b, 0))),
        figure("its error on the known entries", frobenius(np.where(known, truth - best, 0))),
        given=[
            equal("rank of the rival", np.linalg.matrix_rank(truth), 1),
            at_least("error of the rival, zeros counted", frobenius(filled - truth), frobenius(filled - best)),
        ],
        message=f"{known.mean():.0%} of the entries are known. A table of rank one fits them exactly, and the SVD does not find it.",
    )


def kept(s, k):
    """The share of the squares that k terms keep."""
    return np.sum(s[:k] ** 2) / np.sum(s**2)


def promised(k, ratio):
    """The share that k terms keep at least, if singular values fall by this ratio or faster."""
    return 1 - ratio ** (2 * k)


def few_are_enough(s, k, ratio):
    return at_least("share kept", kept(s, k), promised(k, ratio), slack=1e-12)


@claim(
    "few-suffice",
    "If each singular value is at most ρ times the one before, k terms keep a share of at least 1 − ρ²ᵏ.",
    assumes=("each singular value is at most ρ times the one before",),
)
def few_suffice(rng, n: Annotated[int, Range(6, 200)] = 100, k: Rank = 5, ratio: Annotated[float, Range(0.1, 0.9)] = 0.7):
    exact = ratio ** np.arange(float(n))
    quicker = np.cumprod(np.append(1.0, rng.uniform(0.3, 1.0, size=n - 1) * ratio))
    return outcome(
        few_are_enough(exact, k, ratio),
        at_least("share kept, with a quicker fall", kept(quicker, k), promised(k, ratio), slack=1e-12),
        equal("share kept, in the exact case", kept(exact, k), promised(k, ratio) / promised(n, ratio), tolerance=1e-12),
    )


@failure(
    "noise",
    "The singular values of noise fall slowly, and a few terms keep little.",
    of="few-suffice",
    without="each singular value is at most ρ times the one before",
)
def noise(rng, n: Annotated[int, Range(20, 150)] = 100, k: Rank = 5, ratio: Annotated[float, Range(0.1, 0.8)] = 0.7):
    s = np.linalg.svd(rng.normal(size=(n, n)), compute_uv=False)
    return outcome(
        few_are_enough(s, k, ratio),
        figure("share of the terms", k / n),
        given=[at_most("steps between singular values", np.diff(s), 0)],
        message=f"{k} of {n} terms keep {kept(s, k):.0%}. Even so, no other matrix of that rank keeps more.",
        plot=Plot(
            "i", "σᵢ / σ₁",
            (Points("noise", np.arange(1, n + 1), s / s[0]), Line("geometric", np.arange(1, 21), ratio ** np.arange(20.0))),
            "The singular values of noise fall nearly along a straight line to zero; the geometric ones drop at once.",
        ),
    )  # fmt: skip


def output_error(a, b, moments):
    """The mean of ‖(A − B)x‖² over inputs x with these second moments, the mean of xxᵀ."""
    return np.trace((a - b) @ moments @ (a - b).T)


def for_inputs(a, k, moments):
    """The best matrix of rank k for inputs with these second moments: truncate AM^½, then undo M^½."""
    values, q = np.linalg.eigh(moments)
    root, back = q * np.sqrt(values) @ q.T, q / np.sqrt(values) @ q.T
    return truncated(a @ root, k) @ back


@claim(
    "isotropic-inputs",
    "The mean squared error of the output is ‖A − B‖² in the Frobenius norm, and least for the truncation.",
    assumes=("B has rank at most k", "the mean of xxᵀ over the inputs is I"),
)
def isotropic_inputs(rng, m: Side = 8, n: Side = 6, k: Rank = 2):
    k = min(k, m, n)
    a = rng.normal(size=(m, n))
    best, x = truncated(a, k), np.linalg.qr(rng.normal(size=(n, n)))[0] * np.sqrt(n)  # n inputs whose second moments are I
    return outcome(
        no_rival_is_closer(rivals_of(rng, a, k), best, lambda b: output_error(a, b, np.eye(n))),
        equal("mean over inputs", np.mean(np.sum(((a - best) @ x) ** 2, axis=0)), frobenius(a - best) ** 2, tolerance=1e-9),
        at_most("‖(A − Aₖ)x‖ / ‖x‖, at the worst input", np.linalg.norm((a - best) @ x, axis=0).max() / np.sqrt(n), spectral(a - best)),
    )


@failure(
    "skewed-inputs",
    "If inputs prefer some directions another matrix of the same rank has a smaller error of the output.",
    of="isotropic-inputs",
    without="the mean of xxᵀ over the inputs is I",
)
def skewed_inputs(rng, m: Side = 8, n: Side = 6, stretch: Annotated[float, Range(2.0, 100.0)] = 10.0):
    k = 2
    u, v = np.linalg.qr(rng.normal(size=(m, m)))[0], np.linalg.qr(rng.normal(size=(n, n)))[0]
    sizes = np.linspace(2, 1, min(m, n))
    a = u[:, : len(sizes)] * sizes @ v[:, : len(sizes)].T
    moments = np.eye(n) + (stretch**2 - 1) * np.outer(v[:, k], v[:, k])  # along the first direction that is dropped
    best, rival = truncated(a, k), for_inputs(a, k, moments)
    return outcome(
        no_rival_is_closer([rival], best, lambda b: output_error(a, b, moments)),
        figure("error of the truncation, against the rival's", output_error(a, best, moments) / output_error(a, rival, moments) if len(sizes) > k else 1),
        given=[equal("rank of the rival", np.linalg.matrix_rank(rival, tol=1e-9), k), at_least("its Frobenius error", frobenius(a - rival), frobenius(a - best))],
        message=f"Inputs are {stretch:g} times as large along v₃, the first direction that two terms leave out.",
    )  # fmt: skip


@claim(
    "noise-level",
    "Independent Gaussian entries of standard deviation s have no singular value much above s(√m + √n).",
    assumes=("independent entries", "a common standard deviation"),
)
def noise_level(rng, m: Annotated[int, Range(50, 200)] = 150, n: Annotated[int, Range(50, 200)] = 100, s: Annotated[float, Range(0.1, 3.0)] = 0.5):
    largest = spectral(s * rng.normal(size=(m, n)))
    level = s * (np.sqrt(m) + np.sqrt(n))
    return outcome(  # Gordon's bound on the mean; the norm is 1-Lipschitz in the entries, so 6s is beyond six standard errors
        at_most("largest singular value", largest, level + 6 * s),
        at_least("the same, from below", largest, 0.85 * level),
    )


def not_less(name, value, bound, tight):
    """A bound from below that is reached in the tight case."""
    return equal(name, value, bound, tolerance=1e-9) if tight else at_least(name, value, bound, slack=1e-9)


def shared_direction(b, v, k):
    """A unit vector in the null space of B and in the span of the first k + 1 columns of v."""
    inside = np.linalg.svd(b @ v[:, : k + 1])[2][-1]
    return v[:, : k + 1] @ inside


@derivation("spectral-steps", "The Eckart–Young theorem in the spectral norm.", assumes=("B has rank at most k", "k is less than the rank of A"))
def spectral_steps(rng, m: Side = 8, n: Side = 6, k: Annotated[int, Range(1, 2)] = 2, best: bool = False):
    a = rng.normal(size=(m, n))
    b = truncated(a, k) if best else rng.normal(size=(m, k)) @ rng.normal(size=(k, n))
    _, s, vt = np.linalg.svd(a)
    z = shared_direction(b, vt.T, k)
    parts = (vt[: k + 1] @ z) ** 2
    return outcome(
        equal("dimension of the null space of B", n - np.linalg.matrix_rank(b, tol=1e-9), n - k),
        equal("‖z‖, ‖Bz‖ and what z has outside the span", [np.linalg.norm(z), np.linalg.norm(b @ z), np.sum((vt[k + 1 :] @ z) ** 2)],
              [1, 0, 0], tolerance=1e-9),
        not_less("‖A − B‖²", spectral(a - b) ** 2, np.sum((a @ z) ** 2), best),
        equal("‖Az‖²", np.sum((a @ z) ** 2), s[: k + 1] ** 2 @ parts, tolerance=1e-9),
        not_less("Σ σᵢ²(vᵢ·z)²", s[: k + 1] ** 2 @ parts, s[k] ** 2, best),
        equal("‖A − Aₖ‖", spectral(a - truncated(a, k)), s[k], tolerance=1e-9),
    )  # fmt: skip


@derivation("frobenius-steps", "The Frobenius norm, from the spectral one.", assumes="B has rank at most k")
def frobenius_steps(rng, m: Side = 8, n: Side = 6, k: Annotated[int, Range(1, 2)] = 2, best: bool = False):
    a = rng.normal(size=(m, n))
    b = truncated(a, k) if best else rng.normal(size=(m, k)) @ rng.normal(size=(k, n))
    s, d = np.linalg.svd(a, compute_uv=False), np.linalg.svd(a - b, compute_uv=False)
    count = min(m, n) - k
    left = np.array([spectral(a - b - truncated(a - b, i)) for i in range(count)])
    return outcome(
        not_less("‖A − (B + C)‖", left, s[k:], best),
        equal("σᵢ(A − B), which is not less", d[:count], left, tolerance=1e-9),
        not_less("‖A − B‖²", frobenius(a - b) ** 2, np.sum(s[k:] ** 2), best),
        given=[equal("‖A − B‖² against the sum of squares", frobenius(a - b) ** 2, np.sum(d**2), tolerance=1e-9)],
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    a = np.array([[12.0, 3, 6], [8, 5, 10], [6, 12, 0], [6, 12, 0]])
    s = np.linalg.svd(a, compute_uv=False)
    v = np.array([[2.0, 2, 1], [1, -2, 2], [2, -1, -2]]) / 3
    one, two = truncated(a, 1), truncated(a, 2)
    return outcome(
        equal("singular values", s, [24, 12, 3 * np.sqrt(2)], tolerance=1e-9),
        equal("third singular value", s[2], 4.243, tolerance=5e-4),
        equal("Avᵢ, in length", np.linalg.norm(a @ v.T, axis=0), s, tolerance=1e-9),
        equal("vᵢ · vⱼ", v @ v.T, np.eye(3), tolerance=1e-12),
        equal("A₁", one, np.tile([8, 8, 4], (4, 1)), tolerance=1e-9),
        equal("A₂", two, [[10, 4, 8], [10, 4, 8], [6, 12, 0], [6, 12, 0]], tolerance=1e-9),
        equal("spectral error of one term", spectral(a - one), 12, tolerance=1e-9),
        equal("Frobenius error of one term", frobenius(a - one), 12.73, tolerance=5e-3),
        equal("spectral error of two", spectral(a - two), 3 * np.sqrt(2), tolerance=1e-9),
        equal("Frobenius error of two", frobenius(a - two), 3 * np.sqrt(2), tolerance=1e-9),
        equal("sum of squares", np.sum(a**2), 738), equal("share of one term", kept(s, 1), 576 / 738, tolerance=1e-9),
        equal("share of two terms", kept(s, 2), 720 / 738, tolerance=1e-9),
        equal("numbers for twenty tastes", 20 * (10_000 + 5_000), 300_000),
        equal("times smaller", 10_000 * 5_000 / 300_000, 167, tolerance=0.5),
        equal("rank of the identity", np.linalg.matrix_rank(np.eye(5)), 5),
    )  # fmt: skip
