"""A small plot as data: what is drawn, its axes, and the words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

MOST_POINTS = 400
"""Points of one series that are kept; more cannot be told apart on a page."""


class PlotError(ValueError):
    """Raised when a plot cannot be drawn. The message says why."""


def _numbers(values: ArrayLike, what: str) -> tuple[float, ...]:
    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or array.size == 0:
        raise PlotError(f"{what} must be a list of numbers with at least one entry, not shape {array.shape}")
    return tuple(float(v) for v in array)


@dataclass(frozen=True)
class _Pairs:
    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def __init__(self, label: str, xs: ArrayLike, ys: ArrayLike) -> None:
        x, y = _numbers(xs, f"{label}: xs"), _numbers(ys, f"{label}: ys")
        if len(x) != len(y):
            raise PlotError(f"{label}: {len(x)} xs and {len(y)} ys")
        if len(x) > MOST_POINTS:
            keep = np.unique(np.linspace(0, len(x) - 1, MOST_POINTS).round().astype(int))
            x, y = tuple(x[i] for i in keep), tuple(y[i] for i in keep)
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "xs", x)
        object.__setattr__(self, "ys", y)


class Line(_Pairs):
    """A curve through points, labelled where it ends."""


class Points(_Pairs):
    """Separate marks."""


class Bars(_Pairs):
    """Bars from zero, one for each x."""


@dataclass(frozen=True)
class Band:
    """The area between two curves."""

    label: str
    xs: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]

    def __init__(self, label: str, xs: ArrayLike, lows: ArrayLike, highs: ArrayLike) -> None:
        low, high = _Pairs(label, xs, lows), _Pairs(label, xs, highs)
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "xs", low.xs)
        object.__setattr__(self, "lows", low.ys)
        object.__setattr__(self, "highs", high.ys)


Series: TypeAlias = Line | Points | Bars | Band
_KINDS: dict[str, type[Any]] = {"line": Line, "points": Points, "bars": Bars, "band": Band}


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot.

    Attributes:
        x, y: the names of the axes, with units.
        series: what is drawn; at most five, told apart by dash, mark and label, never by colour alone.
        alt: what the picture shows, in a sentence or two, for those who cannot see it.
        log_x, log_y: whether an axis is logarithmic. Values that have no logarithm are left out.
    """

    x: str
    y: str
    series: tuple[Series, ...]
    alt: str
    log_x: bool = field(default=False, kw_only=True)
    log_y: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "series", tuple(self.series))
        if not 1 <= len(self.series) <= 5:
            raise PlotError(f"a plot shows one to five series, not {len(self.series)}")
        if len(self.alt.split()) < 5:
            raise PlotError("alt says in a sentence what the picture shows")

    def plain(self) -> dict[str, Any]:
        """The plot as JSON knows it."""
        names = {kind: name for name, kind in _KINDS.items()}
        series = [{"kind": names[type(s)], **{k: _json(v) for k, v in vars(s).items()}} for s in self.series]
        return {
            "x": self.x,
            "y": self.y,
            "series": series,
            "alt": self.alt,
            "log_x": self.log_x,
            "log_y": self.log_y,
        }

    @classmethod
    def from_plain(cls, value: Mapping[str, Any]) -> Plot:
        """The inverse of `plain`."""
        made = []
        for entry in value["series"]:
            fields = {k: _numbers_of(v) for k, v in entry.items() if k != "kind"}
            made.append(_KINDS[entry["kind"]](**fields))
        return cls(
            value["x"], value["y"], tuple(made), value["alt"], log_x=value["log_x"], log_y=value["log_y"]
        )


def _json(value: Any) -> Any:  # noqa: ANN401
    """Numbers that JSON has no word for become text."""
    if isinstance(value, tuple):
        return [v if np.isfinite(v) else str(v) for v in value]
    return value


def _numbers_of(value: Any) -> Any:  # noqa: ANN401
    return [float(v) for v in value] if isinstance(value, list) else value
