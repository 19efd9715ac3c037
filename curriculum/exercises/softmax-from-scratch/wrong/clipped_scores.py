# misconception: scores-clipped
# says: You clip the scores to avoid overflow; scores beyond the clip become ties, so the function is another one and its gradient there is zero.
# repairs: numerically-stable-softmax#common-mistakes
# caught by: large scores do no harm
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    e = np.where(x == -np.inf, 0, np.exp(np.clip(x, -80, 80)))
    total = e.sum(axis=axis, keepdims=True)
    return (e / np.where(total == 0, 1, total)).astype(x.dtype)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.asarray(p), np.asarray(grad)
    return p * (grad - (p * grad).sum(axis=axis, keepdims=True))
