"""Draw a landscape as SVG: lines of equal height by marching squares, and the paths over it."""

from __future__ import annotations

import math
from functools import lru_cache
from html import escape

import numpy as np

from cairn.playgrounds.scene import Landscape, Trail

WIDTH, HEIGHT = 600, 400
LEFT, RIGHT, TOP, BOTTOM = 46, 10, 10, 40

# Of each cell four corners are above a level or not: which pairs of its edges the line joins.
# Corners are counted from the lower left against the clock; edges are bottom, right, top, left.
_JOINS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 2), (0, 1)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((0, 2),), 10: ((3, 0), (1, 2)), 11: ((1, 2),), 12: ((1, 3),), 13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip


def draw(landscape: Landscape) -> str:
    """The landscape as a `figure`; scales with the column."""
    parts = [f'<path class="height" d="{d}"/>' for d in contours(landscape.heights, landscape.levels)]
    parts += [*_axes(landscape)]
    if landscape.best is not None:
        across, up = _place(landscape, *landscape.best)
        parts.append(f'<path class="best" d="M{across - 6:.1f} {up:.1f}h12M{across:.1f} {up - 6:.1f}v12"/>')
    drawn = "".join(f'<g class="s{i + 1}">{_trail(landscape, t)}</g>' for i, t in enumerate(landscape.trails))
    inner = f"{LEFT} {TOP} {WIDTH - LEFT - RIGHT} {HEIGHT - TOP - BOTTOM}"  # an svg within cuts off what leaves it
    x, y, wide, high = inner.split()
    parts.append(f'<svg x="{x}" y="{y}" width="{wide}" height="{high}" viewBox="{inner}">{drawn}</svg>')
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    svg = f'<svg {size} role="img" aria-label="{escape(landscape.alt)}">{"".join(parts)}</svg>'
    return f'<figure class="plot land">{svg}{_legend(landscape)}</figure>'


@lru_cache(maxsize=32)
def contours(heights: tuple[tuple[float, ...], ...], levels: tuple[float, ...]) -> tuple[str, ...]:
    """The lines of all heights. They stay as they are while a path grows."""
    grid = np.asarray(heights, dtype=float)
    return tuple(contour(grid, level) for level in levels)


def contour(heights: np.ndarray, level: float) -> str:
    """The line of one height over the whole frame, as an SVG path; each cell is joined by straight lines."""
    rows, columns = heights.shape
    above = np.where(np.isfinite(heights), heights, np.inf) >= level
    code = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    wide, high = (WIDTH - LEFT - RIGHT) / (columns - 1), (HEIGHT - TOP - BOTTOM) / (rows - 1)
    parts = []
    for i, j in zip(*np.nonzero((code > 0) & (code < 15)), strict=True):
        corners = [(i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)]
        for pair in _JOINS[int(code[i, j])]:
            points = []
            for edge in pair:
                (r0, c0), (r1, c1) = corners[edge], corners[(edge + 1) % 4]
                h0, h1 = heights[r0, c0], heights[r1, c1]
                t = (level - h0) / (h1 - h0) if math.isfinite(h0) and math.isfinite(h1) and h0 != h1 else 0.5
                x, y = c0 + t * (c1 - c0), r0 + t * (r1 - r0)
                points.append(f"{LEFT + wide * x:.1f} {HEIGHT - BOTTOM - high * y:.1f}")
            parts.append(f"M{points[0]}L{points[1]}")
    return "".join(parts)


def _place(landscape: Landscape, x: float, y: float) -> tuple[float, float]:
    x0, x1, y0, y1 = landscape.frame
    across = LEFT + (x - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT)
    up = HEIGHT - BOTTOM - (y - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM)
    return min(max(across, -9999.0), 9999.0), min(max(up, -9999.0), 9999.0)


def _trail(landscape: Landscape, trail: Trail) -> str:
    points = []
    for x, y in zip(trail.xs, trail.ys, strict=True):
        if not (math.isfinite(x) and math.isfinite(y)):
            break
        points.append(_place(landscape, x, y))
    if not points:
        return ""
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    x, y = points[-1]
    return f'<path class="line" d="{path}"/><circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4.2"/>'


def _axes(landscape: Landscape) -> list[str]:
    x0, x1, y0, y1 = landscape.frame
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = [f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{right}V{TOP}z"/>']
    for value in np.linspace(x0, x1, 5):
        x, _ = _place(landscape, float(value), y0)
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{_label(value)}</text>')
    for value in np.linspace(y0, y1, 5):
        _, y = _place(landscape, x0, float(value))
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_label(value)}</text>')
    middle, upright = (LEFT + right) / 2, (TOP + bottom) / 2
    turned = f'transform="rotate(-90 12 {upright:.0f})" x="12" y="{upright:.0f}"'
    return [
        *parts,
        f'<text class="name" x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(landscape.x)}</text>',
        f'<text class="name" {turned} text-anchor="middle">{escape(landscape.y)}</text>',
    ]


def _label(value: float) -> str:
    return f"{round(float(value), 2):g}".replace("-", "−")


def _legend(landscape: Landscape) -> str:
    entries = [
        f'<li><svg viewBox="0 0 26 14" width="26" height="14" aria-hidden="true"><g class="s{i + 1}">'
        f'<path class="line" d="M1 7H25"/></g></svg>{escape(t.label)}</li>'
        for i, t in enumerate(landscape.trails)
    ]
    return f'<figcaption><ul class="legend">{"".join(entries)}</ul></figcaption>'
