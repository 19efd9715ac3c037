# misconception: context-as-length-limit
# says: You stop when the whole text reaches the context length; the context limits what the model sees, and max_new how much is written.
# repairs: autoregressive-generation#statement
# caught by: the model sees the last tokens that fit
import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    ids = list(prompt)
    for _ in range(max_new):
        if len(ids) >= context:
            break
        token = int(np.argmax(next_logits(list(ids))))
        ids.append(token)
        if token == stop:
            break
    return ids
