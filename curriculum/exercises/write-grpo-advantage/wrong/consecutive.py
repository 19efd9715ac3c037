# misconception: grpo-groups-of-equal-size-in-order
# says: You cut the rewards into consecutive blocks; groups are told by the prompt id, and may be mixed and of any size.
# repairs: grpo#statement
# caught by: groups may be mixed and of any size
import numpy as np


def group_advantages(rewards, prompts):
    advantages = np.zeros(len(rewards))
    starts = np.flatnonzero(np.append(True, prompts[1:] != prompts[:-1]))
    for start, end in zip(starts, np.append(starts[1:], len(prompts))):
        members = slice(start, end)
        group = rewards[members] - rewards[members].min()
        if group.any():
            advantages[members] = (group - group.mean()) / group.std()
    return advantages


def token_advantages(advantages, mask):
    return advantages[:, None] * mask
