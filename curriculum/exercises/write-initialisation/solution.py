import math


def he_normal(n_in, n_out, rng):
    # A unit adds up n_in terms, and the ReLU before it has halved their mean square: the variance 2 / n_in
    # keeps the signal at its size. NumPy wants the standard deviation, its root.
    return rng.normal(0.0, math.sqrt(2.0 / n_in), size=(n_out, n_in))


def xavier_uniform(n_in, n_out, rng):
    # A uniform number on +-a has the variance a^2 / 3. Set it to 2 / (n_in + n_out), the compromise between
    # the way forward (1 / n_in) and the way back (1 / n_out), and solve for a.
    limit = math.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
