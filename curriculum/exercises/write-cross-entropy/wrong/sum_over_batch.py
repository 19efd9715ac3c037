# misconception: loss-sum-instead-of-mean
# says: You add up the losses of the batch and do not divide by its size, so the loss grows with the batch.
# repairs: cross-entropy-loss#categorical-cross-entropy
# caught by: the loss is the mean over the batch
import numpy as np


def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].sum()
