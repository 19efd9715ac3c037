# misconception: weights-not-centred
# says: You draw between 0 and the limit, so all weights are positive and every unit is pushed the same way.
# repairs: weight-initialization#statement
# caught by: the weights are centred at 0
import math


def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, math.sqrt(2.0 / n_in), size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(0.0, 2.0 * limit, size=(n_out, n_in))
