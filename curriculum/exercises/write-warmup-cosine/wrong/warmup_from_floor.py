# misconception: schedule-warmup-from-the-floor
# says: Your warm-up climbs from the floor; it starts at 0, since the floor belongs to the end of the run.
# repairs: learning-rate-schedules#learning-rate-warmup
# caught by: the warm-up is a line from zero
import math


def warmup_cosine(step, warmup, total, peak, floor=0.0):
    if step < warmup:
        return floor + (peak - floor) * step / warmup
    progress = min((step - warmup) / (total - warmup), 1.0)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
