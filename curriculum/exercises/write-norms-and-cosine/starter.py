"""Three norms, and the cosine of all pairs of rows."""

import numpy as np


def l1_norm(x):
    """Sum of absolute values along the last axis.

    Args:
        x: an array or nested list, shape (..., d) with d >= 1.

    Returns:
        float64, shape (...).
    """
    raise NotImplementedError


def l2_norm(x):
    """Euclidean length along the last axis, also where the squares overflow or vanish.

    Args:
        x: an array or nested list, shape (..., d) with d >= 1.

    Returns:
        float64, shape (...).
    """
    raise NotImplementedError


def linf_norm(x):
    """Largest absolute value along the last axis.

    Args:
        x: an array or nested list, shape (..., d) with d >= 1.

    Returns:
        float64, shape (...).
    """
    raise NotImplementedError


def cosine_similarity(a, b):
    """The cosine of the angle between every row of a and every row of b.

    Args:
        a: an array or nested list, shape (m, d).
        b: an array or nested list, shape (n, d).

    Returns:
        float64 in [-1, 1], shape (m, n); 0 where one of the two rows is zero.
    """
    raise NotImplementedError
