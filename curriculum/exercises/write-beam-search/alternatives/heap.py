"""Bounded heaps instead of sorting, and a running best of what has finished."""

import heapq
import math


def beam_search(next_log_probs, prompt, stop, width, max_new, alpha):
    live = [(0.0, [])]
    best = (-math.inf, [])
    for step in range(1, max_new + 1):
        heap = []
        for s, tokens in live:
            for token, log_p in enumerate(next_log_probs([*prompt, *tokens])):
                if log_p == -math.inf:
                    continue
                heapq.heappush(heap, (s + float(log_p), [*tokens, token]))
                if len(heap) > width:
                    heapq.heappop(heap)
        live = []
        for s, tokens in heap:
            if tokens[-1] == stop or step == max_new:
                best = max(best, (s / step**alpha, tokens))
            else:
                live.append((s, tokens))
    return best[1], best[0]
