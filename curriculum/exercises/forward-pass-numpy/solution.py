import numpy as np


def forward(X, W1, b1, W2, b2):
    # Row i of the product is W1 @ x_i: all examples at once, and rows never mix. The bias has one entry for
    # each unit, so broadcasting repeats it over the rows.
    z1 = X @ W1.T + b1  # (B, d) @ (d, h) -> (B, h)

    # A new array: the backward pass asks where z1 was negative.
    a1 = np.maximum(z1, 0.0)

    # Logits. The softmax belongs to the loss, which computes it safely.
    z2 = a1 @ W2.T + b2  # (B, h) @ (h, C) -> (B, C)
    return z1, a1, z2
