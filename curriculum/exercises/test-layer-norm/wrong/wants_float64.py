# misconception: tests-demand-what-is-not-promised
# says: You test something that the specification does not promise; a right program may do it another way.
# caught by: right programs raise no alarm
import numpy as np

X = np.array([[1.0, 2.0, 3.0, 6.0], [5.0, -1.0, 0.0, 2.0]])


def test_values(layer_norm):
    for gain in (1.0, 2.0):
        y = layer_norm(X, np.full(4, gain), np.ones(4))
        c = X - X.mean(axis=-1, keepdims=True)
        assert np.allclose(y, gain * c / np.sqrt((c**2).mean(axis=-1, keepdims=True) + 1e-5) + 1, rtol=1e-12)
        assert y.dtype == np.float64
