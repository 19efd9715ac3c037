# misconception: loop-over-entries
# says: You visit the windows one by one in Python; build all positions at once and let one index do the work.
# repairs: numpy#vectorized-code
# caught by: no loop is written
import numpy as np


def one_hot(labels, classes):
    return (labels[:, None] == np.arange(classes)).astype(np.float64)


def centre_rows(x):
    return x - x.mean(axis=1, keepdims=True)


def squared_distances(a, b):
    difference = a[:, None, :] - b[None, :, :]
    return (difference**2).sum(axis=2)


def split_heads(x, heads):
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads).transpose(0, 2, 1, 3)


def windows(x, width):
    return np.array([x[start : start + width] for start in range(len(x) - width + 1)])


def masked_mean(x, mask):
    total = np.where(mask, x, 0).sum(axis=0)
    return total / mask.sum(axis=0).clip(min=1)
