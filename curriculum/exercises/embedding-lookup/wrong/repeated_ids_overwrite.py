# misconception: embedding-gradient-overwritten
# says: You write grad[ids] += g; for an id that occurs twice NumPy keeps only one of the gradients. All of them must be added.
# repairs: embeddings#failure-modes
# caught by: repeated ids add up
import numpy as np


def embed(table, ids):
    if np.any((ids < 0) | (ids >= len(table))):
        raise IndexError("an id lies outside the vocabulary")
    return table[ids]


def embed_backward(grad_out, ids, vocab_size):
    grad = np.zeros((vocab_size, grad_out.shape[-1]))
    grad[ids] += grad_out
    return grad
