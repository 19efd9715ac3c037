# misconception: softmax-over-batch
# says: The classes lie along the last axis; summing over the first one mixes the examples of the batch.
# caught by: each row sums to one
# caught by: each row stands alone
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def logsumexp(x):
    m = x.max(axis=-1, keepdims=True)
    return np.log(np.exp(x - m).sum(axis=-1)) + m[..., 0]
