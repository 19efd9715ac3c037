"""The online predictor: one code for one learner and for thousands, never looking ahead, better than items alone."""

from __future__ import annotations

import numpy as np
import pytest

from cairn.learner.tracing import Answers, Tracer, effects, fit_tracer, scores, sigmoid
from cairn.learner.tracing.effects import Group
from cairn.learner.tracing.history import FEATURES


def learners(seed: int, people: int = 150, items: int = 40, skills: int = 8, each: int = 60) -> Answers:
    """Learners of different ability who get better in a skill by practising it."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(people), each)
    item = rng.integers(0, items, people * each)
    skill = item % skills
    easy = np.random.default_rng(99).normal(0, 1, items)
    ability = rng.normal(0, 1, (people, skills)) * 0.7 + rng.normal(0, 1, (people, 1))
    tries = np.zeros((people, skills))
    correct = np.zeros(len(person))
    for row, (p, i, s) in enumerate(zip(person, item, skill, strict=True)):
        chance = 1 / (1 + np.exp(-(easy[i] + ability[p, s] + 0.3 * np.log1p(tries[p, s]))))
        correct[row] = float(rng.random() < chance)
        tries[p, s] += 1
    return Answers(person, item, skill, correct, items, skills)


@pytest.fixture(scope="module")
def tracer() -> Tracer:
    """Fitted once."""
    return fit_tracer(learners(1))


def test_one_learner_online_is_the_replay_of_all(tracer):
    """Predicting and observing answer by answer gives what the replay of everybody gives."""
    some = learners(2, people=4)
    together = tracer.replay(some)
    for p in range(4):
        history, who = tracer.start(), np.array([0])
        for row in np.flatnonzero(some.person == p):
            item, skill = some.item[row : row + 1], some.skill[row : row + 1]
            assert tracer.predict(history, who, item, skill)[0] == pytest.approx(together[row], abs=1e-12)
            tracer.observe(history, who, item, skill, some.correct[row : row + 1])


def test_a_prediction_never_sees_its_own_answer_or_later_ones(tracer):
    """Turning the answers from number 30 on around leaves predictions 0 to 30 as they were."""
    some = learners(3, people=1)
    turned = some.correct.copy()
    turned[30:] = 1 - turned[30:]
    other = Answers(some.person, some.item, some.skill, turned, some.items, some.skills)
    before, after = tracer.replay(some), tracer.replay(other)
    assert np.array_equal(before[:31], after[:31])
    assert not np.allclose(before[31:], after[31:])


def test_people_do_not_touch_each_other(tracer):
    """A learner's predictions are the same alone and among others, wherever their rows stand."""
    some = learners(4, people=3)
    order = np.argsort(np.tile(np.arange(60), 3), kind="stable")  # rows of all three interleaved
    mixed = Answers(
        *(c[order] for c in (some.person, some.item, some.skill, some.correct)), some.items, some.skills
    )
    assert np.array_equal(tracer.replay(mixed), tracer.replay(some)[order])


def test_history_predicts_better_than_items_alone(tracer):
    """On people it was not fitted on, AUC is above that of the items by .05 and the error of calibration small."""
    some = learners(5)
    alone = scores(some.correct, tracer.alone(some.item, some.skill))
    traced = scores(some.correct, tracer.replay(some))
    assert traced.auc > alone.auc + 0.05
    assert traced.log_loss < alone.log_loss
    assert traced.ece < 0.03


def test_fitting_is_deterministic(tracer):
    """The same answers give the same parameters, bit for bit."""
    again = fit_tracer(learners(1))
    assert np.array_equal(again.weights, tracer.weights)
    assert np.array_equal(again.item, tracer.item)


def test_an_item_never_seen_counts_as_its_skill(tracer):
    """Item -1 has the easiness of its skill alone."""
    skill = np.array([2])
    assert tracer.alone(np.array([-1]), skill) == sigmoid(tracer.baseline + tracer.skill[skill])


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_one_sided_answers_are_refused(value):
    """Where all answers are right, or all wrong, nothing can be fitted, and the error says so."""
    rows = np.zeros(5, dtype=np.int64)
    with pytest.raises(ValueError, match="right and wrong"):
        fit_tracer(Answers(rows, rows, rows, np.full(5, value), 1, 1))


def test_positions_out_of_range_are_refused():
    """An item that is not among those there are is an error, not a wrong effect."""
    rows = np.zeros(2, dtype=np.int64)
    with pytest.raises(ValueError, match="item is not among"):
        Answers(rows, np.array([0, 7]), rows, np.zeros(2), 3, 1)
    with pytest.raises(ValueError, match="differ in length"):
        Answers(rows, rows[:1], rows, np.zeros(2), 3, 1)


def test_every_feature_has_a_weight(tracer):
    """Names and weights are of one length."""
    assert len(FEATURES) == len(tracer.weights)


def test_effects_stop_where_the_gradient_is_zero():
    """At the fitted effects the gradient of the penalised likelihood vanishes."""
    rng = np.random.default_rng(0)
    dense = np.column_stack([np.ones(400), rng.normal(size=400)])
    index = rng.integers(0, 30, 400)
    outcome = (rng.random(400) < sigmoid(dense @ np.array([0.3, 1.0]) + rng.normal(size=30)[index])).astype(
        float
    )
    found = effects.fit(dense, [Group(index, 31, 1.5)], outcome)
    off = sigmoid(dense @ found.weights + found.groups[0][index]) - outcome
    assert np.abs(dense.T @ off + [0, found.weights[1]]).max() < 1e-2
    assert np.abs(np.bincount(index, off, 31) + 1.5 * found.groups[0]).max() < 1e-2
    assert found.groups[0][30] == 0  # no row takes it
