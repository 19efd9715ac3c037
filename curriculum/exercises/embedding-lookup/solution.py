import numpy as np


def embed(table, ids):
    # NumPy refuses ids that are too large. A negative one is legal there, and would answer with a row from the end.
    if np.any(ids < 0):
        raise IndexError("a negative id is no item of the vocabulary")
    return table[ids]


def embed_backward(grad_out, ids, vocab_size):
    grad = np.zeros((vocab_size, grad_out.shape[-1]))
    # Unbuffered: an id that occurs twice collects both gradients. grad[ids] += ... would keep only one.
    np.add.at(grad, ids, grad_out)
    return grad
