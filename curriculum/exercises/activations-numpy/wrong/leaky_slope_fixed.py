# misconception: leaky-slope-ignores-alpha
# says: You hard-code the slope 0.01 on the negative side, so another alpha changes the value but not the gradient.
# repairs: relu#leaky-relu
# caught by: alpha is the slope on the left, 0.01 by default
import math

import numpy as np

_erf = np.vectorize(math.erf, otypes=[float])


def relu(x):
    return np.maximum(x, 0.0)


def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)


def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)


def leaky_relu_grad(x, alpha=0.01):
    return np.where(x > 0, 1.0, 0.01)


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1.0 - s)


def tanh(x):
    return np.tanh(x)


def tanh_grad(x):
    return 1.0 - np.tanh(x) ** 2


def _normal_cdf(x):
    return 0.5 * (1.0 + _erf(x / math.sqrt(2.0)))


def gelu(x):
    return x * _normal_cdf(x)


def gelu_grad(x):
    density = np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
    return _normal_cdf(x) + x * density
