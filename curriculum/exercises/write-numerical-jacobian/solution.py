"""The Jacobian of a function, measured by central differences."""

import numpy as np


def numerical_jacobian(f, x):
    """Central differences, one column for each input; shape (m, n)."""
    x = np.array(x, dtype=np.float64)
    # Truncation grows like h^2 and rounding like eps / h; their sum is least near the cube root of eps.
    # Around a large entry the floats lie further apart, so the step grows with it.
    steps = np.cbrt(np.finfo(np.float64).eps) * np.abs(x).clip(min=1)
    columns = []
    for j, step in enumerate(steps):
        ahead, behind = x.copy(), x.copy()
        ahead[j] += step
        behind[j] -= step
        # x + h and x - h were rounded: divide by the distance between the points that were used.
        columns.append((f(ahead) - f(behind)) / (ahead[j] - behind[j]))
    return np.stack(columns, axis=1)
