# misconception: tests-look-at-the-shape-only
# says: Your tests look at shapes and sums alone; most wrong programs have the right shape, so compare values that you worked out by hand.
# caught by: wrong programs are caught
import numpy as np


def test_shapes(causal_mask, causal_softmax):
    assert causal_mask(2, 3).shape == (2, 3)
    assert causal_softmax(np.zeros((2, 3))).shape == (2, 3)
