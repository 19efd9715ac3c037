# misconception: softmax-over-batch-axis
# says: You normalise each column over the batch, so the examples compete with each other and not the classes.
# repairs: softmax#common-mistakes
# caught by: agrees with the definition
import numpy as np


def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=0, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()
