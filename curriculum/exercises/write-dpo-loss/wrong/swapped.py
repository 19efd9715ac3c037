# misconception: dpo-pair-swapped
# says: You reward the rejected answer: the margin must grow when the chosen one becomes more likely.
# repairs: dpo#statement
# caught by: preferring the chosen answer lowers the loss
import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.where(mask, token_logps, 0.0).sum(axis=1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return beta * ((policy_rejected - reference_rejected) - (policy_chosen - reference_chosen))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return float(np.logaddexp(0, -z).mean())


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * np.exp(-np.logaddexp(0, z)) / len(z)
    return -slope, slope
