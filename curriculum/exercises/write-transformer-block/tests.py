"""What a pre-norm block does, however its parts are written."""

import numpy as np

from cairn.judge import checks as c

B, N = c.dim(1, 2), c.dim(1, 4)
SIZES = ((1, 2, 3), (2, 2, 1), (2, 3, 4), (3, 1, 2))  # number of heads, width of a head, hidden width

# The result may be float32.
NEAR = {"rtol": 2e-4, "atol": 2e-5}


def parameters(rng, d, f):
    """A dictionary of weights; nothing in it is zero, one or symmetric."""
    matrix = {name: rng.normal(size=(d, d)) for name in ("w_q", "w_k", "w_v", "w_o")}
    norms = {f"{name}_{i}": rng.uniform(0.5, 1.5, size=d) for name in ("gain", "bias") for i in (1, 2)}
    network = {
        "w_up": rng.normal(size=(d, f)), "b_up": rng.normal(size=f),
        "w_down": rng.normal(size=(f, d)), "b_down": rng.normal(size=d),
    }  # fmt: skip
    return matrix | norms | network


class Parameters(c.Strategy):
    """Dictionaries of weights."""

    def __init__(self, d, f):
        self.sizes = d, f

    def draw(self, rng, sizes, turn):
        return parameters(rng, *self.sizes)

    def simpler(self, value):
        for name, array in value.items():
            if (array != np.round(array)).any():
                yield value | {name: np.round(array)}


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    for h, width, f in SIZES:
        c.same_as_reference(
            learner.transformer_block, reference.transformer_block, c.arrays((B, N, h * width)),
            Parameters(h * width, f), h, examples=5, **NEAR,
        )  # fmt: skip


@c.check("sub-layers that give zero leave the stream as it is")
def stream(learner, reference, rng):
    def holds(x, p):
        silent = p | {name: np.zeros_like(p[name]) for name in ("w_o", "w_down", "b_down")}
        c.close(
            learner.transformer_block(x, silent, 2), x, **NEAR,
            message="With w_o, w_down and b_down zero both sub-layers add nothing, so the block must return x.",
        )  # fmt: skip

    c.property(
        holds, c.arrays((B, N, 4)), Parameters(4, 3), examples=4,
        name="sub-layers that give zero leave the stream as it is",
    )  # fmt: skip


@c.check("the feed-forward network reads what attention wrote")
def order(learner, reference, rng):
    def holds(x, p):
        zero = {name: np.zeros_like(array) for name, array in p.items()}
        no_network = p | {name: zero[name] for name in ("w_down", "b_down")}
        no_attention = p | {"w_o": zero["w_o"]}
        y = learner.transformer_block(x, no_network, 2)
        c.close(
            learner.transformer_block(x, p, 2), learner.transformer_block(y, no_attention, 2), **NEAR,
            message="A block that only attends, followed by one that only feeds forward, must do what one block does.",
        )  # fmt: skip

    c.property(
        holds, c.arrays((B, N, 4)), Parameters(4, 3), examples=4,
        name="the feed-forward network reads what attention wrote",
    )  # fmt: skip


@c.check("no position sees a later one")
def causal(learner, reference, rng):
    def holds(x, other, p):
        plain = np.asarray(learner.transformer_block(x, p, 2))
        for place in range(1, x.shape[1]):
            # Other features, not the same ones shifted: a norm would remove a shift.
            changed = np.concatenate([x[:, :place], other[:, place:]], axis=1)
            c.close(
                np.asarray(learner.transformer_block(changed, p, 2))[:, :place], plain[:, :place], **NEAR,
                what=f"the result for the positions before {place}",
                message=f"The positions from {place} on were changed, and earlier ones noticed: they see the future.",
            )  # fmt: skip

    c.property(
        holds, c.arrays((1, N, 4)), c.arrays((1, N, 4), low=-3, high=3), Parameters(4, 3), examples=4,
        name="no position sees a later one",
    )  # fmt: skip


@c.check("each example stands alone")
def alone(learner, reference, rng):
    c.batch_independent(learner.transformer_block, c.arrays((B, N, 4)), Parameters(4, 3), 2, examples=4)


@c.check("nearly equal features do not break it", axis="stable")
def nearly_equal(learner, reference, rng):
    p = parameters(rng, 4, 3)
    for spread in (1e-1, 1e-2, 1e-3, 1e-4, 0.0):
        x = 1.0 + spread * rng.normal(size=(1, 2, 4))
        c.close(
            learner.transformer_block(x, p, 2), reference.transformer_block(x, p, 2), **NEAR, inputs=(x,),
            message=f"The features of x differ by about {spread:g}, so epsilon matters.",
        )  # fmt: skip


@c.check("large weights and inputs do not break it", axis="stable")
def large(learner, reference, rng):
    p = parameters(rng, 4, 3)
    sharp = p | {"w_q": 300 * p["w_q"], "b_up": 300 * p["b_up"]}
    x = rng.normal(size=(1, 3, 4))
    for size in (1.0, 1e3, 1e5):
        c.close(
            learner.transformer_block(size * x, sharp, 2), reference.transformer_block(size * x, sharp, 2),
            rtol=1e-3, atol=1e-2, inputs=(size * x, sharp),
        )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.transformer_block, rng.normal(size=(1, 3, 4)), parameters(rng, 4, 3), 2)
