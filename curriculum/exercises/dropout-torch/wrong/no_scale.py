# misconception: dropout-without-scale
# says: You drop entries and leave the others as they are, so the next layer receives only a share 1 - p of what it gets at inference; divide what stays by 1 - p.
# repairs: dropout#dropout-scaling
# caught by: the mean is kept
import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x.clone(), torch.ones_like(x)

    kept = torch.rand(x.shape, generator=rng) >= p

    mask = kept.to(x.dtype)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
