# misconception: xavier-normal-for-uniform
# says: You draw normal numbers of the right variance where uniform ones were asked, so some weights lie beyond the limit.
# repairs: weight-initialization#xavier-initialization
# caught by: Xavier is uniform up to its limit
import math


def he_normal(n_in, n_out, rng):
    return rng.normal(0.0, math.sqrt(2.0 / n_in), size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    return rng.normal(0.0, math.sqrt(2.0 / (n_in + n_out)), size=(n_out, n_in))
