import torch


def cross_entropy(W, x, y):
    raise NotImplementedError


def gradients(W, x, y):
    raise NotImplementedError


class Classifier(torch.nn.Module):
    pass


def step(model, x, y, lr):
    raise NotImplementedError
