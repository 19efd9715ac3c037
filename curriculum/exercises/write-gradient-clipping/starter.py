import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    """Scale all gradients by one factor, so that together they are no longer than the limit.

    gradients: list of arrays of any shapes, float32 or float64
    limit: the greatest length allowed, at least 0.1

    Returns (clipped, norm): the list of scaled arrays, and the length of all gradients together before clipping.
    """
    raise NotImplementedError
