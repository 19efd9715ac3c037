# misconception: tests-one-example-only
# says: You try one ordinary example; bugs live at the edges, so add the smallest, the largest and the strangest input that is allowed.
# caught by: wrong programs are caught
import numpy as np


def test_perfect(precision_recall_f1):
    y = np.array([1, 0, 1, 1])
    assert np.allclose(precision_recall_f1(y, y), (1, 1, 1))
