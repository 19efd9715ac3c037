# misconception: grpo-constant-in-the-std
# says: You add a constant to the standard deviation; rewards that differ by less than it lose their advantage. Treat equal rewards apart instead.
# repairs: grpo#failure-modes
# caught by: offset and scale do not matter
import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    for prompt in np.unique(prompts):
        members = prompts == prompt
        group = rewards[members] - rewards[members].min()
        advantages[members] = (group - group.mean()) / (group.std() + 1e-8)
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask
