# misconception: log-sum-exp-without-its-shift
# says: Softmax does not notice the shift, but log-sum-exp does: add the maximum back at the end.
# caught by: log-sum-exp agrees with the reference
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def logsumexp(x):
    return np.log(np.exp(x - x.max(axis=-1, keepdims=True)).sum(axis=-1))
