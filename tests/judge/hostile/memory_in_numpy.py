# tries: all memory at once
# full: memory
# child-only: memory
# plain: memory
import numpy as np


def answer(x):
    np.ones((20000, 20000))
    return 0
