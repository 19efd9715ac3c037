"""The sums as a matrix (live, V); the best entries by a partition of the flat matrix."""

import numpy as np


def beam_search(next_log_probs, prompt, stop, width, max_new, alpha):
    beams, sums = [()], np.zeros(1)
    done = {}
    while beams and len(beams[0]) < max_new:
        table = np.stack([next_log_probs([*prompt, *beam]) for beam in beams]) + sums[:, None]
        flat = table.ravel()
        top = np.argsort(-flat)[:width]
        top = top[np.isfinite(flat[top])]
        grown = [(*beams[i // table.shape[1]], int(i % table.shape[1])) for i in top]
        keep = []
        for beam, i in zip(grown, top):
            if beam[-1] == stop:
                done[beam] = flat[i]
            else:
                keep.append((beam, flat[i]))
        beams, sums = [beam for beam, _ in keep], np.array([s for _, s in keep])
    done.update(zip(beams, sums))
    best = max(done, key=lambda beam: done[beam] / len(beam) ** alpha)
    return list(best), done[best] / len(best) ** alpha
