# misconception: input-overwritten
# says: You append to the caller's own list, so the prompt grows with every call; work on a copy.
# repairs: autoregressive-generation#statement
# caught by: the prompt stays as it is
import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    for _ in range(max_new):
        token = int(np.argmax(next_logits(prompt[-context:])))
        prompt.append(token)
        if token == stop:
            break
    return list(prompt)
