# misconception: grpo-sample-std
# says: You divide by G - 1 in the variance; here the standard deviation is that of the group itself, with 1/G.
# repairs: grpo#statement
# caught by: one group has mean 0 and standard deviation 1
import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    for prompt in np.unique(prompts):
        members = prompts == prompt
        group = rewards[members] - rewards[members].min()
        if group.any():
            advantages[members] = (group - group.mean()) / group.std(ddof=1)
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask
