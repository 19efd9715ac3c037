# misconception: dropout-divides-by-p
# says: You divide what stays by p; the share that stays is 1 - p, and the two agree only at p = 0.5.
# repairs: dropout#dropout-scaling
# caught by: the mean is kept
import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x.clone(), torch.ones_like(x)

    kept = torch.rand(x.shape, generator=rng) >= p

    mask = kept.to(x.dtype) / max(p, 1e-3)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
