"""One Python number at a time."""

import math

import numpy as np


def _each(function, x):
    x = np.asarray(x)
    return np.array([function(v) for v in x.ravel().tolist()], dtype=float).reshape(x.shape)


def relu(x):
    return _each(lambda v: max(v, 0.0), x)


def relu_grad(x):
    return _each(lambda v: float(v > 0), x)


def leaky_relu(x, alpha=0.01):
    return _each(lambda v: max(v, alpha * v), x)


def leaky_relu_grad(x, alpha=0.01):
    return _each(lambda v: 1 if v > 0 else alpha, x)


def sigmoid(x):
    return _each(lambda v: 1 / (1 + math.exp(-v)) if v >= 0 else 1 - 1 / (1 + math.exp(v)), x)


def sigmoid_grad(x):
    return _each(lambda v: math.exp(-abs(v)) / (1 + math.exp(-abs(v))) ** 2, x)


def tanh(x):
    return _each(lambda v: math.copysign(-math.expm1(-2 * abs(v)) / (1 + math.exp(-2 * abs(v))), v), x)


def tanh_grad(x):
    return _each(lambda v: 4 / (math.exp(min(abs(v), 300)) + math.exp(-abs(v))) ** 2, x)


def gelu(x):
    return _each(lambda v: v * math.erfc(-v / math.sqrt(2)) / 2, x)


def gelu_grad(x):
    return _each(lambda v: math.erfc(-v / 2**0.5) / 2 + v * math.exp(-v * v / 2) / (2 * math.pi) ** 0.5, x)
