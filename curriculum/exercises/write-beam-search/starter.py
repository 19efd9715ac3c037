import numpy as np


def beam_search(next_log_probs, prompt, stop, width, max_new, alpha):
    """The best continuation that a beam of a given width finds.

    next_log_probs: function from a list of ids, prompt first, to log-probabilities (V,) of the next token
    prompt: list of ids; unchanged by the call
    stop: id that finishes a hypothesis
    width: number of candidates that are kept in each step, >= 1
    max_new: at most this many tokens are added, >= 1
    alpha: exponent of the length in the final score s / T**alpha, >= 0
    Returns (tokens, score): list of the T new ids, `stop` included, and the normalised score, a float.
    """
    raise NotImplementedError
