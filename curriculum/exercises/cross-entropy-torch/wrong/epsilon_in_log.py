# misconception: epsilon-inside-log
# says: You add a small number inside the logarithm, so the loss of a confident mistake stops growing at about 28.
# repairs: numerically-stable-softmax#common-mistakes
# caught by: a confident mistake costs its full price
import torch


def cross_entropy(logits, labels):
    shifted = logits - logits.amax(dim=1, keepdim=True)
    log_sum = 0.0
    of_label = torch.log((torch.exp(shifted) / torch.exp(shifted).sum(dim=1, keepdim=True)).gather(1, labels[:, None]).squeeze(1) + 1e-12)
    return (log_sum - of_label).mean()
