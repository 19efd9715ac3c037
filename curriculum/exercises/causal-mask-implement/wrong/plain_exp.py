# misconception: softmax-without-max
# says: You exponentiate the raw scores; beyond about 709 in float64 and 88 in float32 the result is infinite, and infinity over infinity is NaN.
# repairs: numerically-stable-softmax#statement
# caught by: large scores do not break it
import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool), k=m - n)


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    e = np.exp(np.where(causal_mask(n, m), scores, -np.inf))
    return e / e.sum(axis=-1, keepdims=True)
