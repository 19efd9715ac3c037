# misconception: nats-called-bits
# says: You divide nats by bytes and call them bits; one bit is ln 2 = 0.693 nats.
# repairs: perplexity#statement
# caught by: bits per byte are bits
import numpy as np


def _real(log_probs, mask):
    real = np.asarray(log_probs)[np.asarray(mask, dtype=bool)]
    if real.size == 0:
        raise ValueError("there is no real token")
    return real.astype(np.float64)


def perplexity(log_probs, mask):
    return float(np.exp(-_real(log_probs, mask).mean()))


def bits_per_byte(log_probs, mask, n_bytes):
    return float(-_real(log_probs, mask).sum() / n_bytes)
