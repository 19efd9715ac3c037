import numpy as np


def logsumexp(x):
    shift = np.max(x, axis=-1)
    return shift + np.log(np.sum(np.exp(x - np.expand_dims(shift, -1)), axis=-1))


def softmax(x):
    return np.exp(x - logsumexp(x)[..., None])
