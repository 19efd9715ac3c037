import numpy as np


def test_mask(causal_mask):
    for m in range(1, 6):
        for n in range(1, m + 1):
            mask = causal_mask(n, m)
            for i in range(n):
                for j in range(m):
                    assert bool(mask[i, j]) == (j <= m - n + i)


def test_softmax(causal_softmax):
    rng = np.random.default_rng(7)
    for height in (0.0, 3000.0, -3000.0):
        scores = rng.normal(size=(2, 3, 5)) * 2 + height
        scores[0, 0, 4] = height + 5000
        got = causal_softmax(scores)
        for b, i in np.ndindex(2, 3):
            seen = scores[b, i, : 3 + i]
            e = np.exp(seen - seen.max())
            assert np.allclose(got[b, i, : 3 + i], e / e.sum())
            assert (got[b, i, 3 + i :] == 0).all()
