import torch


def cross_entropy(W, x, y):
    logits = x @ W
    logits = logits - logits.max(dim=1, keepdim=True).values
    log_p = logits - logits.exp().sum(dim=1, keepdim=True).log()
    hot = torch.zeros_like(log_p).scatter_(1, y[:, None], 1)
    return -(hot * log_p).sum() / x.shape[0]


def gradients(W, x, y):
    W = W.clone().requires_grad_(True)
    cross_entropy(W, x, y).backward()
    return W.grad


class Classifier(torch.nn.Module):
    def __init__(self, d, k):
        super().__init__()
        self.register_parameter("W", torch.nn.Parameter(torch.zeros((d, k)).double()))

    def forward(self, x):
        return torch.einsum("nd,dk->nk", x, self.W)


def step(model, x, y, lr):
    loss = cross_entropy(model.W, x, y)
    loss.backward()
    model.W.data = model.W.data - lr * model.W.grad
    model.W.grad = None
    return loss.item()
