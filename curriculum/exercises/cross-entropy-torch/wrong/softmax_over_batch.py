# misconception: softmax-over-batch-axis
# says: You normalise each column over the batch, so the examples compete with each other and not the classes.
# repairs: softmax#common-mistakes
# caught by: agrees with the definition
import torch


def cross_entropy(logits, labels):
    shifted = logits - logits.amax(dim=0, keepdim=True)
    log_sum = torch.log(torch.exp(shifted).sum(dim=0))
    of_label = shifted[torch.arange(len(labels)), labels]
    return (log_sum[labels] - of_label).mean()
