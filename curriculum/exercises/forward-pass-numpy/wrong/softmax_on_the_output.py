# misconception: probabilities-for-logits
# says: You return probabilities where logits are asked, and a loss that expects logits would apply the softmax a second time.
# repairs: softmax#common-mistakes
# caught by: the second layer gives bare logits
import numpy as np


def forward(X, W1, b1, W2, b2):
    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0)
    z2 = a1 @ W2.T + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    return z1, a1, e / e.sum(axis=1, keepdims=True)
