# misconception: differences-for-gradients
# says: You nudge the parameters one by one, which takes two forward passes for each of them where one sweep back gives all gradients.
# repairs: backpropagation#why
# caught by: the work is that of a few forward passes
import numpy as np


def _loss(X, y, W1, b1, W2, b2):
    z2 = np.maximum(X @ W1.T + b1, 0.0) @ W2.T + b2
    shifted = z2 - z2.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y])


def loss_and_gradients(X, y, W1, b1, W2, b2):
    parameters = {"W1": W1.copy(), "b1": b1.copy(), "W2": W2.copy(), "b2": b2.copy()}
    gradients = {}
    for name, p in parameters.items():
        gradients[name] = np.zeros(p.shape)
        for place in np.ndindex(p.shape):
            old = p[place]
            p[place] = old + 1e-5
            above = _loss(X, y, **parameters)
            p[place] = old - 1e-5
            below = _loss(X, y, **parameters)
            p[place] = old
            gradients[name][place] = (above - below) / 2e-5
    return _loss(X, y, **parameters), gradients
