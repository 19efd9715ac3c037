# misconception: tests-demand-what-is-not-promised
# says: You test something that the specification does not promise; a right program may do it another way.
# caught by: right programs raise no alarm
import numpy as np


def test_order(k_fold):
    order = np.random.default_rng(0).permutation(9)
    for i, (train, test) in enumerate(k_fold(9, 3, np.random.default_rng(0))):
        assert isinstance(test, list)
        assert list(test) == list(order[3 * i : 3 * i + 3])
