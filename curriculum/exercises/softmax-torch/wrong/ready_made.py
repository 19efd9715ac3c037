# misconception: softmax-ready-made
# says: You call the library's softmax; here it is to be built from exponentials and sums.
# caught by: softmax is written from scratch
import torch


def softmax(x, axis=-1):
    x = torch.as_tensor(x)
    p = torch.softmax(x if x.is_floating_point() else x.double(), dim=axis)
    return torch.nan_to_num(p, nan=0.0)


def softmax_backward(p, grad, axis=-1):
    return p * (grad - (p * grad).sum(dim=axis, keepdim=True))
