"""What one step of an LSTM does."""

import numpy as np

from cairn.judge import checks as c

B, P = c.dim(1, 3), c.dim(1, 3)

# Results may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


def states(n):
    """h, whose entries lie between -1 and 1, and c, whose entries need not."""
    return c.arrays((B, n), low=-1, high=1), c.arrays((B, n))


def gates(rng, n, **arguments):
    """Weights zero and biases as named, so that the gates are the same for every input."""
    names = ("forget", "write", "show", "candidate")
    b = np.concatenate([arguments.get(name, rng.normal(size=n)) * np.ones(n) for name in names])
    return np.zeros((4 * n, n + 2)), b


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    # Joined in the wrong order, [x; h] has the same shape as [h; x]; only the numbers tell.
    for n, p in ((1, 1), (2, 3), (3, 2), (2, 2)):
        c.same_as_reference(
            learner.lstm_cell, reference.lstm_cell, c.arrays((B, p)), *states(n), c.arrays((4 * n, n + p)),
            c.arrays((4 * n,)), examples=6, **NEAR,
        )  # fmt: skip


@c.check("a forget gate near one keeps the cell")
def keeps(learner, reference, rng):
    keep = gates(rng, 3, forget=50.0, write=-50.0)
    overwrite = gates(rng, 3, forget=-50.0, write=50.0, candidate=50.0)

    def holds(x, h, cell):
        c.close(
            learner.lstm_cell(x, h, cell, *keep)[1], cell, **NEAR, what="the new cell state",
            message="With the forget gate at 1 and the input gate at 0 the cell rides along unchanged.",
        )  # fmt: skip
        c.close(
            learner.lstm_cell(x, h, cell, *overwrite)[1], np.ones_like(cell), **NEAR, what="the new cell state",
            message="With the forget gate at 0, the input gate and the candidate at 1 the cell is overwritten by 1.",
        )  # fmt: skip

    c.property(holds, c.arrays((B, 2)), *states(3), examples=4, name="a forget gate near one keeps the cell")


@c.check("something negative can be written")
def negative(learner, reference, rng):
    write = gates(rng, 3, forget=-50.0, write=50.0, candidate=-50.0)

    def holds(x, h, cell):
        c.close(
            learner.lstm_cell(x, h, cell, *write)[1], -np.ones_like(cell), **NEAR, what="the new cell state",
            message="A candidate with a large negative argument is tanh, close to -1, and the input gate is open.",
        )  # fmt: skip

    c.property(holds, c.arrays((B, 2)), *states(3), examples=4, name="something negative can be written")


@c.check("the hidden state shows the new cell")
def shows(learner, reference, rng):
    open_gate = gates(rng, 3, show=50.0)

    def holds(x, h, cell):
        hidden, new = learner.lstm_cell(x, h, cell, *open_gate)
        c.close(
            hidden, np.tanh(new), **NEAR, what="the new hidden state",
            message="With the output gate at 1 the hidden state is tanh of the new cell state.",
        )  # fmt: skip

    c.property(holds, c.arrays((B, 2)), *states(3), examples=4, name="the hidden state shows the new cell")


@c.check("the hidden state stays between -1 and 1")
def bounded(learner, reference, rng):
    c.invariant(
        "every entry of the hidden state lies between -1 and 1",
        learner.lstm_cell,
        lambda got, x, h, cell, w, b: (np.abs(got[0]) <= 1).all(),
        c.arrays((B, 2)), *states(2), c.arrays((8, 4)), c.arrays((8,)), examples=12,
    )  # fmt: skip


@c.check("examples do not influence each other")
def apart(learner, reference, rng):
    def holds(x, h, cell, w, b):
        together = learner.lstm_cell(x, h, cell, w, b)
        for i in range(len(x)):
            alone = learner.lstm_cell(x[i : i + 1], h[i : i + 1], cell[i : i + 1], w, b)
            for name, one, all_of_them in zip(("hidden", "cell"), alone, together):
                c.close(one, all_of_them[i : i + 1], **NEAR, what=f"the {name} state of example {i}, given alone,")

    c.property(
        holds, c.arrays((B, 2)), *states(2), c.arrays((8, 4)), c.arrays((8,)), examples=4,
        name="examples do not influence each other",
    )  # fmt: skip


@c.check("saturated gates do not break it", axis="stable")
def saturated(learner, reference, rng):
    w, b = rng.normal(size=(12, 5)), rng.normal(size=12)
    h, cell = rng.uniform(-1, 1, size=(2, 3)), rng.normal(size=(2, 3))
    for size in (10.0, 1e2, 1e3, 1e4):
        x = size * rng.normal(size=(2, 2))
        c.close(
            learner.lstm_cell(x, h, cell, w, b), reference.lstm_cell(x, h, cell, w, b), **NEAR,
            inputs=(x, h, cell, w, b), what=f"the step for inputs of about {size:g}",
        )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(
        learner.lstm_cell, *(rng.normal(size=s) for s in ((2, 1), (2, 3), (2, 3), (12, 4), (12,)))
    )  # fmt: skip
