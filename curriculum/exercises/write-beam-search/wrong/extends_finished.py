# misconception: finished-beams-extended
# says: You go on extending a hypothesis after its stop token; what the model says after the end is not part of the text.
# repairs: beam-search#common-mistakes
# caught by: finished hypotheses grow no more
import numpy as np


def beam_search(next_log_probs, prompt, stop, width, max_new, alpha):
    live = [([], 0.0)]
    for _ in range(max_new):
        candidates = [
            (tokens + [token], total + float(log_p))
            for tokens, total in live
            for token, log_p in enumerate(next_log_probs(list(prompt) + tokens))
            if log_p > -np.inf
        ]
        best = sorted(candidates, key=lambda c: c[1], reverse=True)[:width]
        live = best
    scored = [(total / len(tokens) ** alpha, tokens) for tokens, total in live]
    score, tokens = max(scored)
    return tokens, score
