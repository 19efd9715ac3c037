import numpy as np


def cross_entropy(logits, labels):
    # Only differences of logits matter. Measured from the highest of its own row, every exponential lies in
    # [0, 1] and one of them is 1: nothing overflows, and the logarithm below never sees 0.
    shifted = logits - logits.max(axis=1, keepdims=True)

    # -log softmax(z)_y = lse(z) - z_y. The probability itself is never formed: it could underflow to 0.
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    of_label = shifted[np.arange(len(labels)), labels]
    return np.mean(log_sum - of_label)
