"""The scores of predictions, against their definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.learner.tracing.scores import auc, calibration_error, log_loss, scores

PREDICTIONS = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.5, 0.5, 0.9, 1.0])), min_size=2, max_size=40
)


@given(PREDICTIONS)
def test_auc_is_the_share_of_pairs_in_order(pairs):
    """Over all pairs of a right and a wrong answer, the right one is above in a share of AUC, ties half."""
    outcome = np.array([float(y) for y, _ in pairs])
    predicted = np.array([p for _, p in pairs])
    right, wrong = predicted[outcome == 1], predicted[outcome == 0]
    found = auc(outcome, predicted)
    if len(right) == 0 or len(wrong) == 0:
        assert math.isnan(found)
        return
    above = (right[:, None] > wrong).mean() + 0.5 * (right[:, None] == wrong).mean()
    assert found == pytest.approx(above)


def test_log_loss_of_a_coin_is_log_two():
    """Predicting one half costs log 2 an answer, whatever comes."""
    assert log_loss(np.array([0.0, 1, 1]), np.full(3, 0.5)) == pytest.approx(math.log(2))


def test_a_wrong_certainty_costs_a_finite_amount():
    """A probability of zero for what happened is not an infinite loss."""
    assert 30 < log_loss(np.array([1.0]), np.array([0.0])) < 40


def test_frequencies_equal_to_probabilities_have_no_calibration_error():
    """Where three of four are right at .75, the calibration error is zero."""
    assert calibration_error(np.array([1.0, 1, 1, 0]), np.full(4, 0.75), bins=1) == pytest.approx(0)


def test_overconfidence_is_its_own_size_of_error():
    """Half right at .9 is an error of .4."""
    assert scores(np.array([1.0, 0] * 200), np.full(400, 0.9)).ece == pytest.approx(0.4)
