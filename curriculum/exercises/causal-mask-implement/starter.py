import numpy as np


def causal_mask(n, m):
    """Which keys each query may look at.

    n: number of queries, the last n of the m positions
    m: number of keys, 1 <= n <= m

    Returns a boolean array (n, m); True where the key is not later than the query.
    """
    raise NotImplementedError


def causal_softmax(scores):
    """Attention weights under a causal mask.

    scores: (..., n, m), a row per query; the queries are the last n of the m positions

    Returns weights (..., n, m): exactly 0 at later keys; each row sums to 1.
    """
    raise NotImplementedError
