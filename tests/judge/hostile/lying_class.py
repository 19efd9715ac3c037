# tries: an object that says it is an array
# full: wrong
# child-only: wrong
# plain: wrong
import numpy as np


class Disguise:
    @property
    def __class__(self):
        return np.ndarray


def answer(x):
    return Disguise()
