# misconception: bloom-neighbouring-positions
# says: You hash once and take the places beside it; the bits of an item then depend on each other and the false-positive rate rises.
# repairs: bloom-filter#failure-modes
# caught by: false positives are as rare as the theory says
import math

import numpy as np


class BloomFilter:
    def __init__(self, size, count, hash_function):
        self.bits = np.zeros(size, dtype=bool)
        self.count = count
        self.hash_function = hash_function

    def positions(self, item):
        return [(self.hash_function(item, 0) + i) % len(self.bits) for i in range(self.count)]

    def add(self, item):
        self.bits[self.positions(item)] = True

    def contains(self, item):
        return bool(self.bits[self.positions(item)].all())

    def fill(self):
        return float(self.bits.mean())


def bloom_parameters(items, rate):
    size = math.ceil(-items * math.log(rate) / math.log(2) ** 2)
    return size, max(1, round(size / items * math.log(2)))
