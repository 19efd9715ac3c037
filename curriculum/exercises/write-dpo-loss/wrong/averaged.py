# misconception: dpo-log-probability-averaged
# says: You average over the tokens; DPO compares probabilities of whole answers, so log-probabilities are added. The average is another method.
# repairs: dpo#common-mistakes
# caught by: an answer's log-probability is the sum over its tokens
import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.where(mask, token_logps, 0.0).sum(axis=1) / np.maximum(np.sum(mask, axis=1), 1)


def margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    return beta * ((policy_chosen - reference_chosen) - (policy_rejected - reference_rejected))


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return float(np.logaddexp(0, -z).mean())


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margin(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    slope = beta * np.exp(-np.logaddexp(0, z)) / len(z)
    return -slope, slope
