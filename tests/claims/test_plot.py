"""Plots: data that survive JSON, and SVG that is well formed, labelled and inside its frame."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cairn.claims import Band, Bars, Line, Plot, Points
from cairn.claims.plot import MOST_POINTS, PlotError
from cairn.claims.svg import HEIGHT, WIDTH, draw
from tests.claims.test_stroke import drawn

ALT = "Something that grows from left to right."
values = st.lists(st.floats(width=32), min_size=1, max_size=12)


def tree(plot):
    """The drawn figure, parsed."""
    return ET.fromstring(draw(plot))


@given(values, st.booleans(), st.booleans(), st.sampled_from([Line, Points, Bars]))
def test_any_numbers_can_be_drawn(ys, log_x, log_y, kind):
    """Whatever the numbers, NaN, infinities and zeros on a logarithmic axis included, the picture is well formed."""
    plot = Plot("x", "y", (kind("a", range(len(ys)), ys),), ALT, log_x=log_x, log_y=log_y)

    text = draw(plot)

    ET.fromstring(text)
    assert not re.search(r"\b(nan|inf)\b", text)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=9))
@example([0.0, 5e-324])
def test_marks_stay_in_the_frame(ys):
    """Every point is drawn inside the picture."""
    figure = tree(Plot("x", "y", (Line("a", range(len(ys)), ys),), ALT))
    path = figure.find(".//path[@class='line']").get("d")
    places = drawn(path)

    assert places
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)


def test_words_are_escaped():
    """Labels and the text alternative are text, not markup."""
    nasty = '<script>"x"</script> & so on and on'
    figure = tree(Plot(nasty, nasty, (Line(nasty, [1, 2], [1, 2]), Points("b", [1], [1])), nasty))

    assert figure.find("svg").get("aria-label") == nasty
    assert figure.find(".//script") is None


def test_the_picture_says_what_it_shows():
    """The SVG is an image with a text alternative, and every series has its name in the legend."""
    figure = tree(Plot("x", "y", (Line("one", [1, 2], [1, 2]), Band("two", [1, 2], [0, 1], [2, 3])), ALT))

    assert figure.find("svg").get("role") == "img"
    assert [li.find("svg").tail for li in figure.findall(".//li")] == ["one", "two"]


def test_a_logarithmic_axis_is_labelled_with_powers():
    """Ticks of a logarithmic axis are powers of ten, written as such."""
    text = draw(Plot("x", "y", (Line("a", [1, 2], [1e-9, 1]),), ALT, log_y=True))

    assert "10⁻⁹" in text


@given(values)
def test_a_plot_survives_json(ys):
    """A plot that was kept is drawn the same."""
    plot = Plot("x", "y", (Line("a", range(len(ys)), ys), Band("b", range(len(ys)), ys, ys)), ALT)

    assert draw(Plot.from_plain(plot.plain())) == draw(plot)


def test_too_many_points_are_thinned():
    """A series keeps its ends and at most so many points."""
    line = Line("a", np.arange(10_000), np.arange(10_000))

    assert len(line.xs) == MOST_POINTS
    assert (line.xs[0], line.xs[-1]) == (0, 9999)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Line("a", [1, 2], [1]),
        lambda: Line("a", [], []),
        lambda: Plot("x", "y", (), ALT),
        lambda: Plot("x", "y", (Line("a", [1], [1]),), "short"),
    ],
)
def test_a_plot_that_cannot_be_drawn_is_refused(make):
    """Unequal lengths, nothing to draw or no text alternative are errors for the author."""
    with pytest.raises(PlotError):
        make()
