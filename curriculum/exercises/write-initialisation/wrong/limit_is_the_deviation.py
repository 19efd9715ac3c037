# misconception: uniform-limit-as-deviation
# says: You use the standard deviation as the limit of the uniform distribution, whose variance is then a third of what it should be.
# repairs: weight-initialization#xavier-initialization
# caught by: the variance of Xavier is 2 / (n_in + n_out)
import math


def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, math.sqrt(2.0 / n_in), size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(2.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
