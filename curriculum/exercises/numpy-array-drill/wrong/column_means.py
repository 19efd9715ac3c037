# misconception: mean-along-the-wrong-axis
# says: You subtract the mean of every column; axis=0 is the axis that the mean removes, so it averages over the rows.
# repairs: tensor-operations#failure-modes
# caught by: centre_rows takes the mean of each row away
import numpy as np


def one_hot(labels, classes):
    return (labels[:, None] == np.arange(classes)).astype(np.float64)


def centre_rows(x):
    return x - x.mean(axis=0)


def squared_distances(a, b):
    difference = a[:, None, :] - b[None, :, :]
    return (difference**2).sum(axis=2)


def split_heads(x, heads):
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads).transpose(0, 2, 1, 3)


def windows(x, width):
    starts = np.arange(len(x) - width + 1)
    return x[starts[:, None] + np.arange(width)]


def masked_mean(x, mask):
    total = np.where(mask, x, 0).sum(axis=0)
    return total / mask.sum(axis=0).clip(min=1)
