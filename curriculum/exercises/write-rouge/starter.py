def rouge_n(candidate, reference, n):
    """The F1 of the n-grams that two texts share, each counted at most as often as in either text.

    candidate, reference: lists of tokens (strings or ints), possibly empty
    n: length of the n-grams, >= 1
    Returns a float from 0 to 1.
    """
    raise NotImplementedError


def rouge_l(candidate, reference):
    """The F1 of the longest common subsequence.

    candidate, reference: lists of tokens (strings or ints), possibly empty
    Returns a float from 0 to 1.
    """
    raise NotImplementedError
