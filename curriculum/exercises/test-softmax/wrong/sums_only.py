# misconception: tests-look-at-the-shape-only
# says: Your tests look at shapes and sums alone; most wrong programs have the right shape, so compare values that you worked out by hand.
# caught by: wrong programs are caught
import numpy as np


def test_sums(softmax):
    p = softmax(np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert p.shape == (2, 2)
    assert np.allclose(p.sum(axis=-1), 1)
