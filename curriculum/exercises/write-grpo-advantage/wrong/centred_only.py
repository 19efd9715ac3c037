# misconception: grpo-without-std
# says: You subtract the mean and stop; that is a later variant, in which prompts with a wide spread of rewards weigh more.
# repairs: grpo#statement
# caught by: one group has mean 0 and standard deviation 1
import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    for prompt in np.unique(prompts):
        members = prompts == prompt
        group = rewards[members] - rewards[members].min()
        if group.any():
            advantages[members] = (group - group.mean())
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask
