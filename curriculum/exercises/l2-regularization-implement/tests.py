"""What a ridge loss and its gradient must be."""

import numpy as np

from cairn.judge import checks as c

N, D = c.dim(1, 5), c.dim(1, 4)
DATA = (c.arrays((N, D)), c.arrays((N,)), c.arrays((D,)), c.floats(-2, 2), c.floats(0, 3))


@c.check("the bias is free of charge")
def bias_is_free(learner, reference, rng):
    def holds(X, y, w, b, lam):
        c.close(
            learner.ridge_loss_and_gradient(X, y + 10, w, b + 10, lam),
            learner.ridge_loss_and_gradient(X, y, w, b, lam), what="the result for y + 10 and b + 10",
            inputs=(X, y, w, b, lam), atol=1e-8,
            message="Targets and bias moved by the same amount leave the residuals, the loss and both gradients.",
        )  # fmt: skip

    c.property(holds, *DATA, examples=6)


@c.check("the same data twice change nothing")
def same_data_twice(learner, reference, rng):
    def holds(X, y, w, b, lam):
        c.close(
            learner.ridge_loss_and_gradient(np.tile(X, (2, 1)), np.tile(y, 2), w, b, lam),
            learner.ridge_loss_and_gradient(X, y, w, b, lam), what="the result for the data twice",
            inputs=(X, y, w, b, lam),
            message="The data part is a mean over the examples, and the penalty does not know their number.",
        )  # fmt: skip

    c.property(holds, *DATA, examples=6)


@c.check("the price is half of lambda times the squared norm")
def penalty_is_quadratic(learner, reference, rng):
    def holds(X, w, b, lam):
        y = X @ w + b
        loss, grad_w, _ = learner.ridge_loss_and_gradient(X, y, w, b, lam)
        c.close(
            loss, lam * np.sum(w**2) / 2, what="the loss of a perfect fit", inputs=(X, y, w, b, lam), atol=1e-8,
            message="All residuals are 0, so only the penalty is left.",
        )  # fmt: skip
        c.close(
            grad_w, lam * w, what="the gradient of a perfect fit", inputs=(X, y, w, b, lam), atol=1e-8,
            message="All residuals are 0, so only the pull of the penalty is left.",
        )  # fmt: skip

    X, _, w, b, lam = DATA
    c.property(holds, X, w, b, lam, examples=6)


@c.check("the gradient is that of the loss")
def gradient_of_the_weights(learner, reference, rng):
    X, y, w = rng.normal(size=(5, 3)), rng.normal(size=5), rng.normal(size=3)
    b, lam = np.float64(0.7), 0.9
    residual = X @ w + b - y
    c.gradient(
        lambda *args: reference.ridge_loss_and_gradient(*args)[0],
        lambda *args: tuple(learner.ridge_loss_and_gradient(*args))[1:],
        {"X": X, "y": y, "w": w, "b": b, "lam": lam},
        wrt=("w", "b"),
        terms={"w": {"the penalty": lam * w, "the data": X.T @ residual / 5}},
    )


@c.check("both gradients vanish at the ridge solution")
def vanishes_at_the_solution(learner, reference, rng):
    X, y = rng.normal(size=(6, 3)), rng.normal(size=6) + 4
    for lam in (0.0, 0.3, 5.0):
        centred = X - X.mean(axis=0)
        w = np.linalg.solve(centred.T @ centred / 6 + lam * np.eye(3), centred.T @ (y - y.mean()) / 6)
        b = y.mean() - X.mean(axis=0) @ w
        _, grad_w, grad_b = learner.ridge_loss_and_gradient(X, y, w, b, lam)
        for name, got, zero in (("by w", grad_w, np.zeros(3)), ("by b", grad_b, 0.0)):
            c.close(
                got, zero, what=f"the gradient {name} at the minimum", inputs=(X, y, w, b, lam), atol=1e-8,
                message=f"Here w and b minimise the loss for lambda = {lam:g}.",
            )  # fmt: skip


@c.check("agrees with the definition")
def matches_the_definition(learner, reference, rng):
    c.same_as_reference(learner.ridge_loss_and_gradient, reference.ridge_loss_and_gradient, *DATA)


@c.check("the cost grows with the data and not with their square", axis="efficient")
def cost(learner, reference, rng):
    def data(n):
        return np.ones((n, 2)), np.arange(n) / n, np.ones(2), 0.5, 0.1

    c.cost(learner.ridge_loss_and_gradient, data, at_most=1, sizes=(32, 64, 128, 256))


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(
        learner.ridge_loss_and_gradient, rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=3), 0.5, 0.1
    )
