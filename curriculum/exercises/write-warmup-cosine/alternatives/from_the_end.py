"""Asks first whether the run is over, then counts the steps that are left."""

import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    left = total - step
    if left <= 0:
        return floor
    length = total - warmup
    if left > length:
        return peak - peak * (left - length) / warmup
    middle, swing = (peak + floor) / 2, (peak - floor) / 2
    return middle - swing * math.cos(math.pi * left / length)
