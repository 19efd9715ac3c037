# misconception: exponential-overflows
# says: exp of a large number is infinite, and infinity over infinity is NaN; subtract the row's maximum first.
# caught by: softmax survives large logits
import numpy as np


def softmax(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)


def logsumexp(x):
    return np.log(np.exp(x).sum(axis=-1))
