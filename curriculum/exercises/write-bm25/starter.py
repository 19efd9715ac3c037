import math
from collections import Counter

import numpy as np


def bm25_scores(query, documents, k1=1.5, b=0.75):
    """How well each document answers a query.

    query: list of terms (strings); repeated terms count each time
    documents: list of lists of terms; may be empty, and so may each document
    k1: how late repetitions saturate, at least 0
    b: how much the length matters, from 0 to 1

    Returns one float for each document, in their order.
    """
    raise NotImplementedError
