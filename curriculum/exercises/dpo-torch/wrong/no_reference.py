# misconception: dpo-without-reference
# says: You leave out the reference; nothing then holds the policy near it, and the loss at the start depends on the pairs.
# repairs: dpo#statement
# caught by: a policy equal to its reference loses ln 2
"""The loss of direct preference optimisation, and its gradient, on tensors."""

import torch


def sequence_log_probability(token_logps, mask):
    return token_logps.masked_fill(~mask, 0.0).sum(dim=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    """How much more the policy prefers the chosen answer than the reference does, times beta."""
    return beta * (policy_chosen - policy_rejected)


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return torch.logaddexp(torch.zeros_like(z), -z).mean()


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * torch.exp(-torch.logaddexp(torch.zeros_like(z), z)) / len(z)
    return -slope, slope
