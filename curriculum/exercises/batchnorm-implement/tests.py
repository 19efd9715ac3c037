"""What batch normalisation does, forward and backward, however it is written."""

import numpy as np

from cairn.judge import checks as c

B, D = c.dim(2, 5), c.dim(1, 4)
BATCH, ROW = c.arrays((B, D)), c.arrays(D)
POSITIVE = c.arrays(D, low=0.5, high=4)

# Results may be float32.
NEAR = {"rtol": 1e-4, "atol": 2e-5}

FORWARD = ("y", "running_mean", "running_var")


def named(names, values):
    """The parts of a result by name, which is how a difference is told."""
    return dict(zip(names, values, strict=True))


@c.check("training uses the statistics of the batch")
def training(learner, reference, rng):
    def run(module, x, gamma, beta, mean, var, eps):
        """the output in training"""
        return module.batch_norm(x, gamma, beta, mean, var, True, 0.1, eps)[0]

    eps = c.sampled(1e-5, 0.5, 0.1)
    c.same_behaviour(learner, reference, run, BATCH, ROW, ROW, ROW, POSITIVE, eps, examples=8, **NEAR)


@c.check("the running statistics move by the momentum")
def running(learner, reference, rng):
    def run(module, x, mean, var, momentum):
        """the running statistics after a call in training"""
        ones = np.ones(len(mean))
        return named(FORWARD[1:], module.batch_norm(x, ones, ones, mean, var, True, momentum)[1:])

    c.same_behaviour(
        learner, reference, run, BATCH, ROW, POSITIVE, c.sampled(0.5, 0.1, 1.0, 0.0), examples=8, **NEAR
    )


@c.check("in evaluation each example stands alone")
def evaluation(learner, reference, rng):
    def run(module, x, gamma, beta, mean, var, eps):
        """output and statistics in evaluation"""
        return named(FORWARD, module.batch_norm(x, gamma, beta, mean, var, False, 0.1, eps))

    eps = c.sampled(1e-5, 0.5, 0.1)
    one = c.arrays((c.dim(1, 3), D))
    c.same_behaviour(learner, reference, run, one, ROW, ROW, ROW, POSITIVE, eps, examples=8, **NEAR)


@c.check("the gradients of gain and bias are sums")
def of_parameters(learner, reference, rng):
    x, dy = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    gamma, beta, eps = rng.uniform(0.5, 2, size=3), rng.normal(size=3), 0.1

    def loss(gamma, beta):
        return (dy * reference.batch_norm(x, gamma, beta, beta, gamma, True, 0.1, eps)[0]).sum()

    def gradients(gamma, beta):
        return learner.batch_norm_backward(dy, x, gamma, eps)[1:]

    c.gradient(loss, gradients, {"gamma": gamma, "beta": beta})

    def run(module, dy, x, gamma):
        """the gradients of gain and bias"""
        return named(("dgamma", "dbeta"), module.batch_norm_backward(dy, x, gamma, 0.1)[1:])

    c.same_behaviour(learner, reference, run, BATCH, BATCH, ROW, examples=6, **NEAR)


@c.check("the gradient of x includes mean and variance")
def of_x(learner, reference, rng):
    for count in (4, 2):
        x, dy = rng.normal(size=(count, 3)), rng.normal(size=(count, 3))
        gamma, eps = rng.uniform(0.5, 2, size=3), 0.1

        def loss(x, dy=dy, gamma=gamma, eps=eps):
            return (dy * reference.batch_norm(x, gamma, gamma, gamma, gamma, True, 0.1, eps)[0]).sum()

        def gradient(x, dy=dy, gamma=gamma, eps=eps):
            return learner.batch_norm_backward(dy, x, gamma, eps)[0]

        xhat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
        scale = gamma / np.sqrt(x.var(axis=0) + eps)
        terms = {
            "the mean": -scale * dy.mean(axis=0) * np.ones_like(x),
            "the variance": -scale * xhat * (dy * xhat).mean(axis=0),
        }
        c.gradient(loss, gradient, {"x": x}, terms={"x": terms})

    def run(module, dy, x, gamma):
        """the gradient of x"""
        return module.batch_norm_backward(dy, x, gamma, 0.1)[0]

    c.same_behaviour(learner, reference, run, BATCH, BATCH, ROW, examples=6, **NEAR)


@c.check("the default momentum and eps are used")
def defaults(learner, reference, rng):
    def run(module, x, gamma, mean, var):
        """a call in training, one in evaluation and one backward without momentum and eps"""
        return {
            "training": list(module.batch_norm(x, gamma, mean, mean, var, True)),
            "evaluation": module.batch_norm(x, gamma, mean, mean, 1e-4 * var, False)[0],
            "backward": list(module.batch_norm_backward(x * x, x, gamma)),
        }

    # Features that nearly agree show eps.
    c.same_behaviour(
        learner, reference, run, c.arrays((3, D), low=0, high=0.01), ROW, ROW, POSITIVE, examples=4, **NEAR
    )


@c.check("a large mean costs no digits", axis="stable")
def offset(learner, reference, rng):
    x = (1000 + rng.normal(size=(6, 3))).astype(np.float32)
    one, zero = np.ones(3, dtype=np.float32), np.zeros(3, dtype=np.float32)
    dy = rng.normal(size=(6, 3)).astype(np.float32)
    wide = [a.astype(np.float64) for a in (x, one, zero, zero, one)]
    c.close(
        list(learner.batch_norm(x, one, zero, zero, one, True)), list(reference.batch_norm(*wide, True)),
        rtol=1e-4, atol=2e-3, inputs=(x,), what="the result for float32 features near 1000",
        message="Centre before you square: squares of large numbers leave no room for small differences.",
    )  # fmt: skip
    c.close(
        list(learner.batch_norm_backward(dy, x, one)),
        list(reference.batch_norm_backward(dy.astype(np.float64), wide[0], wide[1])),
        rtol=1e-2, atol=2e-3, inputs=(dy, x, one), what="the list of gradients for float32 features near 1000",
    )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    x, row, var = rng.normal(size=(3, 2)), rng.normal(size=2), rng.uniform(1, 2, size=2)
    c.no_mutation(learner.batch_norm, x, row, row + 1, row + 2, var, True)
    c.no_mutation(learner.batch_norm, x, row, row + 1, row + 2, var, False)
    c.no_mutation(learner.batch_norm_backward, x * x, x, row)
