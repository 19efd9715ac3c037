import numpy as np

X = np.array([[1.0, 2.0, 3.0, 6.0], [5.0, -1.0, 0.0, 2.0], [0.3, 0.1, 0.4, 0.2]])
GAIN, BIAS = np.array([2.0, -1.0, 0.5, 3.0]), np.array([1.0, 0.0, -2.0, 0.5])


def expected(x, gamma, beta, eps):
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(((x - mean) ** 2).mean(axis=-1, keepdims=True) + eps) + beta


def test_one_token(layer_norm):
    assert np.allclose(layer_norm(X[0], GAIN, BIAS), expected(X[0], GAIN, BIAS, 1e-5), atol=1e-4)


def test_tokens(layer_norm):
    assert np.allclose(layer_norm(X, GAIN, BIAS), expected(X, GAIN, BIAS, 1e-5), atol=1e-4)


def test_leading_axes(layer_norm):
    x = np.stack([X, 2 * X[::-1] + 1])
    assert np.allclose(layer_norm(x, GAIN, BIAS), expected(x, GAIN, BIAS, 1e-5), atol=1e-4)


def test_eps(layer_norm):
    for eps in (0.5, 3.0):
        assert np.allclose(layer_norm(X, GAIN, BIAS, eps), expected(X, GAIN, BIAS, eps), atol=1e-4)


def test_default_eps(layer_norm):
    x = np.array([0.0, 0.006])
    assert np.allclose(layer_norm(x, np.ones(2), np.zeros(2)), [-0.688247, 0.688247], atol=1e-3)


def test_equal_features(layer_norm):
    assert np.allclose(layer_norm(np.full((2, 4), 7.0), GAIN, BIAS), [BIAS, BIAS], atol=1e-4)


def test_large_mean(layer_norm):
    x = np.array([[1000.0, 1001.0, 999.0, 1000.5]], dtype=np.float32)
    gamma, beta = np.ones(4, dtype=np.float32), np.zeros(4, dtype=np.float32)
    assert np.allclose(layer_norm(x, gamma, beta), expected(x, gamma, beta, 1e-5), atol=2e-3)
