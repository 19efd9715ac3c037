"""A line as the shortest path that nobody can tell from it."""

from __future__ import annotations

from collections.abc import Sequence

CLOSE = 0.15
"""How far, in units of the drawing, a point may lie from the line that leaves it out."""

Place = tuple[float, float]


def stroke(places: Sequence[Place]) -> str:
    """SVG path data through some points: whole tenths, relative steps, and no point that changes nothing.

    The points are thinned out by the method of Ramer (1972) and of Douglas and Peucker (1973).
    """
    if not places:
        return ""
    tenths = [(round(x * 10), round(y * 10)) for x, y in thinned(places)]
    x, y = tenths[0]
    parts = [f"M{_short(x)}{_next(y)}"]
    for after_x, after_y in tenths[1:]:
        if (after_x, after_y) != (x, y):
            parts.append(
                f"{'l' if len(parts) == 1 else _gap(after_x - x)}{_short(after_x - x)}{_next(after_y - y)}"
            )
            x, y = after_x, after_y
    return "".join(parts)


def thinned(places: Sequence[Place]) -> list[Place]:
    """The points without those that lie within `CLOSE` of the line between kept ones; the ends are kept."""
    keep = {0, len(places) - 1}
    open_ = [(0, len(places) - 1)]
    while open_:
        first, last = open_.pop()
        far, at = max(
            ((_off(places[k], places[first], places[last]), k) for k in range(first + 1, last)),
            default=(0.0, 0),
        )
        if far > CLOSE:
            keep.add(at)
            open_ += [(first, at), (at, last)]
    return [places[k] for k in sorted(keep)]


def _off(place: Place, start: Place, end: Place) -> float:
    """The distance of a point from a piece of line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    x, y = place[0] - start[0], place[1] - start[1]
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, (x * dx + y * dy) / length)) if length else 0.0
    return float(((x - share * dx) ** 2 + (y - share * dy) ** 2) ** 0.5)


def _short(tenths: int) -> str:
    sign, (whole, rest) = "-" if tenths < 0 else "", divmod(abs(tenths), 10)
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign if whole else ''}{whole}"


def _gap(tenths: int) -> str:
    return "" if tenths < 0 else " "


def _next(tenths: int) -> str:
    return _gap(tenths) + _short(tenths)
