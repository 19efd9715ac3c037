# misconception: tests-without-an-assertion
# says: Your tests call the function and assert nothing about the result; only a crash would fail them.
# caught by: wrong programs are caught
import numpy as np


def test_runs(softmax, softmax_backward):
    p = softmax(np.ones((2, 3)))
    softmax_backward(p, p)
