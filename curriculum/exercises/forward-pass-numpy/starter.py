import numpy as np


def forward(X, W1, b1, W2, b2):
    """Forward pass of a two-layer network for a batch.

    X: (B, d) examples in rows
    W1: (h, d) weights of the first layer; b1: (h,) its biases
    W2: (C, h) weights of the second layer; b2: (C,) its biases

    Returns (z1, a1, z2): (B, h) before the ReLU, (B, h) after it, and the logits (B, C).
    """
    raise NotImplementedError
