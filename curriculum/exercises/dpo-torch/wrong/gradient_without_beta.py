# misconception: dpo-gradient-without-beta
# says: You leave out beta in the gradient; the margin is beta times the log-ratios, and the chain rule brings it outside.
# repairs: dpo#derivation
# caught by: the gradient is that of the mean loss
"""The loss of direct preference optimisation, and its gradient, on tensors."""

import torch


def sequence_log_probability(token_logps, mask):
    return token_logps.masked_fill(~mask, 0.0).sum(dim=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    """How much more the policy prefers the chosen answer than the reference does, times beta."""
    return beta * ((policy_chosen - reference_chosen) - (policy_rejected - reference_rejected))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return torch.logaddexp(torch.zeros_like(z), -z).mean()


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = torch.exp(-torch.logaddexp(torch.zeros_like(z), z)) / len(z)
    return -slope, slope
