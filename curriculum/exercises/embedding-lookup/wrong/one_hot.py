# misconception: embedding-by-one-hot-product
# says: You build the one-hot matrix, with V numbers for each id; that is right on paper and costs V times the memory. Select rows.
# repairs: embeddings#embedding-matrix-lookup
# caught by: no one-hot matrix is formed
import numpy as np


def embed(table, ids):
    if np.any((ids < 0) | (ids >= len(table))):
        raise IndexError("an id lies outside the vocabulary")
    one_hot = np.arange(len(table)) == ids[..., None]
    return one_hot.astype(table.dtype) @ table


def embed_backward(grad_out, ids, vocab_size):
    one_hot = np.arange(vocab_size) == ids.reshape(-1, 1)
    return one_hot.astype(grad_out.dtype).T @ grad_out.reshape(ids.size, grad_out.shape[-1])
