"""What a recurrent cell and its run over a sequence do."""

import numpy as np

from cairn.judge import checks as c

B, T, P, H = c.dim(1, 3), c.dim(1, 4), c.dim(1, 3), c.dim(1, 3)
X, XS, STATE = c.arrays((B, P)), c.arrays((B, T, P)), c.arrays((B, H), low=-1, high=1)
WEIGHTS = c.arrays((H, P)), c.arrays((H, H)), c.arrays((H,))

# Results may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


@c.check("the cell agrees with the formula")
def cell(learner, reference, rng):
    c.same_as_reference(learner.rnn_cell, reference.rnn_cell, X, STATE, *WEIGHTS, **NEAR)


@c.check("the state stays between -1 and 1")
def bounded(learner, reference, rng):
    c.invariant(
        "every entry of the state lies between -1 and 1",
        learner.rnn_cell,
        lambda got, x, h, w_x, w_h, b: np.shape(got) == h.shape and (np.abs(got) <= 1).all(),
        X, STATE, *WEIGHTS,
    )  # fmt: skip


@c.check("zeros stay zeros")
def zeros(learner, reference, rng):
    c.close(
        learner.rnn_cell(np.zeros((2, 3)), np.zeros((2, 4)), np.ones((4, 3)), np.ones((4, 4)), np.zeros(4)),
        np.zeros((2, 4)), **NEAR, message="With zero input, state and bias the new state is tanh(0) = 0.",
    )  # fmt: skip


@c.check("the run is the cell repeated")
def run(learner, reference, rng):
    c.same_as_reference(learner.rnn_forward, reference.rnn_forward, XS, STATE, *WEIGHTS, **NEAR)


@c.check("examples do not influence each other")
def apart(learner, reference, rng):
    def holds(xs, h, w_x, w_h, b):
        together = np.asarray(learner.rnn_forward(xs, h, w_x, w_h, b))
        c.shape(together, (*xs.shape[:2], h.shape[1]))
        for i in range(len(xs)):
            c.close(
                learner.rnn_forward(xs[i : i + 1], h[i : i + 1], w_x, w_h, b), together[i : i + 1], **NEAR,
                what=f"the result of example {i}, given alone,",
            )  # fmt: skip

    c.property(holds, XS, STATE, *WEIGHTS, examples=6, name="examples do not influence each other")


@c.check("later inputs do not change earlier states")
def causal(learner, reference, rng):
    c.causal(learner.rnn_forward, XS, STATE, *WEIGHTS, axis=1, examples=4)


@c.check("large inputs do not break it", axis="stable")
def large(learner, reference, rng):
    weights = rng.normal(size=(3, 2)), rng.normal(size=(3, 3)), rng.normal(size=3)
    for size in (10.0, 1e3, 1e5):
        x, h = size * rng.normal(size=(2, 2)), rng.uniform(-1, 1, size=(2, 3))
        c.close(
            learner.rnn_cell(x, h, *weights), reference.rnn_cell(x, h, *weights), **NEAR, inputs=(x, h, *weights),
            message="tanh of a large number is 1 or -1.",
        )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    weights = rng.normal(size=(3, 2)), rng.normal(size=(3, 3)), rng.normal(size=3)
    h = rng.normal(size=(2, 3))
    c.no_mutation(learner.rnn_cell, rng.normal(size=(2, 2)), h, *weights)
    c.no_mutation(learner.rnn_forward, rng.normal(size=(2, 3, 2)), h, *weights)
