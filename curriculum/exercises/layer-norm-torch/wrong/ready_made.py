# misconception: layer-norm-ready-made
# says: You call the library's layer norm; here it is to be built from means and a root.
# caught by: the result is written from scratch
import torch.nn.functional as F


def layer_norm(x, gamma, beta, eps=1e-5):
    return F.layer_norm(x.double(), x.shape[-1:], gamma.double(), beta.double(), eps)
