"""A queue that forgets its oldest id holds what the model may see."""

from collections import deque

import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    window = deque(prompt, maxlen=context)
    new = []
    while len(new) < max_new and not (new and new[-1] == stop):
        logits = np.asarray(next_logits(list(window)))
        new.append(np.flatnonzero(logits == logits.max())[0].item())
        window.append(new[-1])
    return list(prompt) + new
