# misconception: tests-bounds-only
# says: You test that the values lie between 0 and 1; nearly every wrong formula stays there too.
# caught by: wrong programs are caught
import numpy as np


def test_bounds(precision_recall_f1):
    for value in precision_recall_f1(np.array([1, 0, 1]), np.array([1, 1, 0])):
        assert 0 <= value <= 1
