import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x, torch.ones(x.shape)
    mask = torch.bernoulli(torch.full(x.shape, 1 - p), generator=rng).div(1 - p)
    return x.mul(mask), mask


def dropout_backward(dy, mask):
    return torch.mul(mask, dy)
