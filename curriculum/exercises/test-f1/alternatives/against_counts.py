import numpy as np


def counted(truth, said, positive):
    tp = sum(t == positive == s for t, s in zip(truth, said))
    p = tp / max(sum(s == positive for s in said), 1)
    r = tp / max(sum(t == positive for t in truth), 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def test_many(precision_recall_f1):
    rng = np.random.default_rng(2)
    for n in (1, 2, 3, 5, 8, 13, 21) * 3:
        truth, said = rng.integers(0, 3, size=(2, n))
        for positive in (0, 1, 2):
            wanted = counted(truth, said, positive)
            assert np.allclose(precision_recall_f1(truth, said, positive), wanted)
        assert np.allclose(precision_recall_f1(truth, said), counted(truth, said, 1))
