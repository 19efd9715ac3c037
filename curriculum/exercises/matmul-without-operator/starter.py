"""The matrix product, without the operator."""

import numpy as np


def matmul(a, b):
    """Multiply two matrices.

    Args:
        a: an array or nested list, shape (m, k).
        b: an array or nested list, shape (k, n).

    Returns:
        Their product, shape (m, n), with the dtype np.result_type gives for the two arrays.

    Raises:
        ValueError: an argument does not have two axes, or the inner sizes differ.
    """
    raise NotImplementedError
