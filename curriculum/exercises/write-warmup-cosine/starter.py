import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    """The learning rate at one step: linear warm-up, then cosine decay, then constant.

    step: the number of the step, 0, 1, 2, ...
    warmup: the step at which the rate reaches the peak; 0 for no warm-up
    total: the step at which the rate reaches the floor, warmup < total
    peak: the highest rate
    floor: the rate at and after the end

    Returns a float.
    """
    raise NotImplementedError
