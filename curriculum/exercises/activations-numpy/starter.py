import math

import numpy as np


def relu(x):
    """max(0, x), entry by entry. x: any shape. Returns the same shape."""
    raise NotImplementedError


def relu_grad(x):
    """Slope of relu at x: 1 where x > 0, else 0. Same shape as x."""
    raise NotImplementedError


def leaky_relu(x, alpha=0.01):
    """x where x > 0, else alpha * x. Same shape as x."""
    raise NotImplementedError


def leaky_relu_grad(x, alpha=0.01):
    """Slope of leaky_relu at x: 1 where x > 0, else alpha. Same shape as x."""
    raise NotImplementedError


def sigmoid(x):
    """1 / (1 + exp(-x)), without overflow. Same shape as x."""
    raise NotImplementedError


def sigmoid_grad(x):
    """Slope of sigmoid at the input x. Same shape as x."""
    raise NotImplementedError


def tanh(x):
    """Hyperbolic tangent. Same shape as x."""
    raise NotImplementedError


def tanh_grad(x):
    """Slope of tanh at the input x. Same shape as x."""
    raise NotImplementedError


def gelu(x):
    """x * Phi(x) with the distribution function Phi of the standard normal: the exact form. Same shape as x."""
    raise NotImplementedError


def gelu_grad(x):
    """Slope of gelu at x. Same shape as x."""
    raise NotImplementedError
