# misconception: context-keeps-the-oldest
# says: You show the model the first tokens that fit; once the context is full it sees the same tokens in every step and repeats itself.
# repairs: autoregressive-generation#failure-modes
# caught by: the model sees the last tokens that fit
import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    ids = list(prompt)
    for _ in range(max_new):
        token = int(np.argmax(next_logits(ids[:context])))
        ids.append(token)
        if token == stop:
            break
    return ids
