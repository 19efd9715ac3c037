# misconception: loss-sum-instead-of-mean
# says: You add up the losses of the batch and do not divide by its size, so the loss grows with the batch.
# repairs: cross-entropy-loss#categorical-cross-entropy
# caught by: the loss is the mean over the batch
import torch


def cross_entropy(logits, labels):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    log_sum = torch.log(torch.exp(shifted).sum(dim=1))
    of_label = shifted[torch.arange(len(labels)), labels]
    return (log_sum - of_label).sum()
