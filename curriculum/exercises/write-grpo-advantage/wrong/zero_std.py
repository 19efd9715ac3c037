# misconception: grpo-equal-rewards-divided
# says: You divide by the standard deviation of equal rewards, which is 0 or a rounding error: NaN, or advantages of size 1 out of nothing.
# repairs: grpo#failure-modes
# caught by: equal rewards teach nothing
import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    for prompt in np.unique(prompts):
        members = prompts == prompt
        group = rewards[members]
        if group.std() != 0:
            advantages[members] = (group - group.mean()) / group.std()
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask
