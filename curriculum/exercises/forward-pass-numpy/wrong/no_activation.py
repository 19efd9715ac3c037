# misconception: layers-without-activation
# says: You feed z1 into the second layer and not a1, so the two layers collapse to one linear map.
# repairs: multilayer-perceptron#derivation
# caught by: the second layer gives bare logits
import numpy as np


def forward(X, W1, b1, W2, b2):
    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0)
    return z1, a1, z1 @ W2.T + b2
