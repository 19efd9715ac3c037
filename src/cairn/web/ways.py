"""The ways between the pages of study: today, the plan, and what lies beside it."""

from __future__ import annotations

BESIDE = (
    ("/checkpoints", "Checkpoints"),
    ("/log", "Log"),
    ("/reading", "Papers"),
    ("/audit", "Your own list"),
    ("/profile", "Profile"),
)
"""Address and name of the pages beside the plan."""

WAYS = (("/today", "Today"), ("/plan", "Plan"), *BESIDE)
"""All of them, in their order."""
