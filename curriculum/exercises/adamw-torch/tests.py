"""What the PyTorch track asks beside the shared checks."""

import numpy as np

from cairn.judge import checks as c


@c.check("the steps are written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(
        learner.AdamW().step, [np.ones(2)], [np.ones(2)], 0.1, forbid=("torch.optim.*", "torch._fused*")
    )
