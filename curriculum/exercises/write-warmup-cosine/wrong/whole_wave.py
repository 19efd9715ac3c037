# misconception: schedule-whole-cosine-wave
# says: Your angle runs to 2π, a whole wave, so the rate falls only until half-way and then rises back to the peak; the decay is half a wave.
# repairs: learning-rate-schedules#cosine-annealing
# caught by: the rate falls to the floor
import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return peak * step / warmup
    progress = min((step - warmup) / (total - warmup), 1.0)
    return floor + (peak - floor) * (1 + math.cos(2 * math.pi * progress)) / 2
