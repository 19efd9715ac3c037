# misconception: negative-id-wraps-around
# says: You let NumPy read a negative id as a row from the end; an id of -1 then looks up the last item without an error.
# repairs: embeddings#embedding-matrix-lookup
# caught by: negative ids are refused
import numpy as np


def embed(table, ids):
    return table[ids]


def embed_backward(grad_out, ids, vocab_size):
    grad = np.zeros((vocab_size, grad_out.shape[-1]))
    np.add.at(grad, ids, grad_out)
    return grad
