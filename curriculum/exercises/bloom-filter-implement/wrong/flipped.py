# misconception: bloom-flips-bits
# says: You flip the bits; an item added twice, or one that shares a bit with another, is then lost, and "no" is no longer certain.
# repairs: bloom-filter#failure-modes
# caught by: adding twice changes nothing
import math

import numpy as np


class BloomFilter:
    def __init__(self, size, count, hash_function):
        self.bits = np.zeros(size, dtype=bool)
        self.count = count
        self.hash_function = hash_function

    def positions(self, item):
        return [self.hash_function(item, i) % len(self.bits) for i in range(self.count)]

    def add(self, item):
        self.bits[self.positions(item)] ^= True

    def contains(self, item):
        return bool(self.bits[self.positions(item)].all())

    def fill(self):
        return float(self.bits.mean())


def bloom_parameters(items, rate):
    size = math.ceil(-items * math.log(rate) / math.log(2) ** 2)
    return size, max(1, round(size / items * math.log(2)))
