# misconception: log-of-sigmoid
# says: You take the logarithm of a sigmoid; at a margin of -800 the sigmoid is 0 and its logarithm infinite, and at 40 it is rounded to 1.
# repairs: dpo#statement
# caught by: large margins do no harm
import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.where(mask, token_logps, 0.0).sum(axis=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return beta * ((policy_chosen - reference_chosen) - (policy_rejected - reference_rejected))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return float(-np.log(1 / (1 + np.exp(-z))).mean())


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * np.exp(-np.logaddexp(0, z)) / len(z)
    return -slope, slope
