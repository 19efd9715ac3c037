import numpy as np


def test_mask_by_hand(causal_mask):
    assert np.array_equal(causal_mask(3, 3), [[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    assert np.array_equal(causal_mask(2, 4), [[1, 1, 1, 0], [1, 1, 1, 1]])
    assert np.array_equal(causal_mask(1, 3), [[1, 1, 1]])
    assert np.array_equal(causal_mask(1, 1), [[1]])


def test_mask_is_boolean(causal_mask):
    assert np.asarray(causal_mask(2, 2)).dtype == bool


def test_weights_by_hand(causal_softmax):
    third = np.log(2.0)
    got = causal_softmax(np.array([[5.0, 9.0, 1.0], [0.0, third, 7.0], [third, 0.0, 0.0]]))
    assert np.allclose(got, [[1, 0, 0], [1 / 3, 2 / 3, 0], [0.5, 0.25, 0.25]])


def test_hidden_scores_do_not_matter(causal_softmax):
    scores = np.arange(12.0).reshape(3, 4) % 5
    for enormous in (1e9, -1e9, 1e300):
        changed = scores.copy()
        changed[0, 2:] = changed[1, 3:] = enormous
        got = causal_softmax(changed)
        assert np.allclose(got, causal_softmax(scores))
        assert (got[0, 2:] == 0).all() and (got[1, 3:] == 0).all()


def test_large_scores(causal_softmax):
    assert np.allclose(causal_softmax(np.array([[1e4, 1e4 + np.log(3.0)]])), [[0.25, 0.75]])
    far = causal_softmax(np.array([[-2000.0, 0.0], [2000.0, 2000.0]]))
    assert np.allclose(far, [[1, 0], [0.5, 0.5]])


def test_leading_axes(causal_softmax):
    scores = np.random.default_rng(0).normal(size=(2, 3, 2, 4))
    got = causal_softmax(scores)
    assert np.allclose(got.sum(axis=-1), 1)
    for at in np.ndindex(2, 3):
        assert np.allclose(got[at], causal_softmax(scores[at]))
