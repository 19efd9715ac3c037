# tries: an array of objects
# full: wrong
# child-only: wrong
# plain: wrong
import numpy as np


def answer(x):
    return np.array([object()])
