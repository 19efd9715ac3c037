"""What group-relative advantages must be, whatever the code looks like."""

import numpy as np

from cairn.judge import checks as c

N, T = c.dim(1, 7), c.dim(1, 4)
REWARDS = c.arrays((N,), integers=True, low=-2, high=3)
PROMPTS = c.arrays((N,), integers=True, low=0, high=2, dtype=np.int64)


@c.check("one group has mean 0 and standard deviation 1")
def standard(learner, reference, rng):
    def holds(rewards):
        """one group is centred and scaled"""
        got = learner.group_advantages(rewards, np.zeros(len(rewards), dtype=int))
        spread = 0.0 if rewards.min() == rewards.max() else 1.0
        c.close(
            [np.mean(got), np.std(got)], [0.0, spread], inputs=(rewards,), what="mean and std of the advantages",
            message="The standard deviation is the root of the mean square, with 1/G and not 1/(G - 1).",
        )  # fmt: skip

    c.property(holds, REWARDS, examples=8)


@c.check("answers are compared within their prompt")
def groups(learner, reference, rng):
    c.same_as_reference(learner.group_advantages, reference.group_advantages, REWARDS, PROMPTS, examples=16)


@c.check("groups may be mixed and of any size")
def mixed(learner, reference, rng):
    rewards = np.array([1.0, 0.0, 4.0, 2.0, 0.0, 7.0, 3.0, 1.0, 0.0])
    for prompts in ([7, 2, 7, 2, 2, 7, 9, 7, 2], [100, -5, -5, 100, 3, 3, 3, 3, 100], [1, 1, 0, 0, 0, 0, 2, 2, 2]):
        prompts = np.array(prompts)
        c.close(
            learner.group_advantages(rewards, prompts), reference.group_advantages(rewards, prompts),
            inputs=(rewards, prompts), what="the advantages",
            message="Groups go by the prompt id alone; the result stands in the order of the rewards.",
        )  # fmt: skip


@c.check("equal rewards teach nothing", axis="stable")
def equal(learner, reference, rng):
    for value in (0.0, 1.0, 0.1, 0.7, 1e6 + 0.1):
        for n in (1, 3, 6, 10):
            rewards = np.array([value] * n + [1.0, 0.0])
            prompts = np.array([4] * n + [1, 1])
            c.close(
                learner.group_advantages(rewards, prompts), [0.0] * n + [1.0, -1.0], inputs=(rewards, prompts),
                what="the advantages",
                message="Where all rewards of a group are equal there is no better or worse answer, only rounding.",
            )  # fmt: skip


@c.check("offset and scale do not matter", axis="stable")
def scale(learner, reference, rng):
    rewards, prompts = np.array([1.0, 0.0, 0.0, 3.0, 1.0]), np.array([0, 0, 0, 1, 1])
    wanted = reference.group_advantages(rewards, prompts)
    for factor, offset in ((1e-6, 0.0), (1e-12, 0.0), (1e6, 0.0), (1.0, 1e9), (1.0, -1e9), (0.25, 3.0)):
        moved = factor * rewards + offset
        c.close(
            learner.group_advantages(moved, prompts), wanted, rtol=1e-6, atol=1e-9, inputs=(moved, prompts),
            what="the advantages", message="These rewards rank and space the answers as 1, 0, 0 and 3, 1 do.",
        )  # fmt: skip


@c.check("every token gets its answer's advantage")
def tokens(learner, reference, rng):
    def holds(advantages, mask):
        """tokens of an answer get its advantage, all others 0"""
        mask = mask == 1
        c.close(
            learner.token_advantages(advantages, mask), np.where(mask, advantages[:, None], 0),
            inputs=(advantages, mask), what="the advantages of the tokens",
        )  # fmt: skip

    c.property(holds, c.arrays((N,)), c.arrays((N, T), integers=True, low=0, high=1), examples=8)


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.group_advantages, np.array([1.0, 0.0, 2.0]), np.array([1, 1, 0]))
    c.no_mutation(learner.token_advantages, np.array([1.0, -1.0]), np.array([[True, False], [True, True]]))
