"""The plan as a month, and moving a skill to another day: by drag, by keyboard, or with a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.curriculum import Skill
from cairn.planning import PlanError
from cairn.study.planning import NoPlanError, Planning
from cairn.study.planning_made import Made
from cairn.web import plan_views
from cairn.web.forms import form, way_back
from cairn.web.planning import frame, planning_of, with_
from cairn.web.templating import page
from cairn.web.views import Views

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FEW = 8


def routes() -> list[Route]:
    """The routes of the calendar."""
    return [
        Route("/plan/calendar", calendar, methods=["GET"]),
        Route("/plan/move", ask, methods=["GET"]),
        Route("/plan/move", move, methods=["POST"]),
    ]


def calendar(request: Request) -> Response:
    """One month of the plan."""
    planning = planning_of(request)
    made = planning.current()
    shared = frame(request, planning, made)
    views: Views = request.app.state.views
    first = plan_views.month_of(request.query_params.get("month", ""), shared["today"])
    before, after = plan_views.beside(first)
    last = made.plan.days[-1].date if made.plan.days else shared["today"]
    shown = plan_views.Shown(views, made.plan, made.request.time, shared["today"])
    return page(
        request,
        "plan_calendar.html",
        **shared,
        view="calendar",
        month=first,
        rows=shown.month(first),
        before=before if before >= made.plan.start.replace(day=1) else None,
        after=after if after <= last else None,
        day_names=DAY_NAMES,
        deadline=made.terms.deadline,
    )


def ask(request: Request) -> Response:
    """The form that moves a skill, with what stands before and after it."""
    query = request.query_params
    planning = planning_of(request)
    try:
        made = planning.current()
    except NoPlanError:
        return RedirectResponse("/plan", status_code=303)
    skill = _skill(planning, query.get("skill", ""))
    asked = Asked(skill, query.get("to", "")[:40], way_back(query.get("back", "/plan/calendar")))
    return _ask(request, planning, made, asked)


def _skill(planning: Planning, text: str) -> Skill:
    found = next((s for s in planning.desk.atlas.curriculum.graph.nodes if str(s) == text), None)
    if found is None:
        raise HTTPException(404)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A move that is asked for: the skill, the day as it was typed, where to go back to, and what is wrong."""

    skill: Skill
    to: str
    back: str
    problem: str = ""


def _ask(request: Request, planning: Planning, made: Made, asked: Asked) -> Response:
    graph, skill = planning.desk.atlas.curriculum.graph, asked.skill
    ends, begins = _ends(made), planning.begins()
    at = graph.position[skill]
    needs = [(graph.nodes[j], ends[graph.nodes[j]]) for j in graph.needs[at] if graph.nodes[j] in ends]
    users = [(graph.nodes[j], begins[graph.nodes[j]]) for j in graph.unlocks[at] if graph.nodes[j] in begins]
    begin = begins.get(skill)
    own = [(d.date, s) for d in made.plan.days for s in d.slots if s.activity.skill == skill and not s.done]
    return page(
        request,
        "plan_move.html",
        status=422 if asked.problem else 200,
        **frame(request, planning, made),
        view="",
        skill=skill,
        begin=begin,
        own=own,
        to=asked.to or (begin.isoformat() if begin else ""),
        needs=sorted(needs, key=lambda pair: pair[1])[-FEW:],
        users=sorted(users, key=lambda pair: pair[1])[:FEW],
        held=(made.terms.hold or {}).get(str(skill)),
        back=asked.back,
        problem=asked.problem,
    )


def _ends(made: Made) -> dict[Skill, date]:
    return {
        s.activity.skill: d.date
        for d in made.plan.days
        for s in d.slots
        if s.activity.skill is not None and not s.done
    }


async def move(request: Request) -> Response:
    """Move a skill, and say on the page it came from what followed; or give the form back with what is wrong."""
    fields = await form(request)
    return await run_in_threadpool(_move, request, fields)


def _move(request: Request, fields: Mapping[str, str]) -> Response:
    planning = planning_of(request)
    made = planning.current()
    skill, back = _skill(planning, fields.get("skill", "")), way_back(fields.get("back", "/plan/calendar"))
    text = fields.get("day", "").strip()[:40]
    try:
        day = _day(text, made)
        planning.move(str(skill), day)
    except PlanError as error:
        problem = f"{str(error)[:1].upper()}{str(error)[1:]}. {error.hint[:1].upper()}{error.hint[1:]}."
        return _ask(request, planning, made, Asked(skill, text, back, problem))
    address = with_(back, changed=1, moved=skill, to=day)
    return RedirectResponse(address, status_code=303)


def _day(text: str, made: Made) -> date:
    """The day a form names.

    Raises:
        PlanError: it names none, or one that has passed.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise PlanError(f"“{text}” is no day of the calendar", "write one as 2027-08-31") from None
    if day < made.terms.start:
        raise PlanError(f"{day} has passed", f"choose {made.terms.start} or a later day")
    return day
