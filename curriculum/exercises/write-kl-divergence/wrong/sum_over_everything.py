# misconception: sum-over-whole-batch
# says: You sum over all axes, so a batch of pairs gives one total and not one divergence for each pair.
# repairs: kl-divergence#statement
# caught by: each row is a distribution by itself
import numpy as np


def kl_divergence(p, q):
    happens = p > 0
    with np.errstate(divide="ignore"):
        return np.sum(p * (np.log(np.where(happens, p, 1.0)) - np.log(np.where(happens, q, 1.0))))
