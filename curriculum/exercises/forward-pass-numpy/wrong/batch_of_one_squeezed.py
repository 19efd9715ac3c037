# misconception: squeeze-drops-batch-axis
# says: You squeeze the results, so a batch of one or a network with one output loses an axis and its shape depends on the data.
# repairs: forward-propagation#statement
# caught by: shapes are kept, also for a batch of one
import numpy as np


def forward(X, W1, b1, W2, b2):
    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0)
    z2 = a1 @ W2.T + b2
    return z1.squeeze(), a1.squeeze(), z2.squeeze()
