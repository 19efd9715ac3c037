# misconception: variance-as-standard-deviation
# says: You give the variance 2/n_in where the standard deviation is asked, so the weights are far too small.
# repairs: weight-initialization#he-initialization
# caught by: the variance of He is 2 / n_in
import math


def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, 2.0 / n_in, size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
