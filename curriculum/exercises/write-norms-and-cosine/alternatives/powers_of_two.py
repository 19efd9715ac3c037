"""Scale by a power of two, which rounds nothing."""

import numpy as np


def l1_norm(x):
    return abs(np.array(x, dtype=np.float64)) @ np.ones(np.shape(x)[-1])


def linf_norm(x):
    return np.amax(np.fabs(x), axis=-1).astype(np.float64)


def l2_norm(x):
    x = np.array(x, dtype=np.float64)
    _, exponent = np.frexp(linf_norm(x))
    y = np.ldexp(x, -exponent[..., None])
    return np.ldexp(np.sqrt(np.einsum("...i,...i->...", y, y)), exponent)


def cosine_similarity(a, b):
    def unit(x):
        x = np.array(x, dtype=np.float64)
        _, exponent = np.frexp(linf_norm(x))
        x = np.ldexp(x, -exponent[:, None])
        length = l2_norm(x)
        length[length == 0] = np.inf
        return x / length[:, None]

    return np.einsum("id,jd->ij", unit(a), unit(b)).clip(-1, 1)
