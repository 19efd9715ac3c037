"""Conditions: what counts as equal, at most, at least; and the verdict that follows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.claims import Verdict, at_least, at_most, equal, figure, outcome, that
from cairn.claims.outcome import Figure, from_plain, plain

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(numbers, numbers, st.floats(0, 1e3))
def test_equal_is_a_distance(value, expected, tolerance):
    """Two numbers are equal when they lie within the tolerance."""
    assert equal("x", value, expected, tolerance=tolerance).good == (abs(value - expected) <= tolerance)


@given(numbers, numbers, st.floats(0, 1e3))
def test_at_most_and_at_least_mirror_each_other(value, bound, slack):
    """A number is at most a bound exactly when its negative is at least the negative bound."""
    assert at_most("x", value, bound, slack=slack).good == at_least("x", -value, -bound, slack=slack).good


@pytest.mark.parametrize(
    "made",
    [
        equal("x", math.nan, 1, tolerance=math.inf),
        equal("x", [1, math.nan], [1, 2], tolerance=10),
        at_most("x", math.nan, 1),
        at_most("x", [0, math.nan], 1),
        at_least("x", math.nan, 1),
    ],
)
def test_a_nan_never_holds(made):
    """Whatever the tolerance, a value that is not a number meets no condition."""
    assert not made.good


def test_infinities_that_agree_are_equal():
    """The same infinity twice is equal, without a NaN from their difference."""
    assert equal("x", math.inf, math.inf).good
    assert not equal("x", math.inf, -math.inf, tolerance=1).good


def test_one_entry_breaks_an_array():
    """An array is at most a bound only if every entry is, and the figure shows the tightest."""
    made = at_most("x", [1.0, 9.0, 5.0], [10.0, 8.0, 10.0])

    assert not made.good
    assert (made.value, made.reference) == (9.0, 8.0)


def test_shapes_must_agree():
    """Arrays of two shapes are not compared at all, not even where they could be broadcast."""
    with pytest.raises(ValueError, match=r"shapes \(2,\) and \(\)"):
        equal("x", [1, 1], 1)


def test_an_outcome_needs_a_condition():
    """Figures alone can break nothing, so they are no outcome."""
    with pytest.raises(ValueError, match="at least one condition"):
        outcome(figure("n", 3))


def test_names_are_unique():
    """A page could not tell two figures of one name apart."""
    with pytest.raises(ValueError, match="share the name"):
        outcome(equal("x", 1, 1), figure("x", 2))


def test_the_verdict_follows():
    """All conditions true: holds. One false: breaks. A given false: void, whatever the rest says."""
    good, bad = that("a", condition=True), that("b", condition=False)

    assert outcome(good).verdict is Verdict.HOLDS
    assert outcome(good, bad).verdict is Verdict.BREAKS
    assert outcome(good, given=[bad]).verdict is Verdict.VOID


def test_an_array_of_truths_must_be_true_throughout():
    """`that` takes an array, and one false entry makes it false."""
    assert that("a", np.array([True, True])).good
    assert not that("a", np.array([True, False])).good


@given(st.lists(st.floats(), min_size=1, max_size=4), st.text(max_size=20))
def test_an_outcome_survives_json(values, message):
    """What is kept is read back the same, NaN and infinities included."""
    figures = [equal(f"x{i}", v, 0.0) for i, v in enumerate(values)]
    made = outcome(*figures, message=message)

    assert str(from_plain(plain(made))) == str(made)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("variance of q·k", "variance-of-q-k"),
        ("ψ′(λ)", "psi-prime-lambda"),
        ("at 99.9 %", "at-99-9-percent"),
        ("L", "l"),
    ],
)
def test_a_name_becomes_an_address(name, key):
    """Names are spelt in the letters of an address, Greek ones by their names."""
    assert Figure(name, 0.0).key == key


def test_a_name_is_a_text():
    """Arguments in the wrong order are told, not kept."""
    with pytest.raises(TypeError, match="first argument of a condition is its name, not bool"):
        that(np.bool_(True), "diverges")
