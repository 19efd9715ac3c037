"""The loss of direct preference optimisation, and its gradient, on tensors."""

import torch


def sequence_log_probability(token_logps, mask):
    # Choosing, not multiplying: 0 times -inf is NaN.
    return token_logps.masked_fill(~mask, 0.0).sum(dim=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    """How much more the policy prefers the chosen answer than the reference does, times beta."""
    return beta * ((policy_chosen - reference_chosen) - (policy_rejected - reference_rejected))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    # -ln sigma(z) = ln(e^0 + e^-z)
    return torch.logaddexp(torch.zeros_like(z), -z).mean()


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    # sigma(-z), the probability that the policy still gives to the wrong order, without overflow.
    slope = beta * torch.exp(-torch.logaddexp(torch.zeros_like(z), z)) / len(z)
    return -slope, slope
