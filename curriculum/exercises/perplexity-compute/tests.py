"""What perplexity and bits per byte of a padded batch are."""

import numpy as np

from cairn.judge import checks as c

B, T = c.dim(1, 4), c.dim(1, 5)
LOGS = c.arrays((B, T), low=-6, high=0)
MASK = c.arrays((B, T), integers=True, low=0, high=1)


def some(mask):
    """The mask with its first position real, so that there is a token."""
    mask = np.array(mask, dtype=int)
    mask[0, 0] = 1
    return mask


@c.check("all real tokens count alike")
def counts(learner, reference, rng):
    def holds(logs, mask):
        """The perplexity is exp(-L/N) over all real tokens of the batch"""
        c.close(learner.perplexity(logs, some(mask)), reference.perplexity(logs, some(mask)), inputs=(logs, some(mask)))

    c.property(holds, LOGS, MASK, examples=16)


@c.check("a uniform guess over V tokens gives V")
def uniform(learner, reference, rng):
    for v in (1, 2, 50000):
        logs = np.full((2, 3), -np.log(v))
        c.close(learner.perplexity(logs, np.ones((2, 3))), float(v), rtol=1e-9, inputs=(logs,), what="the perplexity")


@c.check("bits per byte are bits")
def bits(learner, reference, rng):
    def holds(logs, mask, n):
        """The bits per byte are -L/(n ln 2)"""
        args = logs, some(mask), n
        c.close(learner.bits_per_byte(*args), reference.bits_per_byte(*args), inputs=args)

    c.property(holds, LOGS, MASK, c.integers(1, 40), examples=12)


@c.check("padding has no influence")
def padding(learner, reference, rng):
    for filler in (0.0, -7.0, 3.0, -np.inf, np.inf, np.nan):
        for kind in (bool, int, float):
            logs = np.array([[-1.0, filler, -2.0], [filler, -0.5, filler], [filler] * 3])
            mask = np.array([[1, 0, 1], [0, 1, 0], [0, 0, 0]]).astype(kind)
            said = f"Padding that holds {filler} changes the result."
            c.close(learner.perplexity(logs, mask), float(np.exp(3.5 / 3)), inputs=(logs, mask), message=said)
            c.close(learner.bits_per_byte(logs, mask, 5), 0.7 / float(np.log(2)), inputs=(logs, mask, 5), message=said)


@c.check("an impossible token gives infinity")
def impossible(learner, reference, rng):
    logs = np.array([[-1.0, -np.inf]])
    for got in (learner.perplexity(logs, np.ones((1, 2))), learner.bits_per_byte(logs, np.ones((1, 2)), 4)):
        c.close(got, float("inf"), inputs=(logs,), message="A real token of probability 0 costs infinitely many bits.")


@c.check("without a real token there is no perplexity")
def empty(learner, reference, rng):
    for shape in ((2, 2), (1, 0)):
        c.raises(learner.perplexity, -np.ones(shape), np.zeros(shape))
        c.raises(learner.bits_per_byte, -np.ones(shape), np.zeros(shape), 4)


@c.check("long texts do no harm", axis="stable")
def long(learner, reference, rng):
    logs = rng.uniform(-12, -4, size=(3, 300))
    args = logs, np.ones((3, 300), dtype=bool)
    c.close(
        learner.perplexity(*args), reference.perplexity(*args), rtol=1e-9, inputs=args,
        message="With 900 tokens the product of the probabilities is far below the smallest float.",
    )  # fmt: skip


@c.check("half precision is summed in float64", axis="stable")
def half(learner, reference, rng):
    args = np.full((4, 2500), -8, dtype=np.float16), np.ones((4, 2500), dtype=bool)
    said = "10 000 times -8 is beyond the range of float16: sum in float64."
    c.close(learner.perplexity(*args), float(np.exp(8)), rtol=1e-9, what="the perplexity", message=said)
    c.close(learner.bits_per_byte(*args, 40000), 2 / float(np.log(2)), rtol=1e-9, what="the bits per byte", message=said)


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    logs, mask = np.array([[-1.0, np.nan], [-2.0, -3.0]]), np.array([[1, 0], [1, 1]])
    c.no_mutation(learner.perplexity, logs, mask)
    c.no_mutation(learner.bits_per_byte, logs, mask, 3)
