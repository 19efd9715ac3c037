import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x.clone(), torch.ones_like(x)

    # One independent coin for each entry, from the generator that was given.
    kept = torch.rand(x.shape, generator=rng) >= p

    # A share 1 - p stays, so what stays is divided by it, and the mean over all masks is x.
    mask = kept.to(x.dtype) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
