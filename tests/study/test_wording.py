"""Wording: figures as people say them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.study.wording import about, count, span

hours = st.tuples(st.floats(0, 500), st.floats(0, 500)).map(sorted).map(tuple)


@pytest.mark.parametrize(
    ("low_high", "said"),
    [
        ((0, 0), "0 min"),
        ((0.1, 0.2), "5–10 min"),
        ((0.16, 0.34), "10–20 min"),
        ((0.5, 1), "30–60 min"),
        ((0.25, 0.25), "15 min"),
        ((0.01, 0.03), "1–2 min"),
        ((0, 0.001), "1 min"),
        ((0, 0.25), "1–15 min"),
        ((1, 1.4), "60–85 min"),
        ((0.5, 1.5), "0.5–1.5 h"),
        ((1, 2), "1–2 h"),
        ((2, 2), "2 h"),
        ((2.1, 2.2), "2 h"),
        ((0.1, 2), "0.5–2 h"),
        ((2.3, 10.6), "2.5–10.5 h"),
    ],
)
def test_a_short_range(low_high, said):
    """Minutes, to five from five on, below an hour and a half; then hours, to the half."""
    assert span(low_high) == said


@pytest.mark.parametrize(
    ("low_high", "said"),
    [
        ((16, 28), "22 h ± 6"),
        ((0, 0), "0 min"),
        ((1, 2), "1–2 h"),
        ((2, 4), "3 h ± 1"),
        ((10, 10), "10 h"),
        ((10, 10.8), "10 h"),
        ((9, 10.2), "10 h ± 1"),
        ((9.5, 10.5), "10 h ± 1"),
        ((1000, 1500), "1250 h ± 250"),
    ],
)
def test_a_total(low_high, said):
    """The middle and how far it may be off; small totals as a range."""
    assert about(low_high) == said


@given(hours)
def test_a_range_is_said_in_order_and_near_the_truth(low_high):
    """The first number is never larger than the second, and neither is off by more than its rounding."""
    low, high = low_high
    said = span(low_high)

    numbers = [float(n) for n in re.findall(r"[\d.]+", said)]
    unit = 60 if said.endswith("min") else 1
    step = {60: 2.5, 1: 0.25}[unit]
    assert numbers == sorted(numbers)
    assert len(numbers) in {1, 2}
    assert abs(numbers[-1] - high * unit) <= step + 1
    assert abs(numbers[0] - low * unit) <= step + 1


@given(hours)
def test_a_total_is_near_the_middle(low_high):
    """Rounded to the hour from three hours on, with the half width beside it when it is worth saying."""
    low, high = low_high
    said = about(low_high)

    if low + high >= 6:
        found = re.fullmatch(r"(\d+) h( ± (\d+))?", said)
        assert abs(int(found[1]) - (low + high) / 2) <= 0.5
        assert (found[3] is not None) == (high - low >= 1)
    else:
        assert said == span(low_high)


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ["skill"], "0 skills"),
        (1, ["skill"], "1 skill"),
        (12, ["skill"], "12 skills"),
        (1, ["entry", "entries"], "1 entry"),
        (2, ["entry", "entries"], "2 entries"),
    ],
)
def test_a_count(number, words, said):
    """One is singular; a plural that is not regular is given."""
    assert count(number, *words) == said
