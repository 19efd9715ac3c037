# misconception: dropout-p-as-keep-probability
# says: You keep entries with probability p; here p is the probability to drop. The 2014 paper uses the letter for the other one.
# repairs: dropout#common-mistakes
# caught by: a share p is dropped
import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x.clone(), torch.ones_like(x)

    kept = torch.rand(x.shape, generator=rng) < p

    mask = kept.to(x.dtype) / max(p, 1e-3)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
