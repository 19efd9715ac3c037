# misconception: schedule-cosine-counted-from-zero
# says: You measure the decay from step 0; when the warm-up ends the cosine has already fallen, so the rate jumps down and never is the peak.
# repairs: learning-rate-schedules#cosine-annealing
# caught by: the pieces meet without a jump
import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return peak * step / warmup
    progress = min(step / total, 1.0)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
