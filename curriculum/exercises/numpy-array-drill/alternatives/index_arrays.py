"""The same six by fancy indexing, einsum, split and stack."""

import numpy as np


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def centre_rows(x):
    return (x.T - x.mean(axis=1)).T


def squared_distances(a, b):
    difference = np.expand_dims(a, 1) - b
    return np.einsum("mnd,mnd->mn", difference, difference)


def split_heads(x, heads):
    return np.stack(np.split(x, heads, axis=2), axis=1)


def windows(x, width):
    return np.lib.stride_tricks.sliding_window_view(x, width)


def masked_mean(x, mask):
    seen = np.zeros_like(x)
    seen[mask] = x[mask]
    count = np.count_nonzero(mask, axis=0)
    mean = np.zeros(x.shape[1], dtype=x.dtype)
    np.divide(seen.sum(axis=0), count, out=mean, where=count > 0)
    return mean
