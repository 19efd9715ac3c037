import numpy as np


def test_sums_to_one(softmax):
    p = softmax(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]))
    assert np.allclose(p.sum(axis=-1), 1)
