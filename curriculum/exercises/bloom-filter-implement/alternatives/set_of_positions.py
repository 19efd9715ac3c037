"""The positions of the bits that are set, in a set; items themselves are not kept."""

from math import ceil, log


class BloomFilter:
    def __init__(self, size, count, hash_function):
        self.size = size
        self.hashes = [lambda item, i=i: hash_function(item, i) for i in range(count)]
        self.marked = set()

    def add(self, item):
        self.marked.update(h(item) % self.size for h in self.hashes)

    def contains(self, item):
        return all(h(item) % self.size in self.marked for h in self.hashes)

    def fill(self):
        return len(self.marked) / self.size


def bloom_parameters(items, rate):
    size = ceil(-log(rate) * items / log(2) / log(2))
    return size, max(round(log(2) * size / items), 1)
