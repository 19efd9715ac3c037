# misconception: tests-demand-exact-floats
# says: You compare floating-point numbers with ==; a right program that computes in another order differs in the last digit, so allow a tolerance.
# caught by: right programs raise no alarm
import numpy as np


def test_values(softmax):
    x = np.array([[0.1, 0.7, 0.2, 1.3, -0.4], [0.3, 0.3, 0.9, 2.2, 0.123]])
    e = np.exp(x)
    assert (softmax(x) == e / e.sum(axis=-1, keepdims=True)).all()


def test_backward(softmax_backward):
    p, grad = np.array([0.1, 0.2, 0.7]), np.array([3.0, -1.0, 0.5])
    assert (softmax_backward(p, grad) == (np.diag(p) - np.outer(p, p)) @ grad).all()
