# tries: a result of a gigabyte
# full: wrong memory
# child-only: wrong memory
# plain: wrong memory
import numpy as np


def answer(x):
    return np.zeros(1 << 26)
