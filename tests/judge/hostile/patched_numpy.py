# tries: to replace NumPy where the judge might use it
# full: wrong error forbidden
# child-only: wrong error forbidden
# plain: wrong error forbidden
import sys

import numpy as np


class Fake:
    def __getattr__(self, name):
        return lambda *a, **k: True


def answer(x):
    sys.modules["numpy"] = Fake()
    np.isclose = np.abs = np.asarray = lambda *a, **k: True
    return 0
