"""Row by row and outcome by outcome, with the three cases written out."""

import math

import numpy as np


def kl_divergence(p, q):
    out = np.empty(p.shape[:-1])
    for place in np.ndindex(*out.shape):
        total = 0.0
        for a, b in zip(p[place], q[place]):
            if a == 0:
                continue
            if b == 0:
                total = math.inf
                break
            total += float(a) * (math.log(a) - math.log(b))
        out[place] = total
    return out
