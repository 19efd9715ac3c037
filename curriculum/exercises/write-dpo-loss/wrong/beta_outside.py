# misconception: dpo-beta-outside
# says: You multiply the loss by beta; beta belongs inside the sigmoid, where it says how far the policy may move from the reference.
# repairs: dpo#statement
# caught by: the loss follows the formula
import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.where(mask, token_logps, 0.0).sum(axis=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return ((policy_chosen - reference_chosen) - (policy_rejected - reference_rejected))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return float(beta * np.logaddexp(0, -z).mean())


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * np.exp(-np.logaddexp(0, z)) / len(z)
    return -slope, slope
