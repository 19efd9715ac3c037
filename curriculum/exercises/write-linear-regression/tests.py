"""What least squares with an intercept must do."""

import numpy as np

from cairn.judge import checks as c

FORBIDDEN = ("numpy.linalg.lstsq", "numpy.linalg.pinv", "numpy.polyfit", "numpy.polynomial.*", "scipy.*")
n, p, r = c.dim(1, 7), c.dim(1, 4), c.dim(1, 2)


@c.check("the fit has the smallest squared residuals")
def best(learner, reference, rng):
    def normal(x, y):
        """the residuals sum to zero and are orthogonal to every column"""
        w, b = learner.fit(x, y)
        c.shape(w, (x.shape[1],), what="w")
        rest = y - x @ np.asarray(w) - b
        scale = 1 + np.abs(x).max() * np.abs(y).max() * len(y)
        c.close(
            np.append(x.T @ rest, rest.sum()), np.zeros(x.shape[1] + 1), atol=1e-8 * scale, inputs=(x, y),
            what="(x.T @ residuals, sum of residuals)",
            message="At the best fit the residuals sum to zero and are orthogonal to every column.",
        )  # fmt: skip

    c.property(normal, c.arrays(shape=(n, p)), c.arrays(shape=(n,)), examples=16)


@c.check("a line is found again")
def line(learner, reference, rng):
    x = rng.normal(size=(30, 3)) + [5.0, 0.0, -2.0]
    w, b = np.array([2.0, -1.0, 0.5]), 7.0
    c.close(learner.fit(x, x @ w + b), (w, b), rtol=1e-8, atol=1e-8, inputs=(x, x @ w + b))


@c.check("of many best fits the shortest weights are chosen")
def shortest(learner, reference, rng):
    def dependent(a, b, y):
        """with dependent columns, or few rows, the weights have no part in a direction without spread"""
        x = a @ b
        c.close(
            learner.fit(x, y), reference.fit(x, y), rtol=1e-6, atol=1e-7, inputs=(x, y),
            message="Where columns depend on each other, leave out the directions in which the data do not spread.",
        )  # fmt: skip

    # Small whole numbers: a direction either has a clear spread or none.
    factors = (c.arrays(shape=s, integers=True, low=-3, high=3, dtype=np.float32) for s in ((n, r), (r, p)))
    c.property(
        lambda a, b, y: dependent(a.astype(float), b.astype(float), y), *factors, c.arrays(shape=(n,)), examples=12,
        name="the weights have no part in a direction without spread",
    )  # fmt: skip
    tall = rng.normal(size=(60, 2)) @ rng.normal(size=(2, 5)) + 1
    dependent(tall, np.eye(5), rng.normal(size=60))
    few, still = rng.normal(size=(3, 6)), np.ones((4, 2))
    dependent(few, np.eye(6), rng.normal(size=3))
    dependent(still, np.eye(2), rng.normal(size=4))


@c.check("nearly dependent columns keep their weights", axis="stable")
def collinear(learner, reference, rng):
    x = rng.normal(size=(20, 3))
    x[:, 2] = x[:, 1] + 1e-6 * rng.normal(size=20)
    x -= x.mean(axis=0)
    w = np.array([1.0, 2.0, -1.0])
    c.close(
        learner.fit(x, x @ w)[0], w, rtol=0, atol=1e-6, what="w", inputs=(x, x @ w),
        message="The condition number is about 1e6; its square in the normal equations costs six more digits.",
    )  # fmt: skip


@c.check("units do not matter", axis="stable")
def units(learner, reference, rng):
    x, y = rng.normal(size=(12, 2)) + 3, rng.normal(size=12)
    w, b = reference.fit(x, y)
    for size in (1e-12, 1e12, 1e-100, 1e100):
        c.close(
            learner.fit(x * size, y), (w / size, b), rtol=1e-6, atol=1e-6 * np.abs(w / size).max(),
            inputs=(x * size, y),
            message="The same data in another unit: judge a singular value by the largest one, not by a fixed number.",
        )  # fmt: skip


@c.check("predict adds weighted columns and intercept")
def predictions(learner, reference, rng):
    c.same_as_reference(
        learner.predict, reference.predict, c.arrays(shape=(n, p)), c.arrays(shape=(p,)), c.floats(-5, 5), examples=10
    )


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    x, y = rng.normal(size=(5, 2)), rng.normal(size=5)
    c.no_mutation(learner.fit, x, y)
    c.no_mutation(learner.predict, x, np.array([1.0, 2.0]), 3.0)


@c.check("no ready-made least squares is called", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(learner.fit, rng.normal(size=(5, 2)), rng.normal(size=5), forbid=FORBIDDEN)
