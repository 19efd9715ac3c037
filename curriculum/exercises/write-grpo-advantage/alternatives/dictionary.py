"""Groups in a dictionary, plain Python numbers."""

import math

import numpy as np


def group_advantages(rewards, prompts):
    places = {}
    for i, prompt in enumerate(prompts):
        places.setdefault(int(prompt), []).append(i)
    result = [0.0] * len(rewards)
    for members in places.values():
        values = [float(rewards[i]) for i in members]
        if len(set(values)) == 1:
            continue
        mean = math.fsum(values) / len(values)
        spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
        for i, value in zip(members, values):
            result[i] = (value - mean) / spread
    return np.array(result)


def token_advantages(advantages, mask):
    return np.array([[a if keep else 0.0 for keep in row] for a, row in zip(advantages, mask)])
