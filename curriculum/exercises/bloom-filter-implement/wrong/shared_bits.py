# misconception: bloom-bits-shared-by-all-filters
# says: You keep the bits in the class, so all filters write into the same ones; state belongs to the object and is made in __init__.
# repairs: bloom-filter#statement
# caught by: an empty filter contains nothing
import math

import numpy as np


class BloomFilter:
    marked = {}

    def __init__(self, size, count, hash_function):
        self.bits = self.marked.setdefault(size, np.zeros(size, dtype=bool))
        self.count = count
        self.hash_function = hash_function

    def positions(self, item):
        return [self.hash_function(item, i) % len(self.bits) for i in range(self.count)]

    def add(self, item):
        self.bits[self.positions(item)] = True

    def contains(self, item):
        return bool(self.bits[self.positions(item)].all())

    def fill(self):
        return float(self.bits.mean())


def bloom_parameters(items, rate):
    size = math.ceil(-items * math.log(rate) / math.log(2) ** 2)
    return size, max(1, round(size / items * math.log(2)))
