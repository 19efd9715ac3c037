"""A plan with what was asked for it, and a plan with what moved."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.planning import Plan, Request
from cairn.planning.changes import Changes
from cairn.study.planning_terms import Terms


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with what was asked for it."""

    terms: Terms
    request: Request
    plan: Plan


@dataclass(frozen=True, slots=True)
class Replanned:
    """A new plan, and what moved against the one before."""

    made: Made
    changes: Changes
