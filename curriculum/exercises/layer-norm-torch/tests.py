"""What the PyTorch track asks beside the shared checks."""

import numpy as np

from cairn.judge import checks as c


@c.check("the result is written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(
        learner.layer_norm, rng.normal(size=(2, 3)), np.ones(3), np.zeros(3),
        forbid=("torch.nn.*", "torch.layer_norm", "torch.native_layer_norm"),
    )  # fmt: skip
