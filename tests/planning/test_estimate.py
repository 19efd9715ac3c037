"""Ranges and pace: the stated share of learners finishes within, and little evidence moves little."""

from __future__ import annotations

import random
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.planning import PaceBelief, learn_pace
from cairn.planning.estimate import Load, total

LOADS = [Load(60, 40, 80), Load(30, 10, 60), Load(120, 90, 150), Load(15, 15, 15)] * 10


def test_four_of_five_learners_finish_between_the_ends():
    """Of learners simulated one by one, whose luck has another shape than the model's, 75 to 85 % fall inside."""
    rng = random.Random(3)
    spread = total(LOADS, 0.25)
    low, high = spread.quantile(0.1), spread.quantile(0.9)

    def learner():
        pace = rng.gammavariate(16, 1 / 16)
        return sum(load.minutes * pace * rng.uniform(0.4, 1.6) for load in LOADS)

    inside = sum(low <= learner() <= high for _ in range(4000)) / 4000
    assert 0.75 <= inside <= 0.85


@given(st.floats(0, 1), st.floats(0, 600))
def test_quantiles_and_chances_agree(personal, fixed):
    """The chance to finish within a quantile is that quantile, and quantiles grow."""
    spread = total(LOADS, max(personal, 0.05), fixed)

    assert spread.below(spread.quantile(0.3)) == pytest.approx(0.3, abs=0.01)
    assert fixed <= spread.quantile(0.1) < spread.quantile(0.5) < spread.quantile(0.9)


def test_a_stranger_has_a_wider_range():
    """Where the background is unknown the ends are further apart."""
    known, unknown = total(LOADS, 0.25), total(LOADS, 0.25, stranger=True)

    assert unknown.quantile(0.9) > known.quantile(0.9)
    assert unknown.quantile(0.1) < known.quantile(0.1)


def test_no_work_takes_no_time():
    """Nothing to do is done at once, for certain; fixed work takes its minutes."""
    assert total([], 0.25).below(0) == 1
    assert total([], 0.25, 30).below(29) == 0
    assert total([], 0.25, 30).quantile(0.9) == pytest.approx(30, abs=0.1)


def test_without_evidence_things_take_as_long_as_estimated():
    """The prior's factor is one."""
    assert PaceBelief().factor == pytest.approx(1)
    assert learn_pace([]) == PaceBelief()


def test_pace_is_shrunk():
    """One thing that took twice as long moves the pace a little; a hundred of them bring it near two."""
    once, often = learn_pace([(60, 120)]), learn_pace([(60, 120)] * 100)

    assert 1.02 < once.factor < 1.35
    assert 1.8 < often.factor < 2.4
    assert often.spread < once.spread < PaceBelief().spread


def test_true_pace_is_found():
    """A person at 1.4 times the estimates, with much luck on each thing, is found out within a tenth."""
    rng = random.Random(1)
    finished = [(60, 60 * 1.4 * rng.lognormvariate(-0.125, 0.5)) for _ in range(80)]

    assert learn_pace(finished).factor == pytest.approx(1.4, abs=0.14)


def test_short_things_say_less():
    """Fifteen minutes for five say less than three hours for one."""
    assert learn_pace([(5, 15)]).factor < learn_pace([(60, 180)]).factor


@pytest.mark.parametrize("pair", [(0, 10), (10, 0), (nan, 5), (5, inf), (-1, 4)])
def test_nonsense_says_nothing(pair):
    """Minutes that are none are passed over."""
    assert learn_pace([pair]) == PaceBelief()


def test_a_forgotten_timer_does_not_rule():
    """A ratio of a hundred counts as five."""
    assert learn_pace([(60, 6000)]).factor == learn_pace([(60, 300)]).factor


def test_pace_can_be_learned_in_steps():
    """Evidence in two portions gives what it gives at once."""
    pairs = [(60, 90), (30, 20), (45, 80)]

    at_once, in_steps = learn_pace(pairs), learn_pace(pairs[2:], learn_pace(pairs[:2]))
    assert at_once.mean == pytest.approx(in_steps.mean)
    assert at_once.variance == pytest.approx(in_steps.variance)
