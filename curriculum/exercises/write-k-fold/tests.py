"""What the splits of k-fold cross-validation must be."""

import numpy as np

from cairn.judge import checks as c


class Sizes(c.Strategy):
    """A pair (n, k) with 2 <= k <= n."""

    def draw(self, rng, sizes, turn):
        n = 2 + turn if turn < 6 else int(rng.integers(2, 25))
        return n, int(rng.integers(2, n + 1))

    def simpler(self, value):
        n, k = value
        if n > k:
            yield n - 1, k
        if k > 2:
            yield n, k - 1
            yield n - 1, k - 1


def must(holds, message):
    """A failed check with this message, unless it holds."""
    if not holds:
        raise c.failed("the splits are right", message)


def folds(learner, n, k, *rng):
    """The folds as lists of integers, after a look at their form."""
    got = learner.k_fold(n, k, *rng)
    pairs = isinstance(got, list | tuple) and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in got)
    must(pairs, "Return a list of pairs (train, test).")
    must(len(got) == k, f"There are {len(got)} pairs for k = {k}.")
    for part in (np.asarray(part) for pair in got for part in pair):
        must(
            part.ndim == 1 and part.dtype.kind in "iu",
            "train and test are one-dimensional arrays of integers, the indices themselves;"
            f" here is one of shape {part.shape} and dtype {part.dtype}.",
        )
    return [(np.asarray(train).tolist(), np.asarray(test).tolist()) for train, test in got]


def tested_once(tests, n):
    """A complaint unless the test sets hold each index once."""
    found = sorted(index for test in tests for index in test)
    twice = sorted({i for i in found if found.count(i) > 1})
    never = sorted(set(range(n)) - set(found))
    must(not twice, f"The indices {twice} are tested more than once: test sets {tests}.")
    must(not never, f"The indices {never} are never tested: test sets {tests}.")
    must(found == list(range(n)), f"The test sets {tests} hold more than the indices 0 to {n - 1}.")


@c.check("every index is tested once")
def every_index_is_tested_once(learner, reference, rng):
    def holds(size):
        tested_once([test for _, test in folds(learner, *size)], size[0])

    c.property(holds, Sizes(), examples=12)


@c.check("train and test are apart and together complete")
def train_and_test_are_apart(learner, reference, rng):
    def holds(size, shuffled):
        n, k = size
        for train, test in folds(learner, n, k, *([c.generator(5)] if shuffled else [])):
            both = sorted(set(train) & set(test))
            must(not both, f"The indices {both} are in train and in test: the model has seen them.")
            must(
                sorted(train + test) == list(range(n)),
                f"train {train} and test {test} do not hold each of the {n} indices once.",
            )

    c.property(holds, Sizes(), c.sampled(False, True), examples=12)


@c.check("the folds are nearly equal, the longer ones first")
def nearly_equal_folds(learner, reference, rng):
    def holds(size):
        n, k = size
        for rng in ([], [c.generator(3)]):
            got = [len(test) for _, test in folds(learner, n, k, *rng)]
            wanted = [n // k + (i < n % k) for i in range(k)]
            must(
                got == wanted,
                f"{n} = {n // k} x {k} + {n % k}: the test sets should have the sizes {wanted}, not {got}.",
            )

    c.property(holds, Sizes(), examples=10)


@c.check("without a generator the test sets are stretches in order")
def in_order(learner, reference, rng):
    def holds(size):
        got = [sorted(test) for _, test in folds(learner, *size)]
        wanted = [sorted(test) for _, test in folds(reference, *size)]
        must(got == wanted, f"The test sets should be {wanted}, not {got}.")

    c.property(holds, Sizes(), examples=8)


@c.check("shuffled test sets share no index")
def shuffled_folds_share_no_index(learner, reference, rng):
    def holds(size, seed):
        tested_once([test for _, test in folds(learner, *size, c.generator(seed))], size[0])

    c.property(holds, Sizes(), c.integers(0, 1000), examples=10)


@c.check("the same seed gives the same folds")
def same_seed_same_folds(learner, reference, rng):
    seen = []
    for seed in (1, 1, 2):
        seen.append([sorted(test) for _, test in folds(learner, 40, 4, c.generator(seed))])
    must(seen[0] == seen[1], "Two generators of the same seed give different folds: draw from `rng` only.")
    must(seen[0] != seen[2], "Generators of the seeds 1 and 2 give the same folds: draw from `rng`.")


@c.check("the shuffle parts neighbours")
def neighbours_are_parted(learner, reference, rng):
    # 600 indices, 30 folds of 20. The pairs (0, 1), (2, 3), ... share a fold with probability 19/599 each, so
    # of 300 pairs 9.5 do, with a standard deviation of about 3. A right shuffle has more than 40 of them once in
    # 10^9 times; consecutive stretches have 300.
    got = folds(learner, 600, 30, c.generator(int(rng.integers(1 << 30))))
    home = {index: number for number, (_, test) in enumerate(got) for index in test}
    together = sum(home.get(2 * i) == home.get(2 * i + 1) for i in range(300))
    if together > 40:
        message = (
            f"Of 300 pairs of neighbours {together} share a fold, where chance gives about 10."
            " Shuffle the examples, not the folds."
        )
        raise c.failed("the shuffle parts neighbours", message, detail={"together": together, "expected": 9.5})


@c.check("k must lie between 2 and n")
def bad_k(learner, reference, rng):
    for n, k in ((5, 1), (5, 0), (5, -2), (5, 6), (1, 2), (1, 1)):
        c.raises(learner.k_fold, n, k)
    must(len(folds(learner, 5, 5)) == 5, "k = n is allowed: each example is a fold of its own.")
    must(len(folds(learner, 5, 2)) == 2, "k = 2 is allowed.")
