import numpy as np


def test_all_four_counts_differ(precision_recall_f1):
    truth = np.array([1] * 5 + [0] * 9)
    said = np.array([1, 1, 1, 0, 0] + [1] + [0] * 8)
    assert np.allclose(precision_recall_f1(truth, said), (3 / 4, 3 / 5, 2 / 3))
    assert np.allclose(precision_recall_f1(said, truth), (3 / 5, 3 / 4, 2 / 3))


def test_one_of_each(precision_recall_f1):
    assert np.allclose(precision_recall_f1(np.array([1, 1, 0, 0]), np.array([1, 0, 1, 0])), (0.5, 0.5, 0.5))
    assert np.allclose(precision_recall_f1(np.array([1, 1]), np.array([1, 0])), (1, 0.5, 2 / 3))
    assert np.allclose(precision_recall_f1(np.array([1, 0]), np.array([1, 1])), (0.5, 1, 2 / 3))


def test_other_classes(precision_recall_f1):
    truth, said = np.array([2, 2, 3, 1, 1, 2]), np.array([2, 3, 2, 1, 2, 2])
    assert np.allclose(precision_recall_f1(truth, said, positive=2), (0.5, 2 / 3, 4 / 7))
    assert np.allclose(precision_recall_f1(truth, said, positive=3), (0, 0, 0))
    assert np.allclose(precision_recall_f1(truth, said), (1, 0.5, 2 / 3))


def test_zero_is_a_class(precision_recall_f1):
    truth, said = np.array([0, 0, 0, 1]), np.array([0, 1, 0, 0])
    assert np.allclose(precision_recall_f1(truth, said, positive=0), (2 / 3, 2 / 3, 2 / 3))
    assert np.allclose(precision_recall_f1(truth, said), (0, 0, 0))


def test_nothing_there(precision_recall_f1):
    nothing, some = np.zeros(3, dtype=int), np.array([1, 0, 1])
    assert np.allclose(precision_recall_f1(nothing, nothing), (0, 0, 0))
    assert np.allclose(precision_recall_f1(nothing, some), (0, 0, 0))
    assert np.allclose(precision_recall_f1(some, nothing), (0, 0, 0))
