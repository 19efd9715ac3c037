# misconception: tests-look-at-the-shape-only
# says: Your tests look at shapes and sums alone; most wrong programs have the right shape, so compare values that you worked out by hand.
# caught by: wrong programs are caught
import numpy as np


def test_shape(layer_norm):
    assert np.shape(layer_norm(np.ones((2, 3)), np.ones(3), np.zeros(3))) == (2, 3)
