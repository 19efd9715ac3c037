"""What the gradients of a two-layer classifier must be."""

import numpy as np

from cairn.judge import checks as c

PARAMETERS = ("W1", "b1", "W2", "b2")
FORMS = "Return (loss, gradients), with gradients a dict of arrays under the keys W1, b1, W2 and b2."


def network(rng, B=4, d=3, h=5, C=3, scale=1.0):
    """A batch and a network, some hidden units of which are off."""
    return {
        "X": rng.normal(size=(B, d)), "y": rng.integers(0, C, size=B),
        "W1": rng.normal(size=(h, d)), "b1": rng.normal(size=h) / 2,
        "W2": scale * rng.normal(size=(C, h)), "b2": rng.normal(size=C),
    }  # fmt: skip


def answer(module, point):
    """Loss and gradients of a module at a point, after a look at their form."""
    got = module.loss_and_gradients(*point.values())
    right = isinstance(got, list | tuple) and len(got) == 2 and isinstance(got[1], dict)
    if not right or set(got[1]) != set(PARAMETERS):
        raise c.failed("the result has the right form", FORMS, args=tuple(point.values()), got=got)
    return got


@c.check("the loss is the mean cross-entropy")
def loss(learner, reference, rng):
    for shape in ({}, {"B": 1}, {"h": 1, "C": 2}):
        point = network(rng, **shape)
        c.close(
            answer(learner, point)[0], answer(reference, point)[0], what="the loss", inputs=tuple(point.values()),
            message="The mean over the batch of minus the log-probability of the label.",
        )  # fmt: skip


def compare(learner, reference, rng, names):
    """Central differences of the reference's loss for some of the parameters."""
    point = network(rng)
    c.gradient(
        lambda *args: reference.loss_and_gradients(*args)[0],
        lambda *args: {name: answer(learner, dict(zip(point, args, strict=True)))[1][name] for name in names},
        point, wrt=names,
    )  # fmt: skip


@c.check("a closed unit receives no gradient")
def closed_units_get_nothing(learner, reference, rng):
    # Unit 0 lies exactly at the kink for every example, unit 1 far below it.
    point = network(rng)
    point["W1"][0], point["b1"][0] = 0.0, 0.0
    point["b1"][1] = -50.0
    _, grads = answer(learner, point)
    for unit, what in ((0, "is exactly 0"), (1, "is negative")):
        for name in ("W1", "b1"):
            got = np.asarray(grads[name])[unit]
            c.close(
                got, np.zeros_like(got), what=f"the gradient of {name} for this unit", inputs=tuple(point.values()),
                message=f"The input of hidden unit {unit} {what} for each example, so its slope is 0.",
            )  # fmt: skip


@c.check("the same batch three times has the same gradients")
def batch_repeated(learner, reference, rng):
    point = network(rng)
    again = {**point, "X": np.tile(point["X"], (3, 1)), "y": np.tile(point["y"], 3)}
    once, thrice = answer(learner, point)[1], answer(learner, again)[1]
    for name in PARAMETERS:
        c.close(
            thrice[name], once[name], what=f"the gradient of {name} for the batch three times",
            inputs=tuple(point.values()), message="The loss is a mean, so repeating the batch changes no gradient.",
        )  # fmt: skip


@c.check("the gradients of the biases match central differences")
def gradient_of_biases(learner, reference, rng):
    compare(learner, reference, rng, ("b2", "b1"))


@c.check("the gradients of the weights match central differences")
def gradient_of_weights(learner, reference, rng):
    compare(learner, reference, rng, ("W2", "W1"))


@c.check("the gradients are right for every size of batch and layer")
def any_size(learner, reference, rng):
    def gradients(module, seed, B, d, h, C):
        """the gradients are those of the loss"""
        return answer(module, network(np.random.default_rng(seed), B, d, h, C))[1]

    side = c.integers(1, 6)
    c.same_behaviour(learner, reference, gradients, c.integers(0, 10**6), side, side, side, side, examples=8)


@c.check("large logits do no harm", axis="stable")
def large_logits(learner, reference, rng):
    for scale in (10.0, 1000.0, 1e4):
        point = network(rng, scale=scale)
        got, wanted = answer(learner, point), answer(reference, point)
        message = f"With output weights of size {scale:g} loss and gradients are still finite."
        c.close(got[0], wanted[0], what="the loss", inputs=tuple(point.values()), message=message)
        for name in PARAMETERS:
            c.close(
                got[1][name], wanted[1][name], what=f"the gradient of {name}", inputs=tuple(point.values()),
                message=message, atol=1e-8 * scale,
            )  # fmt: skip


@c.check("a step against the gradient lowers the loss")
def descent(learner, reference, rng):
    point = network(rng, B=8, C=2)
    before, grads = answer(learner, point)
    moved = {k: v - 1e-3 * np.asarray(grads[k]) if k in grads else v for k, v in point.items()}
    after = answer(learner, moved)[0]
    if not after < before:
        message = f"A small step against the gradient takes the loss from {before:.6g} to {after:.6g}."
        raise c.failed("a step against the gradient lowers the loss", message, args=tuple(point.values()))


@c.check("the work is that of a few forward passes", axis="efficient")
def cost(learner, reference, rng):
    def batch(n):
        return tuple(network(np.random.default_rng(0), B=n).values())

    def wide(n):
        return tuple(network(np.random.default_rng(0), h=n).values())

    c.cost(learner.loss_and_gradients, batch, at_most=1, sizes=(4, 8, 16))
    c.cost(learner.loss_and_gradients, wide, at_most=1, sizes=(4, 8, 16))


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(learner.loss_and_gradients, *network(rng).values())
