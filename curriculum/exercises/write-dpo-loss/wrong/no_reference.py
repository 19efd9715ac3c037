# misconception: dpo-without-reference
# says: You leave out the reference; nothing then holds the policy near it, and the loss at the start depends on the pairs.
# repairs: dpo#statement
# caught by: a policy equal to its reference loses ln 2
import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.where(mask, token_logps, 0.0).sum(axis=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return beta * (policy_chosen - policy_rejected)


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return float(np.logaddexp(0, -z).mean())


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * np.exp(-np.logaddexp(0, z)) / len(z)
    return -slope, slope
