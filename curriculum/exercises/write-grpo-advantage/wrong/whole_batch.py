# misconception: grpo-advantage-across-the-batch
# says: You take mean and standard deviation over the whole batch; answers to hard prompts then look bad whatever they are.
# repairs: grpo#common-mistakes
# caught by: answers are compared within their prompt
import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    for prompt in np.unique(prompts):
        members = np.ones(len(rewards), dtype=bool)
        group = rewards[members] - rewards[members].min()
        if group.any():
            advantages[members] = (group - group.mean()) / group.std()
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask
