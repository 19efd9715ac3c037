"""All bits in one Python integer."""

import math


class BloomFilter:
    def __init__(self, size, count, hash_function):
        self.size, self.count, self.h = size, count, hash_function
        self.word = 0

    def mask(self, item):
        mask = 0
        for i in range(self.count):
            mask |= 1 << (self.h(item, i) % self.size)
        return mask

    def add(self, item):
        self.word |= self.mask(item)

    def contains(self, item):
        mask = self.mask(item)
        return self.word & mask == mask

    def fill(self):
        return bin(self.word).count("1") / self.size


def bloom_parameters(items, rate):
    size = math.ceil(items * math.log2(1 / rate) / math.log(2))
    count = int(size / items * math.log(2) + 0.5)
    return size, count or 1
