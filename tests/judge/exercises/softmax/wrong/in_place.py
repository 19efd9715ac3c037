# misconception: work-in-the-callers-array
# says: x -= m changes the caller's array, for arrays are passed by reference; make a new one with x - m.
# caught by: the input is left as it was
import numpy as np


def softmax(x):
    x -= x.max(axis=-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=-1, keepdims=True)
    return x


def logsumexp(x):
    m = x.max(axis=-1, keepdims=True)
    return np.log(np.exp(x - m).sum(axis=-1)) + m[..., 0]
