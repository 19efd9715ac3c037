# misconception: score-of-the-last-token
# says: You rank candidates by the log-probability of their last token alone; the score of a hypothesis is the sum over all its tokens.
# repairs: beam-search#statement
# caught by: the candidates of all hypotheses compete
import numpy as np


def beam_search(next_log_probs, prompt, stop, width, max_new, alpha):
    live, finished = [([], 0.0)], []
    for _ in range(max_new):
        candidates = [
            (tokens + [token], float(log_p))
            for tokens, total in live
            for token, log_p in enumerate(next_log_probs(list(prompt) + tokens))
            if log_p > -np.inf
        ]
        best = sorted(candidates, key=lambda c: c[1], reverse=True)[:width]
        finished += [c for c in best if c[0][-1] == stop]
        live = [c for c in best if c[0][-1] != stop]
    scored = [(total / len(tokens) ** alpha, tokens) for tokens, total in finished + live]
    score, tokens = max(scored)
    return tokens, score
