"""Works with examples in columns, as textbooks write it, and transposes at the end. Returns views."""

import numpy as np


def forward(X, W1, b1, W2, b2):
    Z1 = np.einsum("hd,bd->hb", W1, X) + b1[:, None]
    A1 = (Z1 + np.abs(Z1)) / 2
    Z2 = np.concatenate([W2, b2[:, None]], axis=1) @ np.vstack([A1, np.ones(X.shape[0])])
    return Z1.T, A1.T, Z2.T
