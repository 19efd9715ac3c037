"""Six functions on arrays, without a loop."""

import numpy as np


def one_hot(labels, classes):
    """Mark the label of each example in a row of zeros.

    Args:
        labels: integers in 0 .. classes - 1, shape (n,).
        classes: how many columns the result has.

    Returns:
        float64 zeros and ones, shape (n, classes).
    """
    raise NotImplementedError


def centre_rows(x):
    """Subtract from every row its own mean.

    Args:
        x: floats, shape (n, d).

    Returns:
        Shape (n, d).
    """
    raise NotImplementedError


def squared_distances(a, b):
    """Squared Euclidean distance of every row of a to every row of b.

    Args:
        a: floats, shape (m, d).
        b: floats, shape (n, d).

    Returns:
        Shape (m, n).
    """
    raise NotImplementedError


def split_heads(x, heads):
    """Cut the last axis into heads and move them before the time axis.

    Args:
        x: floats, shape (batch, time, heads * size).
        heads: how many equal parts the last axis has.

    Returns:
        Shape (batch, heads, time, size).
    """
    raise NotImplementedError


def windows(x, width):
    """All runs of neighbouring entries.

    Args:
        x: shape (n,).
        width: length of a window, from 1 to n.

    Returns:
        Shape (n - width + 1, width).
    """
    raise NotImplementedError


def masked_mean(x, mask):
    """Mean of the visible entries of every column.

    Args:
        x: floats, shape (n, d); entries where the mask is false may hold anything, NaN too.
        mask: booleans, shape (n, d).

    Returns:
        Shape (d,); 0 for a column without a visible entry.
    """
    raise NotImplementedError
