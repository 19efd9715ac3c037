"""A pair is a complex number, and a rotation is a product with a number of length one."""

import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    z = x[..., 0::2] + 1j * x[..., 1::2]
    theta = np.exp(-np.log(base) * 2 * np.arange(d // 2) / d)
    turned = z * np.exp(1j * np.asarray(positions)[:, None] * theta)
    return np.stack([turned.real, turned.imag], axis=-1).reshape(x.shape)
