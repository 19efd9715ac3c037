# misconception: grpo-advantage-split-over-tokens
# says: You divide the advantage by the length; every token gets the full advantage of its answer, and the loss does its own averaging.
# repairs: grpo#statement
# caught by: every token gets its answer's advantage
import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    for prompt in np.unique(prompts):
        members = prompts == prompt
        group = rewards[members] - rewards[members].min()
        if group.any():
            advantages[members] = (group - group.mean()) / group.std()
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask / np.maximum(mask.sum(axis=1, keepdims=True), 1)
