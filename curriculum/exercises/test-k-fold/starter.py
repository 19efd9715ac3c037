import numpy as np


def test_number_of_folds(k_fold):
    assert len(k_fold(6, 3)) == 3
