# misconception: units-start-equal
# says: You draw one row and repeat it, so all units of the layer compute the same and stay copies for ever.
# repairs: weight-initialization#why
# caught by: the weights are independent of each other
import math

import numpy as np


def he_normal(n_in, n_out, rng):
    return np.tile(rng.normal(0.0, math.sqrt(2.0 / n_in), size=n_in), (n_out, 1))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
