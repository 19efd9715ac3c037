"""The image is carried along; lengths by hand; the residual from its own formula."""

import math

import numpy as np


def _length(x):
    return math.sqrt(sum(float(t) ** 2 for t in x))


def power_iteration(a, x0, tol, max_steps):
    v = np.array(x0, dtype=float) / _length(x0)
    image = np.dot(a, v)
    left = max_steps
    while True:
        value = float((v * image).sum())
        done = _length(image - value * v) <= tol * abs(value)
        if done or left == 0:
            return value, v, bool(done)
        v = image / _length(image)
        image = np.dot(a, v)
        left -= 1
