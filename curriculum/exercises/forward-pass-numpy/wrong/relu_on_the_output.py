# misconception: activation-after-last-layer
# says: You put a ReLU behind the last layer too, so no logit can be negative and classes below zero become equal.
# repairs: forward-propagation#common-mistakes
# caught by: the second layer gives bare logits
import numpy as np


def forward(X, W1, b1, W2, b2):
    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0)
    return z1, a1, np.maximum(a1 @ W2.T + b2, 0.0)
