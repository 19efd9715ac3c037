"""The smallest exercise: what hostile code is judged by."""

from cairn.judge import checks as c


@c.check("it is twice the input")
def twice(learner, reference, rng):
    c.same_as_reference(learner.answer, reference.answer, c.arrays(low=1, high=9, max_dims=1), examples=6)
