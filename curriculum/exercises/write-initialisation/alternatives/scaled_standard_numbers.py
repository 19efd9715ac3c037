"""Standard random numbers, moved and scaled; Xavier in single precision."""

import numpy as np


def he_normal(n_in, n_out, rng):
    return rng.standard_normal((n_in, n_out)).T * (n_in / 2) ** -0.5


def xavier_uniform(n_in, n_out, rng):
    limit = (3 * 2 / (n_in + n_out)) ** 0.5
    return ((2 * rng.random((n_out, n_in)) - 1) * limit).astype(np.float32)
