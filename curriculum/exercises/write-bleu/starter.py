def corpus_bleu(candidates, references, max_n=4):
    """BLEU of a corpus: brevity penalty times the geometric mean of clipped n-gram precisions.

    candidates: list of sentences; a sentence is a list of tokens (strings or ints), possibly empty
    references: list as long; entry i is a list of one or more reference sentences for candidate i
    max_n: n-grams of 1 to max_n tokens count, all orders alike
    Returns a float from 0 to 1; 0.0 if an order has no match.
    """
    raise NotImplementedError
