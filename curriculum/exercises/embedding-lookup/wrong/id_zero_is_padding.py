# misconception: embedding-id-zero-is-padding
# says: You give row 0 no gradient, as if id 0 were always padding; that is a choice of some models, here 0 is an ordinary item.
# repairs: embeddings#learned-embeddings
# caught by: every row gets its gradient
import numpy as np


def embed(table, ids):
    if np.any((ids < 0) | (ids >= len(table))):
        raise IndexError("an id lies outside the vocabulary")
    return table[ids]


def embed_backward(grad_out, ids, vocab_size):
    grad = np.zeros((vocab_size, grad_out.shape[-1]))
    np.add.at(grad, ids, grad_out)
    grad[0] = 0.0
    return grad
