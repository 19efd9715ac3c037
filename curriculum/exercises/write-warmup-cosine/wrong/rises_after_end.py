# misconception: schedule-rises-after-the-end
# says: You do not stop the clock at the last step; beyond it the cosine rises again, and a run that goes on a little trains at a growing rate.
# repairs: learning-rate-schedules#cosine-annealing
# caught by: after the end the rate stays at the floor
import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return peak * step / warmup
    progress = (step - warmup) / (total - warmup)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
