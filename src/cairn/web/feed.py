"""The plan for other programs: a calendar feed with a key of its own, a calendar file, Markdown."""

from __future__ import annotations

import hmac
from datetime import time

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from cairn.app import LOCAL_PERSON, App
from cairn.interop.calendar import to_ical, to_markdown
from cairn.planning import PlanError
from cairn.study.desk import Desk
from cairn.study.door import Door
from cairn.study.planning import NoPlanError
from cairn.web.forms import form
from cairn.web.planning import frame, planning_of
from cairn.web.templating import page

SETTING = "calendar_feed"
"""The setting that counts how often the key was renewed."""


def routes() -> list[Route]:
    """The routes of the plan's other forms."""
    return [
        Route("/plan.ics", feed, methods=["GET"]),
        Route("/plan.md", markdown, methods=["GET"]),
        Route("/plan/take", take, methods=["GET"]),
        Route("/plan/take", renew, methods=["POST"]),
    ]


def _desk(request: Request) -> Desk:
    app: App = request.app.state.app
    return app.desk(LOCAL_PERSON)


def key_of(request: Request) -> str:
    """The key that opens the feed now."""
    door: Door = request.app.state.door
    desk = _desk(request)
    person = desk.people.get(desk.person_id)
    number = person.preferences.get(SETTING, 0) if person else 0
    return door.key_for("calendar feed", desk.person_id, str(number))


def feed(request: Request) -> Response:
    """The days that lie ahead as a calendar file, for a browser that was let in or for whoever has the key.

    The key opens this one address, and only to read.
    """
    given = request.query_params.get("key", "")
    by_key = bool(given) and hmac.compare_digest(given.encode(), key_of(request).encode())
    if not by_key and not request.scope.get("let_in", False):
        return PlainTextResponse("This address needs its key; the plan's page shows it.\n", status_code=403)
    app: App = request.app.state.app
    planning = app.planning(LOCAL_PERSON)
    try:
        made = planning.current()
        days = [day for day in made.plan.days if day.date >= made.terms.start]
        zone = request.query_params.get("zone") or made.terms.zone
        body = to_ical(days, planning.desk.clock(), _time(request.query_params.get("at", "")), zone)
    except NoPlanError:
        body = to_ical((), planning.desk.clock())
    except PlanError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    name = 'inline; filename="cairn.ics"' if by_key else 'attachment; filename="cairn.ics"'
    headers = {"content-disposition": name, "cache-control": "private, no-cache"}
    return Response(body, media_type="text/calendar", headers=headers)


def _time(text: str) -> time | None:
    """A time of day as `18:30`; none is a whole day.

    Raises:
        PlanError: it is neither.
    """
    if not text:
        return None
    try:
        found = time.fromisoformat(text)
    except ValueError:
        raise PlanError(f"{text[:20]!r} is no time of day", "write it as 18:30") from None
    return found.replace(tzinfo=None, second=0, microsecond=0)


def markdown(request: Request) -> Response:
    """The plan as Markdown, with boxes to tick."""
    made = planning_of(request).current()
    title = " + ".join(wish.target.entry.title for wish in made.request.wishes)
    headers = {"content-disposition": 'attachment; filename="plan.md"'}
    return Response(to_markdown(made.plan, title), media_type="text/markdown", headers=headers)


def take(request: Request) -> Response:
    """The address of the feed, the files, and how to make the address worthless."""
    planning = planning_of(request)
    made = planning.current()
    at, problem = request.query_params.get("at", "").strip()[:10], ""
    try:
        _time(at)
    except PlanError as error:
        problem = f"{str(error)[:1].upper()}{str(error)[1:]}; {error.hint}."
    key = key_of(request) if request.scope.get("let_in", False) else ""
    return page(
        request,
        "plan_take.html",
        status=422 if problem else 200,
        **frame(request, planning, made),
        view="take",
        address=f"{request.url.scheme}://{request.headers['host']}/plan.ics?key={key}",
        at="" if problem else at,
        typed=at,
        problem=problem,
        renewed="renewed" in request.query_params,
    )


async def renew(request: Request) -> Response:
    """Make a new key. The old address opens nothing any more."""
    await form(request)
    desk = _desk(request)
    number = desk.person().preferences.get(SETTING, 0)
    desk.people.prefer(desk.person_id, **{SETTING: number + 1})
    return RedirectResponse("/plan/take?renewed=1", status_code=303)
