# misconception: activation-in-place
# says: You apply the ReLU to z1 itself, so the values before it are lost and the backward pass cannot tell which units were off.
# repairs: forward-propagation#failure-modes
# caught by: z1 keeps its negative entries
import numpy as np


def forward(X, W1, b1, W2, b2):
    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0, out=z1)
    return z1, a1, a1 @ W2.T + b2
