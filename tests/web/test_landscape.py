"""Lines of equal height, and paths that leave the frame."""

from __future__ import annotations

import math
import re

import numpy as np

from cairn.playgrounds import Landscape, Trail
from cairn.web.landscape import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, contour, draw

ALT = "Circles around the middle of the frame."


def test_the_line_of_a_cone_is_a_circle():
    """Every point of the line of height r lies at distance r from the middle, up to the grid."""
    xs, ys = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 41))
    numbers = re.findall(r"([\d.]+) ([\d.]+)", contour(np.hypot(xs, ys), 0.6))
    x = [2 * (float(a) - LEFT) / (WIDTH - LEFT - RIGHT) - 1 for a, _ in numbers]
    y = [1 - 2 * (float(b) - TOP) / (HEIGHT - TOP - BOTTOM) for _, b in numbers]

    assert len(numbers) > 60
    assert max(abs(math.hypot(a, b) - 0.6) for a, b in zip(x, y, strict=True)) < 0.01


def test_a_line_that_nothing_crosses_is_empty():
    """A level above or below all heights has no line; a place without a height does no harm."""
    assert contour(np.array([[1.0, 2.0], [3.0, math.nan]]), 0.5) == ""
    assert contour(np.array([[1.0, 2.0], [3.0, math.nan]]), 2.5).startswith("M")


def test_a_path_ends_where_it_is_no_number():
    """Names are escaped, and a path that diverges is drawn up to its last finite point."""
    trail = Trail("<b>", [0, 0.5, math.inf, 0.2], [0, 0.5, 0, 0])
    drawn = draw(Landscape("x", "y", (-1, 1, -1, 1), [[0, 1], [1, 2]], [1.5], [trail], ALT))

    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn
    assert re.search(r'class="line" d="M([\d. ]+L)?[\d. ]+"', drawn)
