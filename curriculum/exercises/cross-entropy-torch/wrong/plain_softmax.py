# misconception: softmax-without-max
# says: You exponentiate the logits as they are, so a logit above 709 becomes infinity and the loss NaN.
# repairs: numerically-stable-softmax#statement
# caught by: large logits do no harm
import torch


def cross_entropy(logits, labels):
    shifted = logits
    log_sum = torch.log(torch.exp(shifted).sum(dim=1))
    of_label = shifted[torch.arange(len(labels)), labels]
    return (log_sum - of_label).mean()
