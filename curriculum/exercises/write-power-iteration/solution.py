"""The dominant eigenpair by power iteration."""

import numpy as np


def power_iteration(a, x0, tol, max_steps):
    """(value, vector, converged) of the eigenvalue largest in absolute value."""
    image = x0
    for _ in range(max_steps + 1):
        # Rescaling in every step keeps the numbers away from overflow and underflow.
        v = image / np.linalg.norm(image)
        image = a @ v
        # The Rayleigh quotient keeps the sign that a length would lose.
        value = v @ image
        # The residual is small exactly when v is nearly an eigenvector. The change of v is no substitute:
        # with a negative eigenvalue v turns round in every step.
        if np.linalg.norm(image - value * v) <= tol * abs(value):
            return float(value), v, True
    return float(value), v, False
