# misconception: gelu-slope-without-product-rule
# says: You differentiate x·Φ(x) as if Φ were a constant: the term x·φ(x) of the product rule is missing.
# repairs: gelu#derivation
# caught by: the slopes match difference quotients
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
    return np.where(x > 0, 1.0, alpha)


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
    return _normal_cdf(x)
