# misconception: fan-out-for-fan-in
# says: You divide by the number of outputs; a unit adds up its inputs, and their number sets the scale.
# repairs: weight-initialization#he-initialization
# caught by: the variance of He is 2 / n_in
import math


def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, math.sqrt(2.0 / n_out), size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
