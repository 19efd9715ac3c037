"""What the PyTorch track asks beside the shared checks."""

import numpy as np

from cairn.judge import checks as c


@c.check("dropout is written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(
        learner.dropout, np.ones((2, 3)), 0.5, c.generator(1),
        forbid=("torch.nn.*", "torch.dropout", "torch.native_dropout"),
    )  # fmt: skip
