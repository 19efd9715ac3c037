# misconception: dropout-ignores-the-generator
# says: You draw from a generator of your own; the run can then not be repeated from its seed.
# repairs: dropout#statement
# caught by: all randomness comes from the generator
import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x.clone(), torch.ones_like(x)

    kept = torch.rand(x.shape) >= p

    mask = kept.to(x.dtype) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
