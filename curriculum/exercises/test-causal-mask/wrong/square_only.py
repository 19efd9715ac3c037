# misconception: tests-one-example-only
# says: You try one ordinary example; bugs live at the edges, so add the smallest, the largest and the strangest input that is allowed.
# caught by: wrong programs are caught
import numpy as np


def test_square(causal_mask):
    assert np.array_equal(causal_mask(2, 2), [[1, 0], [1, 1]])
