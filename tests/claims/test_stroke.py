"""Lines as short paths: nobody can tell them from the points they were made of."""

from __future__ import annotations

import itertools
import math
import re

from hypothesis import given
from hypothesis import strategies as st

from cairn.claims.stroke import CLOSE, stroke, thinned

coordinates = st.floats(0, 600)
lines = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=60)


def drawn(path):
    """The corners of path data with one absolute start and relative steps."""
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.\d|\.\d|\d+)", path)]
    corners = [(numbers[0], numbers[1])]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
    return corners


def off(place, corners):
    """The distance of a point from a line with these corners."""
    best = math.dist(place, corners[0])
    for (ax, ay), (bx, by) in itertools.pairwise(corners):
        length = (bx - ax) ** 2 + (by - ay) ** 2
        share = ((place[0] - ax) * (bx - ax) + (place[1] - ay) * (by - ay)) / length if length else 0
        share = min(1, max(0, share))
        best = min(best, math.dist(place, (ax + share * (bx - ax), ay + share * (by - ay))))
    return best


@given(lines)
def test_no_point_is_far_from_the_line(places):
    """Every point lies within the tolerance, and a rounding, of the path that is drawn."""
    corners = drawn(stroke(places))

    assert all(off(place, corners) < CLOSE + 0.08 for place in places)


@given(lines)
def test_the_ends_are_where_they_were(places):
    """The path begins and ends at the first and the last point."""
    corners = drawn(stroke(places))

    assert math.dist(corners[0], places[0]) < 0.08
    assert math.dist(corners[-1], places[-1]) < 0.08


def test_a_straight_line_is_two_points():
    """Points on a line between its ends are left out."""
    assert thinned([(0, 0), (1, 1), (2, 2), (5, 5)]) == [(0, 0), (5, 5)]
    assert stroke([(0, 0), (10, 0), (20.5, 0)]) == "M0 0l20.5 0"


def test_numbers_are_short():
    """Steps are relative, without zeros in front and without needless blanks."""
    assert stroke([(58, 10), (59.3, 10.5), (59.8, 6)]) == "M58 10l1.3 .5 .5-4.5"


def test_nothing_is_nothing():
    """No points, no path."""
    assert stroke([]) == ""
