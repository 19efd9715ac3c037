# misconception: coordinates-one-after-the-other
# says: You update the weights first and take the derivative by b at the new weights; both must come from the same point.
# repairs: gradient-descent#common-mistakes
# caught by: fit takes plain steps from zero
import numpy as np


def loss_and_gradient(w, b, x, y, l2):
    z = x @ w + b
    softplus = z.clip(min=0) + np.log1p(np.exp(-np.abs(z)))
    loss = np.mean(softplus - y * z) + l2 / 2 * (w @ w)
    pull = (_sigmoid(z) - y) / len(y)
    return float(loss), x.T @ pull + l2 * w, float(pull.sum())


def fit(x, y, rate, steps, l2):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        w = w - rate * loss_and_gradient(w, b, x, y, l2)[1]
        b = b - rate * loss_and_gradient(w, b, x, y, l2)[2]
    return w, b


def predict_probability(w, b, x):
    return _sigmoid(x @ w + b)


def _sigmoid(z):
    return np.exp(z.clip(max=0)) / (1 + np.exp(-np.abs(z)))
