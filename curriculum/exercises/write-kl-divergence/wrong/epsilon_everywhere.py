# misconception: epsilon-inside-log
# says: You add a small number to every probability, so an impossible outcome costs about 23 nats where the divergence is infinite.
# repairs: kl-divergence#failure-modes
# caught by: a broken promise costs infinity
import numpy as np


def kl_divergence(p, q):
    eps = 1e-10
    return np.sum((p + eps) * np.log((p + eps) / (q + eps)), axis=-1)
