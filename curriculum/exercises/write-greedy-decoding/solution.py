"""Greedy decoding: choose, append, repeat."""

import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    """The prompt and its greedy continuation, as a new list of ids."""
    ids = list(prompt)
    for _ in range(max_new):
        # The slice is a copy of the latest ids; the whole text stays in `ids`.
        logits = next_logits(ids[-context:])
        # argmax gives the first of several equal maxima. int: ids are plain numbers.
        token = int(np.argmax(logits))
        ids.append(token)
        # Asked after the choice: a stop token in the prompt has no say.
        if token == stop:
            break
    return ids
