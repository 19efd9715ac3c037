# misconception: index-takes-whole-columns
# says: `log_p[:, labels]` takes for every example the columns of all labels, so the mean mixes in classes that are not its own.
# repairs: cross-entropy-loss#categorical-cross-entropy
# caught by: agrees with the definition
import torch


def cross_entropy(logits, labels):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    log_sum = torch.log(torch.exp(shifted).sum(dim=1))
    of_label = shifted[:, labels].mean(dim=1)
    return (log_sum - of_label).mean()
