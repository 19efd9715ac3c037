"""Advantages relative to a group of answers to one prompt."""

import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    for prompt in np.unique(prompts):
        members = prompts == prompt
        # Measured from one member, equal rewards are exactly zero; their mean need not equal them to the last bit.
        group = rewards[members] - rewards[members].min()
        if group.any():
            advantages[members] = (group - group.mean()) / group.std()
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask
