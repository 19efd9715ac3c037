import numpy as np


def embed(table, ids):
    """Look up a row of the table for each id.

    table: (V, d) one row per item of the vocabulary
    ids: integers of any shape; IndexError if one is outside 0 .. V-1

    Returns an array of shape ids.shape + (d,).
    """
    raise NotImplementedError


def embed_backward(grad_out, ids, vocab_size):
    """Gradient of the loss by the table.

    grad_out: ids.shape + (d,), the gradient by each looked-up vector
    ids: integers of any shape, all in 0 .. vocab_size-1
    vocab_size: V

    Returns (V, d).
    """
    raise NotImplementedError
