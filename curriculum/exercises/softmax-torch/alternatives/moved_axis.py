import torch


def softmax(x, axis=-1):
    x = torch.as_tensor(x)
    x = (x if x.dtype.is_floating_point else x.double()).movedim(axis, -1)
    top, _ = x.max(dim=-1, keepdim=True)
    e = (x - torch.nan_to_num(top, neginf=0.0, posinf=float("inf"))).exp()
    total = e.sum(-1, keepdim=True)
    return torch.where(total > 0, e / total, torch.zeros_like(e)).movedim(-1, axis)


def softmax_backward(p, grad, axis=-1):
    return p * grad - p * torch.sum(p * grad, axis, True)
