# misconception: kl-arguments-swapped
# says: You average over q and not over p: that is KL(q ‖ p), and the divergence is not symmetric.
# repairs: kl-divergence#statement
# caught by: agrees with the definition
import numpy as np


def kl_divergence(p, q):
    happens = q > 0
    with np.errstate(divide="ignore"):
        log_p = np.log(np.where(happens, p, 1.0))
    log_q = np.log(np.where(happens, q, 1.0))
    return np.sum(q * (log_q - log_p), axis=-1)
