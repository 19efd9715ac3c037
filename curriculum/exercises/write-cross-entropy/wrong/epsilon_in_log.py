# misconception: epsilon-inside-log
# says: You add a small number inside the logarithm, so the loss of a confident mistake stops growing at about 28.
# repairs: numerically-stable-softmax#common-mistakes
# caught by: a confident mistake costs its full price
import numpy as np


def cross_entropy(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels] + 1e-12).mean()
