# misconception: kl-mean-over-outcomes
# says: You take the plain mean over the K outcomes, but the average is already made by the weights p(x), which sum to 1.
# repairs: kl-divergence#intuition
# caught by: agrees with the definition
import numpy as np


def kl_divergence(p, q):
    happens = p > 0
    with np.errstate(divide="ignore"):
        terms = p * (np.log(np.where(happens, p, 1.0)) - np.log(np.where(happens, q, 1.0)))
    return terms.mean(axis=-1)
