import numpy as np

X = np.random.default_rng(1).normal(size=(2, 3, 6)) * 3 + 1
ONE, ZERO = np.ones(6), np.zeros(6)


def test_mean_and_variance(layer_norm):
    y = np.asarray(layer_norm(X, ONE, ZERO, 0.0))
    assert np.allclose(y.mean(axis=-1), 0, atol=1e-4)
    assert np.allclose((y**2).mean(axis=-1), 1, atol=1e-3)


def test_direction(layer_norm):
    y = np.asarray(layer_norm(X, ONE, ZERO))
    assert (np.argsort(y, axis=-1) == np.argsort(X, axis=-1)).all()


def test_token_alone(layer_norm):
    whole = np.asarray(layer_norm(X, ONE, ZERO))
    for at in np.ndindex(2, 3):
        assert np.allclose(whole[at], layer_norm(X[at], ONE, ZERO), atol=1e-4)


def test_gain_then_bias(layer_norm):
    plain = np.asarray(layer_norm(X, ONE, ZERO))
    gamma, beta = np.arange(6.0) - 2, np.linspace(-1, 1, 6)
    assert np.allclose(layer_norm(X, gamma, beta), gamma * plain + beta, atol=1e-3)


def test_eps_joins_the_variance(layer_norm):
    x = np.array([-1.0, 1.0, -1.0, 1.0, -1.0, 1.0])
    for eps in (0.0, 3.0, 8.0):
        assert np.allclose(layer_norm(x, ONE, ZERO, eps), x / np.sqrt(1 + eps), atol=1e-4)


def test_default_eps(layer_norm):
    x = np.array([-1.0, 1.0, -1.0, 1.0, -1.0, 1.0]) * 0.003
    assert np.allclose(layer_norm(x, ONE, ZERO), layer_norm(x, ONE, ZERO, 1e-5), atol=1e-6)


def test_offset(layer_norm):
    x = np.array([0.0, 1.0, -1.0, 2.0, 0.5, -0.5], dtype=np.float32)
    far = layer_norm(x + np.float32(4096), ONE, ZERO)
    assert np.allclose(far, layer_norm(x, ONE, ZERO), atol=2e-3)
