# misconception: dropout-backward-without-scale
# says: Your backward pass drops the same entries and forgets the factor 1 / (1 - p); the slope of y = x · mask is the mask itself.
# repairs: dropout#dropout-scaling
# caught by: the gradient passes through the mask
import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x.clone(), torch.ones_like(x)

    kept = torch.rand(x.shape, generator=rng) >= p

    mask = kept.to(x.dtype) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * (mask > 0)
