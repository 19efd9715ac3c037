"""What principal component analysis by SVD must do."""

import numpy as np

from cairn.judge import checks as c

NAMES = ("mean", "components", "variances", "shares")
tables = c.arrays(shape=(c.dim(2, 6), c.dim(1, 4)))


def fit(module, x, k):
    """The four results by name."""
    found = module.fit_pca(x, k)
    if not isinstance(found, tuple | list) or len(found) != 4:
        raise c.failed("four results", f"Return {', '.join(NAMES)} as a tuple.", args=(x, k), got=found)
    return dict(zip(NAMES, found, strict=True))


def same(learner, reference, *names):
    """These results are the reference's, for every table and number of components."""

    def holds(x, k):
        k = min(k, *x.shape)
        got, expected = fit(learner, x, k), fit(reference, x, k)
        for name in names:
            c.close(got[name], expected[name], what=name, rtol=1e-8, inputs=(x, k))

    c.property(holds, tables, c.integers(1, 4), examples=8, name=f"{names[-1]} agree with the reference")


@c.check("the components are perpendicular and carry the variance")
def directions(learner, reference, rng):
    def carry(x, k):
        """components are orthonormal rows, and scores along them are uncorrelated with falling variance"""
        k = min(k, *x.shape)
        got = fit(learner, x, k)
        rows = got["components"]
        c.shape(rows, (k, x.shape[1]), what="components")
        c.close(
            rows @ rows.T, np.eye(k), what="components @ components.T", inputs=(x, k),
            message="Rows must have length 1 and be perpendicular.",
        )  # fmt: skip
        scores = (x - x.mean(axis=0)) @ rows.T
        c.close(
            scores.T @ scores / (len(x) - 1), np.diag(fit(reference, x, k)["variances"]), inputs=(x, k),
            what="the covariance of the scores", message="The first components must carry the most variance.",
        )  # fmt: skip

    # Far from the origin and with a constant column: neither the position nor a missing spread matters.
    c.property(carry, tables, c.integers(1, 4), examples=8)
    carry(rng.normal(size=(7, 3)) * [1, 5, 0] + [20, -30, 4], 2)


@c.check("variances divide by n - 1")
def variances(learner, reference, rng):
    same(learner, reference, "mean", "variances")


@c.check("shares refer to all columns")
def shares(learner, reference, rng):
    same(learner, reference, "shares")
    small = rng.normal(size=(6, 3)) * 1e-3
    c.close(fit(learner, small, 2)["shares"], fit(reference, small, 2)["shares"], what="shares", inputs=(small, 2))
    still = np.tile([2.0, -1.0, 4.0], (4, 1))
    c.close(
        fit(learner, still, 2)["shares"], np.zeros(2), what="shares", inputs=(still, 2),
        message="Where nothing varies there is nothing to share out.",
    )  # fmt: skip


@c.check("float32 and integers give float64")
def kinds(learner, reference, rng):
    for x in (rng.normal(size=(5, 3)).astype(np.float32), rng.integers(0, 9, size=(5, 3))):
        got, expected = fit(learner, x, 2), fit(reference, x, 2)
        for name in NAMES:
            c.dtype(got[name], np.float64, what=name)
        c.close(got["variances"], expected["variances"], what="variances", inputs=(x, 2), rtol=1e-10)


@c.check("small variances keep their digits", axis="stable")
def small(learner, reference, rng):
    left = rng.normal(size=(8, 3))
    left = np.linalg.qr(left - left.mean(axis=0))[0]  # orthonormal columns that sum to zero
    right = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    sizes = np.array([1.0, 1e-5, 1e-10])
    x = left * sizes @ right.T
    got = fit(learner, x, 3)
    c.close(
        got["variances"], sizes**2 / 7, what="variances", rtol=1e-3, atol=0, inputs=(x, 3),
        message="Squared data lose directions below 1e-8 of the largest: decompose the centred table itself.",
    )  # fmt: skip


@c.check("new data are measured from the training mean")
def projection(learner, reference, rng):
    n, d = c.dim(1, 4), c.dim(1, 3)
    c.same_as_reference(
        learner.project, reference.project, c.arrays(shape=(n, d)), c.arrays(shape=(d,)),
        c.arrays(shape=(c.dim(1, 2), d)), examples=12,
    )  # fmt: skip


@c.check("the data are left as they were")
def untouched(learner, reference, rng):
    x = rng.normal(size=(5, 3))
    c.no_mutation(learner.fit_pca, x, 2)
    c.no_mutation(learner.project, x, x[0], np.eye(3)[:2])
