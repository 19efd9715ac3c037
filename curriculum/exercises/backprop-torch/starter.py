import torch


def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Mean cross-entropy of a two-layer ReLU classifier, and its gradient by every parameter.

    X: (B, d) examples in rows; y: (B,) integer classes
    W1: (h, d), b1: (h,): the first layer
    W2: (C, h), b2: (C,): the second layer, which gives the logits

    Returns (loss, {"W1": (h, d), "b1": (h,), "W2": (C, h), "b2": (C,)}).
    """
    raise NotImplementedError
