"""One pair at a time, with a branch for the sign of the margin."""

import math

import numpy as np


def sequence_log_probability(token_logps, mask):
    return np.array([sum(float(v) for v, keep in zip(row, kept) if keep) for row, kept in zip(token_logps, mask)])


def minus_log_sigmoid(z):
    return math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z)) - z


def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def margins(pc, pr, rc, rr, beta):
    return [beta * (a - b) - beta * (c - d) for a, b, c, d in zip(pc, pr, rc, rr)]


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margins(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    return sum(minus_log_sigmoid(v) for v in z) / len(z)


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    z = margins(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)
    chosen = np.array([-beta * sigmoid(-v) / len(z) for v in z])
    return chosen, -chosen
