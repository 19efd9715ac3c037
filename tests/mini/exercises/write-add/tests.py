from cairn.judge import checks as c

n = c.dim(1, 4)


@c.check("agrees with the sum", axis="correct")
def agrees(learner, reference, rng):
    c.same_as_reference(learner.add, reference.add, c.arrays(shape=(n,)), c.arrays(shape=(n,)))


@c.check("leaves its inputs as they were", axis="correct")
def untouched(learner, reference, rng):
    c.no_mutation(learner.add, rng.normal(size=3), rng.normal(size=3))
