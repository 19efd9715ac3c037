"""Draw a plot as SVG in HTML. Colours come from the page's styles; shapes and dashes tell the series apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from cairn.claims.plot import Band, Bars, Line, Plot, Points, Series
from cairn.claims.stroke import stroke

WIDTH, HEIGHT = 600, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 10, 44
TICKS = 5

_MARKS: tuple[Callable[[float, float], str], ...] = (
    lambda x, y: f"M{x - 3.2:.1f} {y:.1f}a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z",
    lambda x, y: f"M{x - 2.9:.1f} {y - 2.9:.1f}h5.8v5.8h-5.8z",
    lambda x, y: f"M{x:.1f} {y - 3.8:.1f}l3.6 6.6h-7.2z",
    lambda x, y: f"M{x:.1f} {y - 4.2:.1f}l4.2 4.2l-4.2 4.2l-4.2 -4.2z",
    lambda x, y: f"M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6",
)


@dataclass(frozen=True, slots=True)
class _Axis:
    """One axis: from values to places on the paper."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool

    def place(self, value: float) -> float:
        """The coordinate of a value."""
        if self.logarithmic:
            share = (math.log10(value) - math.log10(self.low)) / (
                math.log10(self.high) - math.log10(self.low)
            )
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def shows(self, value: float) -> bool:
        """Whether the axis has a place for a value."""
        return math.isfinite(value) and (value > 0 or not self.logarithmic)

    def ticks(self) -> list[float]:
        """Round values to be labelled."""
        if self.logarithmic:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            decades = max(1, math.ceil((last - first) / 6))
            between = (1, 2, 5) if last - first <= 2 else (1,)
            powers = [m * 10.0**k for k in range(first, last + 1, decades) for m in between]
            return [p for p in powers if self.low / 1.0001 <= p <= self.high * 1.0001]
        width = _round_step((self.high - self.low) / TICKS)
        lowest = math.ceil(self.low / width - 1e-9)
        return [k * width for k in range(lowest, math.floor(self.high / width + 1e-9) + 1)]


def draw(plot: Plot) -> str:
    """The plot as a `figure` with its legend; scales with the column."""
    x_axis = _axis(plot, 0, logarithmic=plot.log_x)
    y_axis = _axis(plot, 1, logarithmic=plot.log_y)
    parts = [*_grid(x_axis, y_axis), *_titles(plot)]
    for place, series in enumerate(plot.series):
        parts.append(f'<g class="s{place + 1}">{_series(series, place, x_axis, y_axis)}</g>')
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    svg = f'<svg {size} role="img" aria-label="{escape(plot.alt)}">{"".join(parts)}</svg>'
    return f'<figure class="plot">{svg}{_legend(plot)}</figure>'


def _values(series: Series, axis: int) -> Iterable[float]:
    if axis == 0:
        return series.xs
    if isinstance(series, Band):
        return (*series.lows, *series.highs)
    return (*series.ys, 0.0) if isinstance(series, Bars) else series.ys


def _axis(plot: Plot, axis: int, *, logarithmic: bool) -> _Axis:
    start, end = (LEFT, WIDTH - RIGHT) if axis == 0 else (HEIGHT - BOTTOM, TOP)
    every = [
        v for s in plot.series for v in _values(s, axis) if math.isfinite(v) and (v > 0 or not logarithmic)
    ]
    low, high = (min(every), max(every)) if every else (1.0, 10.0)
    if high - low <= max(1e-300, 1e-9 * max(abs(low), abs(high))):  # one value, as far as an axis can tell
        margin = max(0.5, abs(high) / 2)
        low, high = (low / 2, high * 2) if logarithmic else (low - margin, high + margin)
    if not logarithmic:
        step = _round_step((high - low) / TICKS)
        if axis == 1:  # a little air, and whole steps
            low, high = step * math.floor(low / step + 1e-9), step * math.ceil(high / step - 1e-9)
        elif any(isinstance(s, Bars) for s in plot.series):
            margin = (high - low) / max(2, 2 * max(len(s.xs) for s in plot.series))
            low, high = low - margin, high + margin
    return _Axis(low, high, start, end, logarithmic)


