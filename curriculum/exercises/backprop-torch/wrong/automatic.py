# misconception: gradient-by-autograd
# says: You have the library differentiate; here the gradient is to be worked out by hand, so that you know what the library does.
# caught by: the gradients are worked out by hand
import torch


def loss_and_gradients(X, y, W1, b1, W2, b2):
    parameters = {k: v.clone().requires_grad_() for k, v in zip(("W1", "b1", "W2", "b2"), (W1, b1, W2, b2))}
    z = (X @ parameters["W1"].T + parameters["b1"]).relu() @ parameters["W2"].T + parameters["b2"]
    loss = -z.log_softmax(dim=1)[torch.arange(len(y)), y].mean()
    loss.backward()
    return loss.detach(), {k: v.grad for k, v in parameters.items()}
