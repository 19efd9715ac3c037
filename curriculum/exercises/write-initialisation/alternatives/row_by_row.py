"""One unit after the other, and the normal numbers by Box and Muller's method from uniform ones."""

import numpy as np


def he_normal(n_in, n_out, rng):
    rows = []
    for _ in range(n_out):
        radius = np.sqrt(-2.0 * np.log(1.0 - rng.random(n_in)))
        rows.append(radius * np.cos(2.0 * np.pi * rng.random(n_in)) * np.sqrt(2.0 / n_in))
    return np.array(rows)


def xavier_uniform(n_in, n_out, rng):
    a = np.sqrt(6.0) / np.sqrt(n_in + n_out)
    weights = np.empty((n_out, n_in))
    for i in range(n_out):
        for j in range(n_in):
            weights[i, j] = rng.uniform(-a, a)
    return weights
