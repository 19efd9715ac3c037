"""Weekly work beside the main line: how many minutes in which week of the plan, and what it is for.

A path states a track's minutes and weeks for its own schedule. At half the speed week 9 of the schedule is week
17 of the plan, and the minutes shrink with the hours there are; they never grow beyond what the path states.
"""

from __future__ import annotations

from collections.abc import Sequence

from cairn.curriculum.path import Rule, Track
from cairn.planning.plan import TrackWeek

SCHEDULE_HOURS = 17.5
"""Hours a week of a path's own schedule, where it gives none: two to three hours a day."""

LIGHT_SHARE = 0.5
"""What share of its minutes a track takes in weeks that its rules call light."""


def schedule_week(number: int, factor: float) -> int:
    """The week of the path's own schedule in which week `number` of the plan begins, both from 1."""
    return int((number - 1) / factor) + 1


def track_week(
    track: Track, number: int, factor: float, weekly_hours: float, *, inside: bool
) -> TrackWeek | None:
    """What a track asks for in week `number` of the plan, or None if nothing.

    Args:
        track: the track, with minutes a week and rules by weeks.
        number: week of the plan from 1.
        factor: how many weeks of the plan a week of the path's schedule takes.
        weekly_hours: hours a week there are.
        inside: whether its minutes are part of the days' budgets.
    """
    low, high = track.weekly_minutes or (0.0, 0.0)
    if not high:
        return None
    week = schedule_week(number, factor)
    rule = _rule(track.rules, week)
    share = min(1.0, weekly_hours / SCHEDULE_HOURS)
    if rule is not None and rule.papers_per_week is None and "light" in rule.rule.casefold():
        share *= LIGHT_SHARE
    minutes = (round(low * share), round(high * share))
    return TrackWeek(track.id, track.title, minutes, rule.rule if rule else "", inside)


def _rule(rules: Sequence[Rule], week: int) -> Rule | None:
    """The rule that holds in a week of the schedule; the latest that has begun, if several do."""
    begun = [r for r in rules if _first(r) <= week and (r.weeks is None or r.from_week or week <= r.weeks[1])]
    return max(begun, key=_first, default=None)


def _first(rule: Rule) -> float:
    if rule.from_week is not None:
        return rule.from_week
    return rule.weeks[0] if rule.weeks else 0
