"""Perplexity and bits per byte: one sum, divided once."""

import math

import numpy as np


def _real(log_probs, mask):
    """The log-probabilities of the real tokens, in float64."""
    # Selected, not multiplied by 0: padding may be NaN or -inf, and 0 * inf is NaN.
    real = np.asarray(log_probs)[np.asarray(mask, dtype=bool)]
    if real.size == 0:
        raise ValueError("there is no real token")
    # In float16 a sum beyond 65504 would be infinite.
    return real.astype(np.float64)


def perplexity(log_probs, mask):
    """exp of the mean of -log p over all real tokens, each counted once, whatever text it is from."""
    return float(np.exp(-_real(log_probs, mask).mean()))


def bits_per_byte(log_probs, mask, n_bytes):
    """-log2 p of all texts, divided by their bytes. Division by ln 2 turns nats into bits."""
    return float(-_real(log_probs, mask).sum() / (n_bytes * math.log(2)))
