# misconception: schedule-linear-decay-for-cosine
# says: Your decay is a straight line; the cosine falls slowly at both ends and fastest half-way.
# repairs: learning-rate-schedules#cosine-annealing
# caught by: the decay is half a cosine wave


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return peak * step / warmup
    progress = min((step - warmup) / (total - warmup), 1.0)
    return peak + (floor - peak) * progress
