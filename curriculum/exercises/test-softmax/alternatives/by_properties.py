import numpy as np


def test_ratios(softmax):
    rng = np.random.default_rng(0)
    for shape, axis in (((4,), 0), ((3, 4), 0), ((3, 4), 1), ((2, 3, 4), 1)):
        x = rng.normal(size=shape)
        p = softmax(x, axis)
        assert p.shape == x.shape
        assert np.allclose(p.sum(axis=axis), 1)
        first = np.take(x, [0], axis)
        assert np.allclose(np.log(p / np.take(p, [0], axis)), x - first)


def test_last_axis_by_default(softmax):
    x = np.arange(6.0).reshape(2, 3)
    assert np.allclose(softmax(x), softmax(x, 1))


def test_shift(softmax):
    x = np.array([[0.0, 1.0, 3.0], [2.0, 2.0, 1.0]])
    for height in (700, -800, np.array([[1e5], [-1e5]])):
        assert np.allclose(softmax(x + height, 1), softmax(x, 1))


def test_masks(softmax):
    inf = np.inf
    assert np.array_equal(softmax(np.array([[-inf, -inf], [3.0, -inf]]), 1), [[0, 0], [1, 0]])


def test_kinds_and_input(softmax):
    x = np.array([0.5, 1.5])
    before = x.copy()
    assert softmax(x).dtype == np.float64
    assert np.array_equal(x, before)
    assert softmax(np.float32([1, 2])).dtype == np.float32
    assert softmax([[1, 2], [3, 4]]).dtype == np.float64


def test_gradient_of_a_sum_is_zero(softmax_backward):
    p = np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    assert np.allclose(softmax_backward(p, np.ones((2, 3))), 0)
    assert np.allclose(softmax_backward(p / p.sum(0), np.ones((2, 3)), 0), 0)


def test_gradient_by_the_jacobian(softmax_backward):
    p, grad = np.array([0.1, 0.2, 0.7]), np.array([3.0, -1.0, 0.5])
    jacobian = np.diag(p) - np.outer(p, p)
    assert np.allclose(softmax_backward(p, grad), jacobian @ grad)
    two = softmax_backward(np.array([p, p[::-1]]), np.array([grad, 2 * grad]))
    other = np.diag(p[::-1]) - np.outer(p[::-1], p[::-1])
    assert np.allclose(two, [jacobian @ grad, other @ (2 * grad)])
