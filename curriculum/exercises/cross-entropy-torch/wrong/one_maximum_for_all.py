# misconception: softmax-global-maximum
# says: You subtract one maximum from the whole batch, so a row that lies far below it underflows to a sum of 0.
# repairs: numerically-stable-softmax#failure-modes
# caught by: rows far apart do not disturb each other
import torch


def cross_entropy(logits, labels):
    shifted = logits - logits.max()
    log_sum = torch.log(torch.exp(shifted).sum(dim=1))
    of_label = shifted[torch.arange(len(labels)), labels]
    return (log_sum - of_label).mean()
