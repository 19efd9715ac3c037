import numpy as np


def test_shape(causal_mask):
    assert causal_mask(2, 3).shape == (2, 3)
