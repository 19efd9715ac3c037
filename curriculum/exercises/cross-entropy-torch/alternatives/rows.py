import torch


def cross_entropy(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels):
        margins = row - row[label]
        top = margins.max()
        total = total + top + torch.log(torch.exp(margins - top).sum())
    return total / len(labels)
