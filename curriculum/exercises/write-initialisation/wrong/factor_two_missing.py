# misconception: he-without-factor-two
# says: You use the variance 1/n_in: the factor 2 that makes up for the half cut off by ReLU is missing.
# repairs: weight-initialization#derivation
# caught by: the variance of He is 2 / n_in
import math


def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, math.sqrt(1.0 / n_in), size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
