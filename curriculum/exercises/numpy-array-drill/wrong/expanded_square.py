# misconception: square-expanded
# says: You expand the square into |a|^2 + |b|^2 - 2ab; for points far from the origin three huge numbers cancel and the distance is lost.
# repairs: floating-point-precision#failure-modes
# caught by: distances far from the origin keep their digits
import numpy as np


def one_hot(labels, classes):
    return (labels[:, None] == np.arange(classes)).astype(np.float64)


def centre_rows(x):
    return x - x.mean(axis=1, keepdims=True)


def squared_distances(a, b):
    return (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T


def split_heads(x, heads):
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads).transpose(0, 2, 1, 3)


def windows(x, width):
    starts = np.arange(len(x) - width + 1)
    return x[starts[:, None] + np.arange(width)]


def masked_mean(x, mask):
    total = np.where(mask, x, 0).sum(axis=0)
    return total / mask.sum(axis=0).clip(min=1)
