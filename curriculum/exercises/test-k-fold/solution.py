import numpy as np


def test_without_shuffle(k_fold):
    for n, k in ((6, 3), (7, 3), (8, 3), (5, 5), (2, 2), (11, 4)):
        folds = k_fold(n, k)
        assert len(folds) == k
        parts = np.array_split(np.arange(n), k)
        for (train, test), part in zip(folds, parts):
            assert list(test) == list(part)
            assert sorted([*train, *test]) == list(range(n))


def test_shuffled(k_fold):
    for seed in range(3):
        folds = k_fold(23, 4, np.random.default_rng(seed))
        assert [len(test) for _, test in folds] == [6, 6, 6, 5]
        assert sorted(i for _, test in folds for i in test) == list(range(23))
        for train, test in folds:
            assert sorted([*train, *test]) == list(range(23))
        assert any(np.ptp(test) >= len(test) for _, test in folds)


def test_same_seed(k_fold):
    one, two = (k_fold(20, 4, np.random.default_rng(3)) for _ in range(2))
    for (train, test), (other_train, other_test) in zip(one, two):
        assert sorted(train) == sorted(other_train)
        assert sorted(test) == sorted(other_test)


def test_other_seed(k_fold):
    one, two = (k_fold(40, 4, np.random.default_rng(seed)) for seed in (1, 2))
    assert any(set(a[1]) != set(b[1]) for a, b in zip(one, two))


def test_neighbours_part(k_fold):
    folds = k_fold(40, 4, np.random.default_rng(5))
    assert all(np.ptp(test) > 9 for _, test in folds)


def test_bad_k(k_fold):
    for n, k in ((5, 1), (5, 6), (3, 0)):
        try:
            k_fold(n, k)
        except ValueError:
            continue
        raise AssertionError(f"k = {k} was taken for n = {n}")
