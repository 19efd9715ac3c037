"""Temperature, top-k, top-p, and a draw by the inverse cumulative distribution."""

import numpy as np


def sampling_probabilities(logits, temperature=1.0, top_k=None, top_p=None):
    """The truncated distribution over all V tokens."""
    z = np.asarray(logits, dtype=np.float64)
    # Best first. The stable sort leaves equal logits in the order of their ids, so both cuts break ties alike.
    order = np.argsort(-z, kind="stable")[:top_k]
    # Measured from the best logit, before the division: nothing overflows at a small temperature.
    p = np.exp((z[order] - z[order[0]]) / temperature)
    p /= p.sum()
    if top_p is not None:
        # A token stays if those before it do not yet hold the mass: so the one that crosses p stays as well.
        count = 1 + np.count_nonzero(np.cumsum(p)[:-1] < top_p)
        order, p = order[:count], p[:count]
    result = np.zeros(z.size)
    result[order] = p / p.sum()
    return result


def draw(probabilities, u):
    """The first token whose cumulative probability exceeds u."""
    cdf = np.cumsum(probabilities)
    # Divided by the last entry the cdf ends in exactly 1 > u, whatever rounding did to the sum.
    return int(np.searchsorted(cdf / cdf[-1], u, side="right"))
