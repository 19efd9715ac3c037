# misconception: schedule-decay-lasts-total-steps
# says: You stretch the decay over total steps after the warm-up; it has only total - warmup, so the run ends before the rate reaches the floor.
# repairs: learning-rate-schedules#cosine-annealing
# caught by: the rate falls to the floor
import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return peak * step / warmup
    progress = min((step - warmup) / total, 1.0)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
