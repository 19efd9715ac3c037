"""What the PyTorch track asks beside the shared checks."""

import numpy as np

from cairn.judge import checks as c


@c.check("the loss is written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(
        learner.cross_entropy, rng.normal(size=(2, 3)), np.array([0, 2]),
        forbid=("torch.softmax", "torch.log_softmax", "torch.logsumexp", "torch.nn.*", "torch.special.*",
                "torch.Tensor.softmax", "torch.Tensor.log_softmax", "torch.Tensor.logsumexp"),
    )  # fmt: skip
