"""Picks the label with a one-hot matrix, and lets `logaddexp` keep the sum safe."""

import numpy as np


def cross_entropy(logits, labels):
    targets = np.eye(logits.shape[1], dtype=logits.dtype)[labels]
    log_probabilities = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    return -(targets * log_probabilities).sum() / logits.shape[0]
