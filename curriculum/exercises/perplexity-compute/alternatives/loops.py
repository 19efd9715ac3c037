"""Token by token, in plain Python."""

import math


def _total(log_probs, mask):
    total, count = 0.0, 0
    for row, real in zip(log_probs, mask):
        for value, is_real in zip(row, real):
            if is_real:
                total += float(value)
                count += 1
    if not count:
        raise ValueError("no tokens")
    return total, count


def perplexity(log_probs, mask):
    total, count = _total(log_probs, mask)
    return math.exp(-total / count)


def bits_per_byte(log_probs, mask, n_bytes):
    return -_total(log_probs, mask)[0] / math.log(2) / n_bytes
