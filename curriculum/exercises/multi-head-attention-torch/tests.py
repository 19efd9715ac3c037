"""What the PyTorch track asks beside the shared checks."""

from cairn.judge import checks as c


@c.check("the heads are written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(
        learner.multi_head_attention, rng.normal(size=(1, 2, 4)), *rng.normal(size=(4, 4, 4)), 2,
        forbid=("torch.nn.*", "torch.softmax", "torch.Tensor.softmax", "torch.special.*"),
    )  # fmt: skip
