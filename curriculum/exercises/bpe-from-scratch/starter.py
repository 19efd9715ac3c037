def train_bpe(word_counts, n_merges):
    """Learn the merges of byte-level byte-pair encoding.

    word_counts: dict from word (str) to how often it occurs (positive int)
    n_merges: largest number of merges

    Returns a list of pairs of ids, in the order learnt. Ids 0 to 255 are bytes; merge number k, counted
    from 0, creates the id 256 + k. Ties go to the smallest pair.
    """
    raise NotImplementedError
