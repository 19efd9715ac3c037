"""Cross-entropy less entropy, each with its own masked logarithm. Answers with a plain float for a single pair."""

import numpy as np


def _expected_surprise(p, q):
    surprise = np.full(p.shape, np.inf)
    np.negative(np.log(q, where=q > 0, out=np.zeros(q.shape)), where=q > 0, out=surprise)
    surprise[p == 0] = 0.0
    return (p * surprise).sum(axis=-1)


def kl_divergence(p, q):
    result = _expected_surprise(p, q) - _expected_surprise(p, p)
    return float(result) if p.ndim == 1 else result
