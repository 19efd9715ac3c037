# misconception: softmax-without-max
# says: You exponentiate the logits as they are, so a logit above 709 becomes infinity and the loss NaN.
# repairs: numerically-stable-softmax#statement
# caught by: large logits do no harm
import numpy as np


def cross_entropy(logits, labels):
    e = np.exp(logits)
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels]).mean()
