"""What activation functions and their derivatives must be."""

import numpy as np

from cairn.judge import checks as c

PLAIN = ("relu", "sigmoid", "tanh", "gelu")
SLOPES = ("relu_grad", "sigmoid_grad", "tanh_grad", "gelu_grad")
X = c.arrays(max_dims=3, max_side=4, min_side=0)

# Differences of numbers near 1 are allowed to cost the last digits.
NEAR = {"rtol": 1e-6, "atol": 1e-9}


@c.check("GELU is the exact form")
def gelu_is_exact(learner, reference, rng):
    x = np.array([-3.0, -2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0])
    c.close(
        learner.gelu(x), reference.gelu(x), what="the result", inputs=(x,), **NEAR,
        message="x times the distribution function of the standard normal, by erf, not one of its approximations.",
    )  # fmt: skip


@c.check("the values are right")
def matches_the_definition(learner, reference, rng):
    for name in PLAIN:
        c.same_as_reference(getattr(learner, name), getattr(reference, name), X, examples=8, **NEAR)


@c.check("the slopes match difference quotients")
def slopes_match_differences(learner, reference, rng):
    x = np.concatenate([rng.uniform(0.1, 4, size=6), -rng.uniform(0.1, 4, size=6)])
    h = 1e-5
    for name in PLAIN:
        f = getattr(reference, name)
        c.close(
            getattr(learner, f"{name}_grad")(x), (f(x + h) - f(x - h)) / (2 * h), rtol=1e-5, atol=1e-8,
            what=f"the result of {name}_grad", inputs=(x,),
            message=f"It should be the slope of {name} at the input x.",
        )  # fmt: skip


@c.check("the slopes are right for any shape")
def slopes(learner, reference, rng):
    for name in SLOPES:
        c.same_as_reference(getattr(learner, name), getattr(reference, name), X, examples=6, **NEAR)


@c.check("shape and kind of the result are those of x")
def forms(learner, reference, rng):
    for name in (*PLAIN, *SLOPES, "leaky_relu", "leaky_relu_grad"):
        for x in (np.array(-1.5), np.array([1.0, -2.0]), np.zeros((0, 2))):
            got = np.asarray(getattr(learner, name)(x))
            c.shape(got, x.shape, what=f"the result of {name} for an array of shape {x.shape}")
            if got.dtype.kind != "f":
                message = f"{name} should give floats, not {got.dtype}: a slope is a number to multiply with."
                raise c.failed("the results are floats", message, args=(x,), got=got)


@c.check("the slopes at 0 are as agreed")
def slopes_at_the_kink(learner, reference, rng):
    x = np.array([-1.0, 0.0, -0.0, 1e-300, 1.0])
    for name, args, wanted in (
        ("relu_grad", (), [0, 0, 0, 1, 1]),
        ("leaky_relu_grad", (0.2,), [0.2, 0.2, 0.2, 1, 1]),
    ):
        c.close(
            getattr(learner, name)(x, *args), np.array(wanted, dtype=np.float64),
            what=f"the result of {name}", inputs=(x, *args),
            message="At 0 the slope is that of the left side.",
        )  # fmt: skip


@c.check("alpha is the slope on the left, 0.01 by default")
def alpha_is_used(learner, reference, rng):
    for name in ("leaky_relu", "leaky_relu_grad"):
        f, g = getattr(learner, name), getattr(reference, name)
        c.same_as_reference(f, g, X, c.sampled(0.5, 0.0, 0.2, 0.99), examples=8)
        c.same_as_reference(f, g, X, examples=4)


@c.check("large inputs do no harm", axis="stable")
def large_inputs(learner, reference, rng):
    size = np.array([30.0, 100.0, 700.0, 800.0, 5000.0])
    x = np.concatenate([size, -size])
    for name in (*PLAIN, *SLOPES, "leaky_relu", "leaky_relu_grad"):
        c.close(
            getattr(learner, name)(x), getattr(reference, name)(x), what=f"the result of {name}", inputs=(x,), **NEAR,
            message=f"The value of {name} is an ordinary number for every input.",
        )  # fmt: skip


@c.check("x stays as it is")
def inputs_unchanged(learner, reference, rng):
    for name in (*PLAIN, *SLOPES, "leaky_relu", "leaky_relu_grad"):
        c.no_mutation(getattr(learner, name), np.array([[-1.5, 0.0, 2.0], [3.0, -0.2, -4.0]]))
