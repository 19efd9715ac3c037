# misconception: dpo-gradient-of-the-sum
# says: You give the gradient of the summed loss; the loss is a mean over n pairs, so each pair has weight 1/n.
# repairs: dpo#statement
# caught by: the gradient is that of the mean loss
import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.where(mask, token_logps, 0.0).sum(axis=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return beta * ((policy_chosen - reference_chosen) - (policy_rejected - reference_rejected))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return float(np.logaddexp(0, -z).mean())


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * np.exp(-np.logaddexp(0, z))
    return -slope, slope
