# misconception: tests-one-example-only
# says: You try one ordinary example; bugs live at the edges, so add the smallest, the largest and the strangest input that is allowed.
# caught by: wrong programs are caught
import numpy as np


def test_example(softmax):
    assert np.allclose(softmax(np.array([2.0, 1.0, 0.0])), [0.66524096, 0.24472847, 0.09003057])
