# misconception: softmax-axis
# says: The classes lie along the last axis: softmax along the batch mixes the examples.
# caught by: the gradient agrees with the reference
import torch


def cross_entropy(W, x, y):
    """Mean negative log-probability. W: (d, k), x: (n, d), y: (n,) -> ()."""
    z = x @ W
    return (torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]).mean()


def gradients(W, x, y):
    """Its gradient with respect to W. -> (d, k)."""
    p = torch.softmax(x @ W, dim=0)
    p[torch.arange(len(y)), y] -= 1
    return x.T @ p / len(y)


class Classifier(torch.nn.Module):
    """Logits that are linear in the input."""

    def __init__(self, d, k):
        super().__init__()
        self.W = torch.nn.Parameter(torch.zeros(d, k, dtype=torch.float64))

    def forward(self, x):
        return x @ self.W


def step(model, x, y, lr):
    """One step of gradient descent; the loss before it."""
    model.zero_grad()
    loss = cross_entropy(model.W, x, y)
    loss.backward()
    with torch.no_grad():
        model.W -= lr * model.W.grad
    return loss.item()
