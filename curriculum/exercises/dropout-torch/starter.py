import torch


def dropout(x, p, rng, training=True):
    """Inverted dropout, forward.

    x: float tensor of any shape
    p: the probability to drop an entry, 0 <= p < 1
    rng: torch.Generator, the only source of randomness
    training: False to leave x as it is

    Returns (y, mask), both of the shape of x: y = x * mask, mask entries 0 or 1 / (1 - p), all 1 in evaluation.
    """
    raise NotImplementedError


def dropout_backward(dy, mask):
    """Inverted dropout, backward.

    dy: gradient of the loss with respect to y
    mask: the mask that the forward pass returned

    Returns the gradient with respect to x, of the same shape.
    """
    raise NotImplementedError
