"""What is missing, and when to learn it. Pure: time and chance are arguments."""

from cairn.planning.gap import Gap, Skip, Step, find_gap, missing
from cairn.planning.hours import Hours, Pace
from cairn.planning.target import Target, UnknownTargetError, resolve_target

__all__ = [
    "Gap", "Hours", "Pace", "Skip", "Step", "Target", "UnknownTargetError",
    "find_gap", "missing", "resolve_target",
]  # fmt: skip
