"""What is missing, and when to learn it. Pure: time and chance are arguments."""

from cairn.planning import optimal
from cairn.planning.activity import Act, Activity, Mix, Mode
from cairn.planning.availability import Availability, by_weekday
from cairn.planning.checkpoint import Gate, Strictness, Verdict
from cairn.planning.clock import Clock
from cairn.planning.errors import PlanError
from cairn.planning.gap import Gap, Skip, Step, find_gap, missing
from cairn.planning.hours import Hours, Pace
from cairn.planning.outline import Wish
from cairn.planning.pace import PaceBelief, learn_pace
from cairn.planning.plan import Day, Plan, Slot
from cairn.planning.planner import Planner
from cairn.planning.request import Happened, Past, Repair, Request
from cairn.planning.target import Target, UnknownTargetError, resolve_target

__all__ = [
    "Act", "Activity", "Availability", "Clock", "Day", "Gap", "Gate", "Happened", "Hours", "Mix", "Mode", "Pace",
    "PaceBelief", "Past", "Plan", "PlanError", "Planner", "Repair", "Request", "Skip", "Slot", "Step", "Strictness",
    "Target", "UnknownTargetError", "Verdict", "Wish", "by_weekday", "find_gap", "learn_pace", "missing", "optimal",
    "resolve_target",
]  # fmt: skip
