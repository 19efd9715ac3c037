# misconception: embedding-gradient-averaged
# says: You average the gradients of an id that occurs several times; the loss depends on the row through each occurrence, so they are added.
# repairs: embeddings#learned-embeddings
# caught by: repeated ids add up
import numpy as np


def embed(table, ids):
    if np.any((ids < 0) | (ids >= len(table))):
        raise IndexError("an id lies outside the vocabulary")
    return table[ids]


def embed_backward(grad_out, ids, vocab_size):
    grad = np.zeros((vocab_size, grad_out.shape[-1]))
    np.add.at(grad, ids, grad_out)
    count = np.bincount(ids.ravel(), minlength=vocab_size)
    grad /= np.maximum(count, 1)[:, None]
    return grad
