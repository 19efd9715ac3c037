# misconception: schedule-floor-added-on-top
# says: You add the floor to a wave of height peak, so the rate starts at peak + floor; the wave has the height peak - floor.
# repairs: learning-rate-schedules#cosine-annealing
# caught by: the peak is reached and not passed
import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return peak * step / warmup
    progress = min((step - warmup) / (total - warmup), 1.0)
    return floor + peak * (1 + math.cos(math.pi * progress)) / 2
