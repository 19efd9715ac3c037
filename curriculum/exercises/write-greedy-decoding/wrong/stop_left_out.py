# misconception: stop-token-not-appended
# says: You leave the loop before you append the stop token; the text then looks as if the length limit had cut it off.
# repairs: autoregressive-generation#statement
# caught by: the stop token ends the text
import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    ids = list(prompt)
    for _ in range(max_new):
        token = int(np.argmax(next_logits(ids[-context:])))
        if token == stop:
            break
        ids.append(token)
    return ids
