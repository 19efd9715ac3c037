"""Sigmoid through tanh, masks in place of `where`."""

import math

import numpy as np


def relu(x):
    return x * (x > 0)


def relu_grad(x):
    return (x > 0).astype(float)


def leaky_relu(x, alpha=0.01):
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)


def leaky_relu_grad(x, alpha=0.01):
    slope = np.full(x.shape, alpha)
    slope[x > 0] = 1.0
    return slope


def sigmoid(x):
    return 0.5 + 0.5 * np.tanh(0.5 * x)


def sigmoid_grad(x):
    return 0.25 * tanh_grad(0.5 * x)


def tanh(x):
    return 2 * np.divide(1, 1 + np.exp(-2 * np.clip(x, -350, 350))) - 1


def tanh_grad(x):
    t = tanh(x)
    return (1 - t) * (1 + t)


def _phi(x):
    halves = np.array([math.erf(v / math.sqrt(2)) for v in np.ravel(x)])
    return 0.5 + halves.reshape(np.shape(x)) / 2


def gelu(x):
    return _phi(x) * x


def gelu_grad(x):
    return _phi(x) + np.exp(-np.square(x) / 2) * x * (2 * np.pi) ** -0.5
