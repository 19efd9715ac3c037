# misconception: bias-after-activation
# says: You add the first bias after the ReLU, but it belongs inside: it decides where the unit switches on.
# repairs: forward-propagation#statement
# caught by: the bias decides where a unit switches on
import numpy as np


def forward(X, W1, b1, W2, b2):
    z1 = X @ W1.T
    a1 = np.maximum(z1, 0.0) + b1
    return z1 + b1, a1, a1 @ W2.T + b2
