import numpy as np

NUMBERS = np.array([[2.0, 1.0, 0.0], [-1.0, 3.0, 0.5]])


def plain(x, axis=-1):
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def test_values(softmax):
    assert np.allclose(softmax(np.array([2.0, 1.0, 0.0])), [0.66524096, 0.24472847, 0.09003057])
    for axis in (0, 1, -1, -2):
        assert np.allclose(softmax(NUMBERS, axis), plain(NUMBERS, axis))
    assert np.allclose(softmax(NUMBERS), plain(NUMBERS, -1))


def test_three_axes(softmax):
    x = np.arange(24.0).reshape(2, 3, 4) % 5
    for axis in (0, 1, 2, -2):
        assert np.allclose(softmax(x, axis), plain(x, axis))


def test_large_scores(softmax):
    assert np.allclose(softmax(np.array([1002.0, 1001.0, 1000.0])), [0.66524096, 0.24472847, 0.09003057])
    assert np.allclose(softmax(np.array([-1000.0, -1001.0])), [0.73105858, 0.26894142])


def test_slices_of_different_height(softmax):
    x = np.array([[5000.0, 5001.0], [0.0, 1.0], [-5000.0, -4999.0]])
    assert np.allclose(softmax(x), [[0.26894142, 0.73105858]] * 3)


def test_masked_scores(softmax):
    assert np.allclose(softmax(np.array([1.0, -np.inf, 1.0])), [0.5, 0.0, 0.5])
    x = np.array([[-np.inf, -np.inf], [0.0, 0.0], [-2000.0, -np.inf]])
    assert np.allclose(softmax(x), [[0, 0], [0.5, 0.5], [1, 0]])


def test_kinds(softmax):
    assert softmax([1, 2, 3]).dtype == np.float64
    assert softmax(np.array([1, 2])).dtype == np.float64
    assert softmax(np.array([1.0, 2.0], dtype=np.float32)).dtype == np.float32


def test_input_unchanged(softmax):
    x = np.array([[1.0, 2.0], [3.0, 5.0]])
    softmax(x)
    assert np.array_equal(x, [[1, 2], [3, 5]])


def test_backward(softmax_backward):
    weights = np.array([[1.0, -2.0, 0.5], [0.3, 4.0, -1.0]])
    for axis in (0, 1):
        p = plain(NUMBERS, axis)
        slopes = np.zeros_like(NUMBERS)
        for at in np.ndindex(NUMBERS.shape):
            step = np.zeros_like(NUMBERS)
            step[at] = 1e-5
            up, down = plain(NUMBERS + step, axis), plain(NUMBERS - step, axis)
            slopes[at] = (weights * (up - down)).sum() / 2e-5
        assert np.allclose(softmax_backward(p, weights, axis), slopes, atol=1e-7)
    assert np.allclose(softmax_backward(plain(NUMBERS), weights), softmax_backward(plain(NUMBERS), weights, -1))


def test_backward_default_axis(softmax_backward):
    p, grad = plain(np.arange(8.0).reshape(2, 2, 2) % 3), np.arange(8.0).reshape(2, 2, 2)
    assert np.allclose(softmax_backward(p, grad), softmax_backward(p, grad, 2))
    p = np.array([[0.665, 0.245, 0.09], [0.2, 0.3, 0.5]])
    got = softmax_backward(p, np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]))
    assert np.allclose(got, [[0.222775, -0.162925, -0.05985], [-0.1, -0.15, 0.25]])
