# misconception: stop-token-ignored
# says: You always add max_new tokens; what a model says after its stop token belongs to no text.
# repairs: autoregressive-generation#statement
# caught by: the stop token ends the text
import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    ids = list(prompt)
    for _ in range(max_new):
        ids.append(int(np.argmax(next_logits(ids[-context:]))))
    return ids
