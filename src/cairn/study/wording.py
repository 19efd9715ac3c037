"""How figures are said, the same in the terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cairn.planning import Hours


def span(hours: Hours) -> str:
    """A short range: `10–20 min`, `0.5–2 h`, `2–4 h`. Minutes below an hour and a half."""
    low, high = hours
    if high == 0:
        return "0 min"
    if high < 1.5:
        a, b = _minutes(low), _minutes(high)
        return f"{b} min" if a == b else f"{a}–{b} min"
    a_text, b_text = _half_hours(low), _half_hours(high)
    return f"{b_text} h" if a_text == b_text else f"{a_text}–{b_text} h"


def about(hours: Hours) -> str:
    """A total: `22 h ± 6`. Small totals are said as a range."""
    low, high = hours
    middle, half = (low + high) / 2, (high - low) / 2
    if middle < 3:
        return span(hours)
    return f"{middle:.0f} h ± {max(1, half):.0f}" if half >= 0.5 else f"{middle:.0f} h"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 skill`, `12 skills`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def changed(edit: Mapping[str, Any]) -> str:
    """How large an edit to a bug hunt's program is: `1 line changed, as many as the bug took`."""
    said = f"{count(edit['changed'], 'line')} changed"
    if edit["changed"] == 0:
        return "nothing changed yet"
    if edit["changed"] == edit["planted"]:
        return f"{said}, as many as the bug took"
    small = "a small edit" if edit["small"] else "more than it needed"
    return f"{said} where the bug took {edit['planted']}: {small}"


def caught(kills: Mapping[str, Any]) -> str:
    """What written tests catch: `31 of 33 wrong programs caught (27 needed), no false alarm`."""
    alarms = count(kills["false_alarms"], "false alarm") if kills["false_alarms"] else "no false alarm"
    return f"{kills['killed']} of {kills['of']} wrong programs caught ({kills['needed']} needed), {alarms}"


def _minutes(hours: float) -> int:
    minutes = hours * 60
    return max(1, round(minutes)) if minutes < 5 else round(minutes / 5) * 5


def _half_hours(hours: float) -> str:
    rounded = round(hours * 2) / 2
    return "0.5" if rounded == 0 else f"{rounded:g}"
