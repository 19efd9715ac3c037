# misconception: dropout-scaled-twice
# says: You divide by 1 - p in training and multiply by it at inference as well; with inverted dropout the layer does nothing at inference.
# repairs: dropout#common-mistakes
# caught by: evaluation changes nothing
import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x * (1 - p), torch.full_like(x, 1 - p)

    kept = torch.rand(x.shape, generator=rng) >= p

    mask = kept.to(x.dtype) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
