"""Four products, each one line of letters."""

import numpy as np


def batched_matmul(a, b):
    """Multiply n pairs of matrices.

    Args:
        a: floats, shape (n, i, k).
        b: floats, shape (n, k, j).

    Returns:
        The products, shape (n, i, j).

    Raises:
        ValueError: an argument does not have three axes, or n or k differ between them.
    """
    raise NotImplementedError


def outer_products(x, y):
    """The outer product of each pair of rows.

    Args:
        x: floats, shape (n, i).
        y: floats, shape (n, j).

    Returns:
        Shape (n, i, j).
    """
    raise NotImplementedError


def trace_of_product(a, b):
    """The trace of the product, without the product.

    Args:
        a: floats, shape (i, j).
        b: floats, shape (j, i).

    Returns:
        A number.
    """
    raise NotImplementedError


def attention_scores(q, k):
    """Scaled dot products of all queries with all keys, within each example and head.

    Args:
        q: queries, shape (batch, heads, queries, d).
        k: keys, shape (batch, heads, keys, d).

    Returns:
        Shape (batch, heads, queries, keys).
    """
    raise NotImplementedError
