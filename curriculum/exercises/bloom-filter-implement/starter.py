import math

import numpy as np


class BloomFilter:
    """A set in few bits, with false positives and no false negatives.

    size: m, the number of bits
    count: k, the number of hash functions
    hash_function: hash_function(item, i) is the i-th hash of an item, any integer, i from 0 to count - 1
    """

    def __init__(self, size, count, hash_function):
        raise NotImplementedError

    def add(self, item):
        """Add an item. Returns nothing."""
        raise NotImplementedError

    def contains(self, item):
        """False: certainly not added. True: probably added."""
        raise NotImplementedError

    def fill(self):
        """The share of bits that are set, from 0 to 1."""
        raise NotImplementedError


def bloom_parameters(items, rate):
    """Size and number of hashes for so many items and such a false-positive rate.

    items: n, at least 1
    rate: p, between 0 and 1

    Returns (size, count), two integers.
    """
    raise NotImplementedError
