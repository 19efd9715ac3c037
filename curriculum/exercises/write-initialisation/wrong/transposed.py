# misconception: weights-transposed
# says: You return (n_in, n_out), but the layer computes W x with one row for each output.
# repairs: forward-propagation#statement
# caught by: the shape is (n_out, n_in)
import math


def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, math.sqrt(2.0 / n_in), size=(n_in, n_out))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_in, n_out))
