"""What softmax and log-sum-exp must do."""

import numpy as np

from cairn.judge import checks as c


@c.check("each row sums to one")
def rows(learner, reference, rng):
    c.rows_sum_to_one(learner.softmax, c.arrays(shape=(c.dim(1, 5), c.dim(1, 6))))


@c.check("softmax agrees with the reference")
def agrees(learner, reference, rng):
    c.same_as_reference(learner.softmax, reference.softmax, c.arrays(max_dims=3, max_side=5))


@c.check("log-sum-exp agrees with the reference")
def agrees_too(learner, reference, rng):
    c.same_as_reference(learner.logsumexp, reference.logsumexp, c.arrays(max_dims=3, max_side=5))


@c.check("each row stands alone")
def alone(learner, reference, rng):
    c.batch_independent(learner.softmax, c.arrays(shape=(c.dim(2, 3), c.dim(2, 4))), examples=3)


@c.check("reordering the classes reorders the answer")
def order(learner, reference, rng):
    c.permutation_equivariant(learner.softmax, c.arrays(shape=(2, c.dim(2, 5))), axis=1, examples=4)


@c.check("the dtype is kept")
def kind(learner, reference, rng):
    c.dtype(learner.softmax(rng.normal(size=(2, 3)).astype(np.float32)), np.float32)


@c.check("the input is left as it was")
def untouched(learner, reference, rng):
    c.no_mutation(learner.softmax, rng.normal(size=(3, 4)))


@c.check("softmax survives large logits", axis="stable")
def large(learner, reference, rng):
    c.stable(learner.softmax, reference.softmax)


@c.check("log-sum-exp survives large logits", axis="stable")
def large_too(learner, reference, rng):
    c.stable(learner.logsumexp, reference.logsumexp)


@c.check("uses no ready-made softmax", axis="from scratch")
def scratch(learner, reference, rng):
    forbidden = ("scipy.special.*", "torch.nn.functional.*", "numpy.logaddexp*")
    c.from_scratch(learner.softmax, rng.normal(size=(2, 3)), forbid=forbidden)
    c.from_scratch(learner.logsumexp, rng.normal(size=(2, 3)), forbid=forbidden)
