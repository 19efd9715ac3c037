# misconception: stop-token-in-prompt
# says: You end as soon as the last token is the stop token, even when it stands in the prompt; only a chosen token can end the text.
# repairs: autoregressive-generation#statement
# caught by: a stop token in the prompt means nothing
import numpy as np


def greedy_decode(next_logits, prompt, stop, max_new, context):
    ids = list(prompt)
    for _ in range(max_new):
        if ids[-1] == stop:
            break
        ids.append(int(np.argmax(next_logits(ids[-context:]))))
    return ids
