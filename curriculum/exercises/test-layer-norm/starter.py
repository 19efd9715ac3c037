import numpy as np


def test_example(layer_norm):
    y = layer_norm(np.array([1.0, 2.0, 3.0, 6.0]), np.ones(4), np.zeros(4))
    assert np.allclose(y, [-1.07, -0.53, 0, 1.60], atol=0.01)
