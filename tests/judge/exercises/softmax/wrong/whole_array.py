# misconception: softmax-over-everything
# says: Without an axis the sum runs over the whole array, so only one number in all adds up to one.
# caught by: each row sums to one
import numpy as np


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def logsumexp(x):
    m = x.max(axis=-1, keepdims=True)
    return np.log(np.exp(x - m).sum(axis=-1)) + m[..., 0]
