# misconception: sampler-ignores-generator
# says: You make a generator of your own with a fixed seed, so every layer of the same size starts with the same weights.
# repairs: reproducibility#statement
# caught by: all randomness comes from the generator
import math

import numpy as np


def he_normal(n_in, n_out, rng):
    return np.random.default_rng(0).normal(0.0, math.sqrt(2.0 / n_in), size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
