# misconception: tests-share-the-misconception
# says: You expect the first query to stand at the first key; with fewer queries than keys the queries are the last positions.
# caught by: right programs raise no alarm
import numpy as np


def test_rectangle(causal_mask):
    assert np.array_equal(causal_mask(2, 4), np.tril(np.ones((2, 4))))
