import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return peak * step / warmup

    # The decay has its own clock: 0 when the warm-up ends, 1 at the last step, and no further,
    # for beyond that the cosine would rise again.
    progress = min((step - warmup) / (total - warmup), 1.0)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
