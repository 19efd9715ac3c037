import numpy as np


def kl_divergence(p, q):
    # Outcomes that never happen cost nothing, whatever q says about them. Both logarithms are set to log 1
    # there: 0 * (0 - 0) is 0, where 0 * log 0 would be NaN.
    happens = p > 0
    log_p = np.log(np.where(happens, p, 1.0))

    # Inside the support a zero of q is a promise that is broken: log 0 = -inf makes the term +inf, as it should.
    with np.errstate(divide="ignore"):
        log_q = np.log(np.where(happens, q, 1.0))
    return np.sum(p * (log_p - log_q), axis=-1)
