# misconception: index-takes-whole-columns
# says: `log_p[:, labels]` takes for every example the columns of all labels, so the mean mixes in classes that are not its own.
# repairs: cross-entropy-loss#categorical-cross-entropy
# caught by: agrees with the definition
import numpy as np


def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[:, labels].mean()
