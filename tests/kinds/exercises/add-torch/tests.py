"""What is asked in PyTorch beside the shared checks."""

from cairn.judge import checks as c


@c.check("no automatic differentiation", axis="from scratch")
def by_hand(learner, reference, rng):
    c.no_autograd()
