"""Mixes peak and floor with the squared cosine of half the angle, and finds the piece with np.interp."""

import numpy as np


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if warmup > 0 and step <= warmup:
        return float(np.interp(step, [0, warmup], [0.0, peak]))
    angle = np.interp(step, [warmup, total], [0.0, np.pi / 2])
    share = np.cos(angle) ** 2
    return float(share * peak + (1.0 - share) * floor)
