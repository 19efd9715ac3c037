"""What a Bloom filter does, however it keeps its bits."""

import numpy as np

from cairn.judge import checks as c

# A hash that spreads whole numbers well, and plain ones whose positions are seen at a glance.
MIXED = (
    "lambda item, i: (lambda v: (v ^ v >> 29) * 0x94D049BB133111EB % 2**64 >> 32)"
    "((lambda v: (v ^ v >> 31) * 0xBF58476D1CE4E5B9 % 2**64)((item * 8 + i + 1) * 0x9E3779B97F4A7C15 % 2**64))"
)
PLAIN = "lambda item, i: item + 3 * i"
SPREAD = "lambda item, i: item * (2 * i + 1) + i * i - 40"


def asked(found, items):
    """The answers for many items in one round trip."""
    answers, problem = found.contains.map([((int(item),), {}) for item in items])
    if problem is not None:
        raise problem
    return answers


def filled(module, size, count, source, items):
    """A filter that holds some items."""
    found = module.BloomFilter(size, count, c.function(source))
    _, problem = found.add.map([((int(item),), {}) for item in items])
    if problem is not None:
        raise problem
    return found


ITEMS = c.lists(c.integers(0, 60), max_size=6)


@c.check("what was added is contained")
def added(learner, reference, rng):
    def holds(items, size, count):
        """there are no false negatives"""
        found = filled(learner, size, count, SPREAD, items)
        for item, answer in zip(items, asked(found, items), strict=True):
            assert answer, f"{item} was added, and contains says no. That answer must never be wrong."

    c.property(holds, ITEMS, c.sampled(16, 8, 31), c.sampled(1, 2, 3), examples=8)


@c.check("an item is reported when all its bits are set")
def answers(learner, reference, rng):
    def scenario(module, items, size, count, source):
        """contains says whether all positions of the item are set, whoever set them"""
        found = filled(module, size, count, source, items)
        return [bool(a) for a in asked(found, range(30))], found.fill()

    sources = c.sampled(PLAIN, SPREAD)
    c.same_behaviour(learner, reference, scenario, ITEMS, c.sampled(10, 23, 1), c.sampled(2, 1, 3), sources, examples=8)


@c.check("an empty filter contains nothing")
def empty(learner, reference, rng):
    found = filled(learner, 12, 3, PLAIN, [])
    assert not any(asked(found, range(12))), "Nothing was added, and yet contains says yes."
    c.close(found.fill(), 0.0, what="fill of an empty filter")
    used = filled(learner, 12, 3, PLAIN, [1, 2])
    fresh = filled(learner, 12, 3, PLAIN, [])
    assert not any(asked(fresh, range(12))), "A new filter contains what was added to another one."
    assert used.contains(1), "A filter lost its items when another one was made."


@c.check("adding twice changes nothing")
def twice(learner, reference, rng):
    found = filled(learner, 12, 2, PLAIN, [4, 4])
    c.close(
        found.fill(), 2 / 12, what="the share of bits set after adding 4 twice",
        message="Bits are set, not flipped and not counted.",
    )  # fmt: skip
    assert found.contains(4), "4 was added twice and is not contained."


@c.check("asking changes nothing")
def asking(learner, reference, rng):
    found = filled(learner, 20, 2, PLAIN, [4])
    asked(found, range(20))
    c.close(found.fill(), 2 / 20, what="the share of bits set", message="contains must not set bits.")
    assert not found.contains(5), "After contains was asked for 5 it says that 5 is there, though nobody added it."


@c.check("false positives are as rare as the theory says")
def rate(learner, reference, rng):
    for size, count, n in ((256, 3, 75), (256, 5, 60)):
        found = filled(learner, size, count, MIXED, range(n))
        wrong = np.array([bool(a) for a in asked(found, range(1000, 1160))], dtype=float)
        p = (1 - np.exp(-count * n / size)) ** count
        c.statistical(wrong, mean=p, std=float(np.sqrt(p * (1 - p))))
        c.close(
            found.fill(), 1 - np.exp(-count * n / size), rtol=0.12, what="the share of bits set",
            message=f"{n} items with {count} hashes each in {size} bits.",
        )  # fmt: skip


@c.check("size and count follow from the error rate")
def parameters(learner, reference, rng):
    for items, p in ((100, 0.01), (1000, 0.01), (50, 0.001), (7, 0.2), (10, 0.9), (333, 0.5), (1, 1e-6)):
        c.equal(
            list(learner.bloom_parameters(items, p)), list(reference.bloom_parameters(items, p)), inputs=(items, p),
            what="(size, count)",
        )  # fmt: skip


@c.check("items of any kind can be added")
def kinds(learner, reference, rng):
    found = learner.BloomFilter(64, 2, c.function("lambda item, i: len(item) * 7 + i * 5 - 1000"))
    for item in ("tea", ("a", "b", "c", "d", "e")):
        found.add(item)
        assert found.contains(item), f"{item!r} was added and is not contained."
    assert found.contains("cup"), "'cup' has the hashes of 'tea', so the filter cannot know that it was not added."
    assert not found.contains("a"), "'a' was not added, and its bits are not set."
