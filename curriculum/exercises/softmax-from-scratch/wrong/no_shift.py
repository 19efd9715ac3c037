# misconception: no-maximum-subtracted
# says: You exponentiate the raw scores; from about 709 (89 in float32) the exponential is infinite and the quotient is NaN.
# repairs: numerically-stable-softmax#failure-modes
# caught by: large scores do no harm
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    e = np.exp(x)
    total = e.sum(axis=axis, keepdims=True)
    return e / np.where(total == 0, 1, total)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.asarray(p), np.asarray(grad)
    return p * (grad - (p * grad).sum(axis=axis, keepdims=True))
