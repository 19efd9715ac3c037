# misconception: embedding-ids-flattened
# says: You return one long list of vectors; the batch and time axes of the ids must remain, followed by the feature axis.
# repairs: embeddings#statement
# caught by: the ids keep their shape
import numpy as np


def embed(table, ids):
    if np.any((ids < 0) | (ids >= len(table))):
        raise IndexError("an id lies outside the vocabulary")
    return table[ids.ravel()]


def embed_backward(grad_out, ids, vocab_size):
    grad = np.zeros((vocab_size, grad_out.shape[-1]))
    np.add.at(grad, ids.ravel(), grad_out.reshape(ids.size, -1) if ids.size else 0.0)
    return grad
