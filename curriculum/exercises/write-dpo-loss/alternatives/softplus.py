"""By the softplus function, and the sigmoid through the exponential of minus |z|."""

import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.sum(token_logps, axis=-1, where=mask)


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = beta * (policy_chosen - policy_rejected - (reference_chosen - reference_rejected))
    return np.mean(np.maximum(-z, 0) + np.log1p(np.exp(-np.abs(z))))


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = beta * (policy_chosen - policy_rejected - (reference_chosen - reference_rejected))
    e = np.exp(-np.abs(z))
    wrong = np.where(z > 0, e, 1) / (1 + e)
    return -beta / z.size * wrong, beta / z.size * wrong
