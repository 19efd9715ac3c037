"""What power iteration must do."""

import numpy as np

from cairn.judge import checks as c

FORBIDDEN = ("numpy.linalg.eig*", "numpy.linalg.svd*", "numpy.linalg.matrix_power", "numpy.linalg.qr", "scipy.*")


def symmetric(rng, values):
    """A symmetric matrix with these eigenvalues, in directions drawn by chance."""
    q = np.linalg.qr(rng.normal(size=(len(values), len(values))))[0]
    return q * np.asarray(values) @ q.T


def compare(learner, reference, *args, rtol=1e-8):
    """Value, vector up to sign, and flag are the reference's."""
    value, vector, converged = learner.power_iteration(*args)
    wanted, direction, arrived = reference.power_iteration(*args)
    c.close(value, wanted, what="the eigenvalue", rtol=rtol, atol=rtol * abs(wanted), inputs=args)
    sign = 1.0 if np.dot(vector, direction) >= 0 else -1.0
    c.close(sign * np.asarray(vector), direction, what="the vector (up to sign)", rtol=1e-6, atol=1e-7, inputs=args)
    if bool(converged) != arrived:
        text = f"converged is {converged}, where the residual test says {arrived}."
        raise c.failed("converged tells whether the test was met", text, args=args, got=converged, expected=arrived)


@c.check("every step gives the Rayleigh quotient")
def steps(learner, reference, rng):
    def estimate(a, x, count):
        """after any number of steps value is v . Av and v has length 1"""
        x = x + (not x.any())
        compare(learner, reference, a, x, 1e-9, count)

    n = c.dim(1, 3)
    c.property(
        lambda a, x, count: estimate(a @ a.T + np.eye(len(a)), x, count),
        c.arrays(shape=(n, n)), c.arrays(shape=(n,)), c.integers(0, 6), examples=12,
        name="after any number of steps value is v . Av and v has length 1",
    )  # fmt: skip


@c.check("the dominant pair is found")
def dominant(learner, reference, rng):
    compare(learner, reference, symmetric(rng, [5.0, 3.0, -2.0, 0.5]), rng.normal(size=4), 1e-9, 200)
    chain = np.array([[0.9, 0.5, 0.1], [0.1, 0.3, 0.2], [0.0, 0.2, 0.7]])  # columns sum to one: value 1
    compare(learner, reference, chain, np.ones(3), 1e-9, 500)


@c.check("a negative eigenvalue keeps its sign")
def negative(learner, reference, rng):
    compare(learner, reference, symmetric(rng, [-6.0, 3.0, 1.0]), rng.normal(size=3), 1e-9, 200)


@c.check("it stops at the first step that meets the tolerance")
def stops(learner, reference, rng):
    a, x = symmetric(rng, [4.0, 3.0, 1.0]), rng.normal(size=3)
    for tol in (0.5, 0.1, 1e-2):
        compare(learner, reference, a, x, tol, 100)
    compare(learner, reference, a, x, 1e-9, 3)
    compare(learner, reference, np.zeros((2, 2)), np.array([3.0, 4.0]), 1e-9, 5)


@c.check("the size of the entries does not matter", axis="stable")
def sizes(learner, reference, rng):
    a, x = symmetric(rng, [5.0, -3.0, 1.0]), rng.normal(size=3)
    for scale in (1e-100, 1e-12, 1e12, 1e100):
        compare(learner, reference, a * scale, x, 1e-6, 100)
    compare(learner, reference, a, x * 1e6, 1e-6, 100)


@c.check("a step costs n squared", axis="efficient")
def cheap(learner, reference, rng):
    def make(n):
        return np.diag(np.arange(1.0, n + 1)), np.ones(n), 0.0, 3

    c.cost(learner.power_iteration, make, at_most=2, sizes=(12, 24, 48))


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    c.no_mutation(learner.power_iteration, symmetric(rng, [3.0, 1.0]), np.array([3.0, 4.0]), 1e-6, 20)


@c.check("no eigenvalue routine is called", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(learner.power_iteration, np.diag([3.0, 1.0]), np.ones(2), 1e-6, 20, forbid=FORBIDDEN)
