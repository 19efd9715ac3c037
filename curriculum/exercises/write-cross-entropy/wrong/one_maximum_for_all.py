# misconception: softmax-global-maximum
# says: You subtract one maximum from the whole batch, so a row that lies far below it underflows to a sum of 0.
# repairs: numerically-stable-softmax#failure-modes
# caught by: rows far apart do not disturb each other
import numpy as np


def cross_entropy(logits, labels):
    shifted = logits - logits.max()
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    return np.mean(log_sum - shifted[np.arange(len(labels)), labels])