def _round_step(rough: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(m for m in (1, 2, 5, 10) if m * power >= rough * 0.999)


def _label(value: float, *, logarithmic: bool) -> str:
    if logarithmic and not 0.009 < value < 999:
        power = math.floor(math.log10(value) + 1e-9)
        many = f"{value / 10.0**power:g} · " if not math.isclose(value, 10.0**power) else ""
        return many + "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if value and (abs(value) >= 1e5 or abs(value) < 1e-4):
        return f"{value:.0e}".replace("e+0", "e").replace("e-0", "e−").replace("e+", "e")
    return f"{round(value, 10):g}".replace("-", "−")


def _grid(x_axis: _Axis, y_axis: _Axis) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for tick in y_axis.ticks():
        y = y_axis.place(tick)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>')
        text = _label(tick, logarithmic=y_axis.logarithmic)
        parts.append(f'<text x="{LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{text}</text>')
    for tick in x_axis.ticks():
        x = x_axis.place(tick)
        parts.append(f'<path class="axis" d="M{x:.1f} {bottom}v4"/>')
        text = _label(tick, logarithmic=x_axis.logarithmic)
        parts.append(f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle">{text}</text>')
    return [*parts, f'<path class="axis" d="M{LEFT} {bottom}H{right}"/>']


def _titles(plot: Plot) -> list[str]:
    middle = (LEFT + WIDTH - RIGHT) / 2
    upright = (TOP + HEIGHT - BOTTOM) / 2
    turned = f'transform="rotate(-90 13 {upright:.0f})" x="13" y="{upright:.0f}"'
    return [
        f'<text class="name" x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(plot.x)}</text>',
        f'<text class="name" {turned} text-anchor="middle">{escape(plot.y)}</text>',
    ]


def _series(series: Series, place: int, x_axis: _Axis, y_axis: _Axis) -> str:
    if isinstance(series, Band):
        forth = _path(series.xs, series.highs, x_axis, y_axis)
        back = _path(series.xs[::-1], series.lows[::-1], x_axis, y_axis)
        return f'<path class="band" d="{forth}{back.replace("M", "L", 1)}z"/>' if forth and back else ""
    if isinstance(series, Line):
        return f'<path class="line" d="{_path(series.xs, series.ys, x_axis, y_axis)}"/>'
    shown = [(x, y) for x, y in zip(series.xs, series.ys, strict=True) if x_axis.shows(x) and y_axis.shows(y)]
    if isinstance(series, Points):
        marks = "".join(_MARKS[place](x_axis.place(x), y_axis.place(y)) for x, y in shown)
        return f'<path class="mark" d="{marks}"/>'
    zero = y_axis.low if y_axis.logarithmic else 0.0
    width = 0.7 * (WIDTH - LEFT - RIGHT) / (len(series.xs) + 1)
    base = y_axis.place(zero)
    bars = [
        f"M{x_axis.place(x) - width / 2:.1f} {base:.1f}V{y_axis.place(y):.1f}h{width:.1f}V{base:.1f}z"
        for x, y in shown
    ]
    return f'<path class="bar" d="{"".join(bars)}"/>'


def _path(xs: Sequence[float], ys: Sequence[float], x_axis: _Axis, y_axis: _Axis) -> str:
    """A path through the points that can be shown, broken where one cannot."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(xs, ys, strict=True):
        if x_axis.shows(x) and y_axis.shows(y):
            pieces[-1].append((x_axis.place(x), y_axis.place(y)))
        else:
            pieces.append([])
    return "".join(map(stroke, pieces))


def _legend(plot: Plot) -> str:
    if len(plot.series) == 1:
        return f"<figcaption>{escape(plot.series[0].label)}</figcaption>" if plot.series[0].label else ""
    entries = []
    for place, series in enumerate(plot.series):
        if isinstance(series, Line):
            sample = '<path class="line" d="M1 7H25"/>'
        elif isinstance(series, Points):
            sample = f'<path class="mark" d="{_MARKS[place](13, 7)}"/>'
        else:
            sample = f'<path class="{"band" if isinstance(series, Band) else "bar"}" d="M2 2h22v10h-22z"/>'
        drawn = f'<g class="s{place + 1}">{sample}</g>'
        swatch = f'<svg viewBox="0 0 26 14" width="26" height="14" aria-hidden="true">{drawn}</svg>'
        entries.append(f"<li>{swatch}{escape(series.label)}</li>")
    return f'<figcaption><ul class="legend">{"".join(entries)}</ul></figcaption>'
