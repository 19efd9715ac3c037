# misconception: dpo-pair-swapped
# says: You reward the rejected answer: the margin must grow when the chosen one becomes more likely.
# repairs: dpo#statement
# caught by: preferring the chosen answer lowers the loss
"""The loss of direct preference optimisation, and its gradient, on tensors."""

import torch


def sequence_log_probability(token_logps, mask):
    return token_logps.masked_fill(~mask, 0.0).sum(dim=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    """How much more the policy prefers the chosen answer than the reference does, times beta."""
    return beta * ((policy_rejected - reference_rejected) - (policy_chosen - reference_chosen))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return torch.logaddexp(torch.zeros_like(z), -z).mean()


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * torch.exp(-torch.logaddexp(torch.zeros_like(z), z)) / len(z)
    return -slope, slope
