# misconception: markov-context
# says: You show the model only the last token; the chain rule conditions each token on all that came before.
# repairs: autoregressive-generation#statement
# caught by: the model sees the last tokens that fit
import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    ids = list(prompt)
    for _ in range(max_new):
        token = int(np.argmax(next_logits(ids[-1:])))
        ids.append(token)
        if token == stop:
            break
    return ids
