# misconception: dropout-one-mask-for-the-batch
# says: You draw one mask and use it for all examples of the batch; each example gets its own, or a step trains only one thinned network.
# repairs: dropout#statement
# caught by: the entries are dropped independently
import torch


def dropout(x, p, rng, training=True):
    if not training:
        return x.clone(), torch.ones_like(x)

    kept = (torch.rand(x.shape[-1:], generator=rng) >= p).expand(x.shape)

    mask = kept.to(x.dtype) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
