import numpy as np


def test_arrays(add):
    assert np.allclose(add(np.array([1.0, 5.0]), np.array([2.0, 7.0])), [3.0, 12.0])
