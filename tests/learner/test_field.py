"""What a few answers say about all items, and which answer says most."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.learner.tracing import Field, Responses, diffusion, fit_items, reveal, sigmoid

FACTORS = np.array([[1.0, 0.0], [1.2, 0.3], [0.1, 1.1], [0.0, 0.9], [0.8, 0.8]])


def field() -> Field:
    """Five items of two abilities."""
    return Field(np.array([0.0, 0.5, -0.5, 1.0, -1.0]), FACTORS @ FACTORS.T + 0.05 * np.eye(5))


ANSWERS = st.dictionaries(st.integers(0, 4), st.booleans(), max_size=5)


def told(answers: dict[int, bool]) -> Field:
    """The field after some answers."""
    return field().given(
        np.array(list(answers), dtype=np.int64), np.array([float(v) for v in answers.values()])
    )


@given(ANSWERS)
def test_answers_never_make_unsure(answers):
    """No variance grows, whatever the answers; probabilities stay strictly inside 0 and 1."""
    after = told(answers)
    assert np.all(np.diag(after.covariance) <= np.diag(field().covariance) + 1e-9)
    assert np.linalg.eigvalsh(after.covariance).min() > -1e-9
    assert np.all((after.probability() > 0) & (after.probability() < 1))


@given(ANSWERS)
@settings(max_examples=30)
def test_the_order_of_answers_does_not_matter(answers):
    """The same answers in the reverse order give the same field."""
    backwards = told(dict(reversed(answers.items())))
    assert np.allclose(told(answers).mean, backwards.mean, atol=1e-5)
    assert np.allclose(told(answers).covariance, backwards.covariance, atol=1e-5)


def test_a_right_answer_raises_what_goes_with_it():
    """Right on item 0 raises item 1, which shares its ability, more than item 2, which hardly does."""
    rise = told({0: True}).mean - field().mean
    assert rise[1] > 3 * rise[2] > 0


def test_the_approximation_is_near_the_integral():
    """For one item, the probability after an answer is within .02 of numerical integration."""
    x = np.linspace(-12, 12, 20_001)
    for mean, variance in ((0.0, 1.0), (1.0, 2.0), (-1.5, 0.5)):
        density = np.exp(-((x - mean) ** 2) / (2 * variance)) * sigmoid(x)
        exact = float((density * sigmoid(x)).sum() / density.sum())
        one = Field(np.array([mean]), np.array([[variance]])).given(np.array([0]), np.array([1.0]))
        assert one.probability()[0] == pytest.approx(exact, abs=0.02)


def test_the_first_asked_tells_most_about_the_targets():
    """Where only items of the second ability count, an item of the second ability is asked first."""
    asked = reveal(field(), np.array([1.0, 1, 0, 1, 0]), np.array([0.0, 0, 1, 1, 0]), 2)
    assert asked[0] in {2, 3}


def test_only_what_can_be_asked_is_asked_once():
    """Items without an answer are never chosen, none twice, and no more than there are."""
    correct = np.array([1.0, np.nan, 0, np.nan, 1])
    asked = reveal(field(), correct, np.ones(5), 10)
    assert sorted(asked.tolist()) == [0, 2, 4]


def test_the_graph_kernel_is_a_covariance_that_falls_with_distance():
    """Unit diagonal, no negative eigenvalue, nearer nodes more alike, other parts not at all."""
    kernel = diffusion(np.array([[0, 1], [1, 2], [2, 2]]), 4)
    assert np.allclose(np.diag(kernel), 1)
    assert np.linalg.eigvalsh(kernel).min() > -1e-12
    assert kernel[0, 1] > kernel[0, 2] > 0
    assert kernel[0, 3] == pytest.approx(0)


@pytest.fixture(scope="module")
def responses():
    """Six hundred people, thirty items of different strength; the truth beside."""
    rng = np.random.default_rng(4)
    easiness, loading = rng.normal(0, 1, 30), rng.uniform(0.3, 2, 30)
    ability = rng.normal(size=(600, 1))
    chance = sigmoid(easiness + ability * loading)
    person, item = np.nonzero(rng.random((600, 30)) < 0.7)
    correct = (rng.random(len(person)) < chance[person, item]).astype(float)
    return Responses(person, item, correct, 31), easiness, loading


def test_items_are_found_again(responses):
    """Easiness and loading are near the truth, and an item without answers is an average one."""
    answers, easiness, loading = responses
    found = fit_items(answers)
    assert np.corrcoef(found.easiness[:30], easiness)[0, 1] > 0.98
    assert np.corrcoef(found.loadings[:30, 0], loading)[0, 1] > 0.9
    assert found.loadings[30, 0] == pytest.approx(found.loadings[:, 0].mean(), abs=0.4)


def test_the_one_parameter_model_has_one_loading(responses):
    """Without freedom all loadings are alike."""
    found = fit_items(responses[0], free=False)
    assert np.ptp(found.loadings) < 0.01


def test_more_dimensions_find_what_one_cannot():
    """Two groups of items with abilities of their own get loadings of different directions."""
    rng = np.random.default_rng(8)
    ability = rng.normal(size=(1500, 2))
    chance = sigmoid(1.8 * ability[:, np.repeat([0, 1], 10)])
    person, item = np.nonzero(np.ones((1500, 20)))
    correct = (rng.random(len(person)) < chance[person, item]).astype(float)
    loading = fit_items(Responses(person, item, correct, 20), dimensions=2).loadings
    alike = loading @ loading.T
    assert alike[:10, :10].mean() > 5 * abs(alike[:10, 10:].mean())


def test_items_need_both_outcomes():
    """All answers right: nothing can be fitted, and the error says so."""
    rows = np.zeros(3, dtype=np.int64)
    with pytest.raises(ValueError, match="right and wrong"):
        fit_items(Responses(rows, rows, np.ones(3), 1))
