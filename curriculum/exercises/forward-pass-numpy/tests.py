"""What the forward pass of a two-layer network must do."""

import numpy as np

from cairn.judge import checks as c

B, D, H, C = c.dim(1, 4), c.dim(1, 4), c.dim(1, 4), c.dim(1, 4)
NETWORK = (c.arrays((H, D)), c.arrays((H,)), c.arrays((C, H)), c.arrays((C,)))
INPUT = c.arrays((B, D))


def passed(learner, *args):
    """The three results by name, after a look at their number."""
    got = learner.forward(*args)
    if not isinstance(got, list | tuple) or len(got) != 3:
        raise c.failed("there are three results", "Return a tuple (z1, a1, z2).", args=args, got=got)
    return dict(zip(("z1", "a1", "z2"), got, strict=True))


@c.check("shapes are kept, also for a batch of one")
def shapes_of_small_batches(learner, reference, rng):
    for b, d, h, k in ((1, 2, 3, 1), (1, 1, 1, 1), (2, 3, 1, 2), (1, 3, 4, 2)):
        X, W1, W2 = rng.normal(size=(b, d)), rng.normal(size=(h, d)), rng.normal(size=(k, h))
        got = passed(learner, X, W1, np.ones(h), W2, np.ones(k))
        for name, shape in (("z1", (b, h)), ("a1", (b, h)), ("z2", (b, k))):
            c.shape(got[name], shape, what=f"the array {name} for B = {b}, d = {d}, h = {h}, C = {k}")


@c.check("z1 keeps its negative entries")
def z1_keeps_its_negatives(learner, reference, rng):
    def holds(X, W1, b1, W2, b2):
        c.close(
            passed(learner, X, W1, b1, W2, b2)["z1"], X @ W1.T + b1, what="the array z1", inputs=(X, W1, b1),
            message="z1 is the value before the ReLU.",
        )  # fmt: skip

    c.property(holds, INPUT, *NETWORK, examples=6)


@c.check("the bias decides where a unit switches on")
def biases_shift_the_threshold(learner, reference, rng):
    # One unit, z = x + b, for inputs on both sides of -b.
    X = np.array([[-2.0], [0.0], [1.0], [3.0]])
    for bias in (-2.0, 1.0):
        args = X, np.ones((1, 1)), np.array([bias]), np.ones((1, 1)), np.array([0.5])
        got = passed(learner, *args)
        c.close(
            got["a1"], np.maximum(X + bias, 0), what="the array a1", inputs=args,
            message=f"A unit with weight 1 and bias {bias:g} is on for x above {-bias:g}.",
        )  # fmt: skip


@c.check("the second layer gives bare logits")
def logits_are_bare(learner, reference, rng):
    def holds(X, W1, b1, W2, b2):
        got = passed(learner, X, W1, b1, W2, b2)
        c.close(
            got["z2"], np.asarray(got["a1"]) @ W2.T + b2, what="the array z2", inputs=(X, W1, b1, W2, b2),
            message="z2 is the second layer applied to a1, a product and a bias, with nothing behind it.",
        )  # fmt: skip

    c.property(holds, INPUT, *NETWORK, examples=6)


@c.check("rows do not mix")
def rows_do_not_mix(learner, reference, rng):
    def holds(X, W1, b1, W2, b2):
        whole = passed(learner, X, W1, b1, W2, b2)
        alone = passed(learner, X[-1:], W1, b1, W2, b2)
        for name in ("z1", "a1", "z2"):
            c.close(
                alone[name], np.asarray(whole[name])[-1:], what=f"the {name} of the last example alone",
                inputs=(X, W1, b1, W2, b2), message="An example gets the same values alone as in its batch.",
            )  # fmt: skip

    c.property(holds, c.arrays((c.dim(2, 4), D)), *NETWORK, examples=6)


@c.check("agrees with the definition")
def matches_the_definition(learner, reference, rng):
    c.same_as_reference(learner.forward, reference.forward, INPUT, *NETWORK)


@c.check("the cost grows like the batch", axis="efficient")
def cost(learner, reference, rng):
    W1, b1, W2, b2 = rng.normal(size=(3, 2)), np.ones(3), rng.normal(size=(2, 3)), np.ones(2)
    c.cost(learner.forward, lambda n: (np.ones((n, 2)), W1, b1, W2, b2), at_most=1, sizes=(16, 32, 64, 128))


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(
        learner.forward, rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.normal(size=5),
        rng.normal(size=(2, 5)), rng.normal(size=2),
    )  # fmt: skip
