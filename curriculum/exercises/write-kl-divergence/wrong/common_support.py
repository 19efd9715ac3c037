# misconception: kl-over-common-support
# says: You leave out the outcomes with q = 0 as well, and exactly they make the divergence infinite.
# repairs: kl-divergence#failure-modes
# caught by: a broken promise costs infinity
import numpy as np


def kl_divergence(p, q):
    both = (p > 0) & (q > 0)
    ratio = np.divide(p, q, out=np.ones(p.shape), where=both)
    return np.sum(p * np.log(ratio), axis=-1)
