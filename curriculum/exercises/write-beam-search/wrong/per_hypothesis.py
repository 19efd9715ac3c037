# misconception: best-extension-per-hypothesis
# says: You keep the best extension of each hypothesis; the selection is over all candidates together, and a good hypothesis may send on several.
# repairs: beam-search#common-mistakes
# caught by: the candidates of all hypotheses compete
import numpy as np


def beam_search(next_log_probs, prompt, stop, width, max_new, alpha):
    live, finished = [([], 0.0)], []
    for _ in range(max_new):
        candidates = [
            (tokens + [token], total + float(log_p))
            for tokens, total in live
            for token, log_p in enumerate(next_log_probs(list(prompt) + tokens))
            if log_p > -np.inf
        ]
        if len(live) == 1:
            best = sorted(candidates, key=lambda c: c[1], reverse=True)[:width]
        else:
            best = []
            for parent, _ in live:
                own = [c for c in candidates if c[0][:-1] == parent]
                best += sorted(own, key=lambda c: c[1], reverse=True)[: max(1, width // len(live))]
        finished += [c for c in best if c[0][-1] == stop]
        live = [c for c in best if c[0][-1] != stop]
    scored = [(total / len(tokens) ** alpha, tokens) for tokens, total in finished + live]
    score, tokens = max(scored)
    return tokens, score
