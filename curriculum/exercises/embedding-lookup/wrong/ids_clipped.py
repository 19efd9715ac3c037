# misconception: ids-clipped-into-range
# says: You move ids outside the vocabulary to its first or last row; that hides the error and trains the wrong vector.
# repairs: embeddings#embedding-matrix-lookup
# caught by: ids beyond the vocabulary are refused
import numpy as np


def embed(table, ids):
    ids = np.clip(ids, 0, len(table) - 1)
    return table[ids]


def embed_backward(grad_out, ids, vocab_size):
    grad = np.zeros((vocab_size, grad_out.shape[-1]))
    np.add.at(grad, ids, grad_out)
    return grad
