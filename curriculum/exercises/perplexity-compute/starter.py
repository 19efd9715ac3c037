import math

import numpy as np


def perplexity(log_probs, mask):
    """The perplexity over all real tokens of a batch.

    log_probs: (B, T) natural logarithms of the probabilities of the tokens; anything at padding
    mask: (B, T) 1 or True at real tokens, 0 or False at padding
    Returns a float. Raises ValueError when there is no real token.
    """
    raise NotImplementedError


def bits_per_byte(log_probs, mask, n_bytes):
    """The bits that the model needs for one byte of the texts.

    log_probs, mask: as for `perplexity`
    n_bytes: size of all texts together, >= 1
    Returns a float. Raises ValueError when there is no real token.
    """
    raise NotImplementedError
