"""Rows of a scaled identity as steps, powers of two so that no step is rounded away."""

import numpy as np


def numerical_jacobian(f, x):
    x = np.asarray(x) * 1.0
    _, exponents = np.frexp(np.maximum(np.abs(x), 1.0))
    h = np.ldexp(1.0, exponents - 18)
    rows = [(np.array(f(x + d)) - np.array(f(x - d))) / (2 * d.sum()) for d in np.diag(h)]
    return np.array(rows).T
