# misconception: one-shift-for-all-rows
# says: The maximum of the whole array may be far above a row, whose exponentials then all vanish; shift each row by its own.
# caught by: softmax survives large logits
import numpy as np


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum(axis=-1, keepdims=True)


def logsumexp(x):
    m = x.max()
    return np.log(np.exp(x - m).sum(axis=-1)) + m
