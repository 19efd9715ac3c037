"""The ways between the pages of study: plan, checkpoints, log, reading, advice; those that this server has."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import Match

WAYS = (
    ("/today", "Today"),
    ("/plan", "Plan"),
    ("/checkpoints", "Checkpoints"),
    ("/log", "Log"),
    ("/reading", "Papers"),
    ("/audit", "Audit"),
    ("/profile", "Profile"),
)


def stands(request: Request, address: str) -> bool:
    """Whether this server has a page at an address."""
    scope = {"type": "http", "method": "GET", "path": address, "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


def ways(request: Request) -> list[tuple[str, str]]:
    """Address and name of each."""
    return [(address, name) for address, name in WAYS if stands(request, address)]
