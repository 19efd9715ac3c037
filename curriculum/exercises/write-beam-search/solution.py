"""Beam search: live hypotheses compete by their sums, the survivors of all lengths by a normalised score."""

import numpy as np


def beam_search(next_log_probs, prompt, stop, width, max_new, alpha):
    """The new tokens of the best hypothesis, and its score."""
    live, finished = [([], 0.0)], []
    for _ in range(max_new):
        # One list for all: the best hypothesis may send on several candidates, another one none.
        candidates = [
            (tokens + [token], total + float(log_p))
            for tokens, total in live
            for token, log_p in enumerate(next_log_probs(list(prompt) + tokens))
            if log_p > -np.inf
        ]
        # All candidates have the same length here, so the plain sums are comparable.
        best = sorted(candidates, key=lambda c: c[1], reverse=True)[:width]
        finished += [c for c in best if c[0][-1] == stop]
        live = [c for c in best if c[0][-1] != stop]
    # The lengths differ now. A live hypothesis was cut off by the limit and counts as well.
    scored = [(total / len(tokens) ** alpha, tokens) for tokens, total in finished + live]
    score, tokens = max(scored)
    return tokens, score
