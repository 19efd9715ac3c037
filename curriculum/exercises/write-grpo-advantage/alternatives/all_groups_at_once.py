"""All groups at once, by sums over group numbers."""

import numpy as np


def group_advantages(rewards, prompts):
    _, group = np.unique(prompts, return_inverse=True)
    size = np.bincount(group)
    mean = np.bincount(group, weights=rewards) / size
    centred = rewards - mean[group]
    spread = np.sqrt(np.bincount(group, weights=centred**2) / size)
    top, low = np.full(len(size), -np.inf), np.full(len(size), np.inf)
    np.maximum.at(top, group, rewards)
    np.minimum.at(low, group, rewards)
    same = (top == low)[group]
    return np.where(same, 0.0, centred / np.where(same, 1.0, spread[group]))


def token_advantages(advantages, mask):
    return np.where(mask, np.expand_dims(advantages, 1), 0.0)
