# misconception: tests-share-the-misconception
# says: You expect precision where recall is returned; precision asks how many of those predicted positive are positive.
# caught by: right programs raise no alarm
import numpy as np


def test_values(precision_recall_f1):
    truth, said = np.array([1, 1, 1, 0]), np.array([1, 0, 0, 0])
    assert np.allclose(precision_recall_f1(truth, said)[:2], (1 / 3, 1))
