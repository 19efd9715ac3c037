# misconception: heads-interleaved
# says: You cut the last axis into (size, heads) instead of (heads, size); each head then collects every h-th feature instead of a block.
# repairs: tensor-operations#tensor-reshaping
# caught by: split_heads moves blocks of features
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
    return x.reshape(batch, time, features // heads, heads).transpose(0, 3, 1, 2)


def windows(x, width):
    starts = np.arange(len(x) - width + 1)
    return x[starts[:, None] + np.arange(width)]


def masked_mean(x, mask):
    total = np.where(mask, x, 0).sum(axis=0)
    return total / mask.sum(axis=0).clip(min=1)
