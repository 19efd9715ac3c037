"""What the PyTorch track asks beside the shared checks."""

from cairn.judge import checks as c


@c.check("the gradients are worked out by hand", axis="from scratch")
def by_hand(learner, reference, rng):
    c.no_autograd()
