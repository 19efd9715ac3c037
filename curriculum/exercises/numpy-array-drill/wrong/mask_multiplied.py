# misconception: mask-multiplied
# says: You multiply by the mask; NaN times zero is still NaN, so hidden entries spoil their column.
# repairs: numpy#boolean-indexing
# caught by: masked_mean sees the visible entries only
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
    starts = np.arange(len(x) - width + 1)
    return x[starts[:, None] + np.arange(width)]


def masked_mean(x, mask):
    return (x * mask).sum(axis=0) / mask.sum(axis=0).clip(min=1)
