import math

import numpy as np


def he_normal(n_in, n_out, rng):
    """Normal weights with variance 2 / n_in, for a layer followed by ReLU.

    n_in, n_out: numbers of inputs and outputs of the layer
    rng: a numpy.random.Generator

    Returns (n_out, n_in), independent entries with mean 0.
    """
    raise NotImplementedError


def xavier_uniform(n_in, n_out, rng):
    """Uniform weights with variance 2 / (n_in + n_out), symmetric about 0.

    n_in, n_out: numbers of inputs and outputs of the layer
    rng: a numpy.random.Generator

    Returns (n_out, n_in), independent entries with mean 0.
    """
    raise NotImplementedError
