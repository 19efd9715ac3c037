import numpy as np


def attention(q, k, v, mask=None):
    """Scaled dot-product attention.

    q: (..., n, d_k) queries
    k: (..., m, d_k) keys
    v: (..., m, d_v) values, one for each key
    mask: boolean, broadcasts to (..., n, m); True where the query may look at the key; None hides nothing

    Returns (..., n, d_v): for each query, the mixture of the values. A query that sees no key gets zeros.
    """
    raise NotImplementedError
