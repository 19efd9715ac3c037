# misconception: cross-entropy-is-kl
# says: You leave out the term p·log p: that is the cross-entropy, which stays above 0 when q equals p.
# repairs: cross-entropy#statement
# caught by: it is zero for equal distributions and above zero for others
import numpy as np


def kl_divergence(p, q):
    with np.errstate(divide="ignore"):
        log_q = np.log(np.where(p > 0, q, 1.0))
    return -np.sum(p * log_q, axis=-1)
