import numpy as np


def parts_of(folds):
    return [sorted(int(i) for i in test) for _, test in folds]


def test_by_hand(k_fold):
    assert parts_of(k_fold(7, 3)) == [[0, 1, 2], [3, 4], [5, 6]]
    assert parts_of(k_fold(4, 2)) == [[0, 1], [2, 3]]
    assert parts_of(k_fold(8, 3)) == [[0, 1, 2], [3, 4, 5], [6, 7]]
    assert parts_of(k_fold(3, 3)) == [[0], [1], [2]]


def test_training_is_the_rest(k_fold):
    for rng in (None, np.random.default_rng(0)):
        for train, test in k_fold(10, 3, rng):
            assert len(train) + len(test) == 10
            assert set(train) | set(test) == set(range(10))


def test_partition_when_shuffled(k_fold):
    for seed in range(5):
        found = parts_of(k_fold(17, 5, np.random.default_rng(seed)))
        assert sorted(sum(found, [])) == list(range(17))
        assert [len(t) for t in found] == [4, 4, 3, 3, 3]
        assert found != parts_of(k_fold(17, 5))
        assert found == parts_of(k_fold(17, 5, np.random.default_rng(seed)))


def test_shuffle_parts_neighbours(k_fold):
    found = parts_of(k_fold(60, 3, np.random.default_rng(9)))
    assert all(t[-1] - t[0] > 20 for t in found)


def test_refuses(k_fold):
    for k in (1, 0, 9):
        try:
            k_fold(8, k)
        except ValueError:
            pass
        else:
            assert False, k
