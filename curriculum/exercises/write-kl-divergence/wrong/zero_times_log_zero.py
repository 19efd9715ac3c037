# misconception: zero-times-log-zero
# says: You let 0·log 0 be computed, and in floats 0 times infinity is NaN and not the limit 0.
# repairs: kl-divergence#statement
# caught by: an outcome that never happens is free
import numpy as np


def kl_divergence(p, q):
    return np.sum(p * (np.log(p) - np.log(q)), axis=-1)
