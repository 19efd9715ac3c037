# misconception: dpo-beta-outside
# says: You multiply the loss by beta; beta belongs inside the sigmoid, where it says how far the policy may move from the reference.
# repairs: dpo#statement
# caught by: the loss follows the formula
"""The loss of direct preference optimisation, and its gradient, on tensors."""

import torch


def sequence_log_probability(token_logps, mask):
    return token_logps.masked_fill(~mask, 0.0).sum(dim=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    """How much more the policy prefers the chosen answer than the reference does, times beta."""
    return 1.0 * ((policy_chosen - reference_chosen) - (policy_rejected - reference_rejected))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return torch.logaddexp(torch.zeros_like(z), -z).mean() * beta


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * torch.exp(-torch.logaddexp(torch.zeros_like(z), z)) / len(z)
    return -slope, slope
