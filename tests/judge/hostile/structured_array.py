# tries: an array of records
# full: wrong
# child-only: wrong
# plain: wrong
import numpy as np


def answer(x):
    return np.zeros(3, dtype=[('a', 'i4'), ('b', 'O')])
