"""What would be if: other hours, another deadline, a phase left out; said at once, kept only when asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.planning import PlanError
from cairn.study.planning import NoPlanError, Planning
from cairn.study.planning_made import Made
from cairn.study.planning_says import instead, work
from cairn.study.planning_terms import Terms
from cairn.web.forms import pairs
from cairn.web.planning import frame, planning_of
from cairn.web.templating import page

MOST_HOURS = 40
NAMES = frozenset({"hours", "deadline", "without"})


def routes() -> list[Route]:
    """The routes of wondering."""
    return [
        Route("/plan/what-if", what_if, methods=["GET"]),
        Route("/plan/what-if", keep, methods=["POST"]),
        Route("/api/plan/what-if", what_if_document),
    ]


@dataclass(frozen=True, slots=True)
class Wondered:
    """What somebody wonders: other hours, another deadline, phases left out; and what is wrong with it."""

    fields: Mapping[str, Any]
    hours: str
    deadline: str
    without: tuple[str, ...]
    problem: str

    @classmethod
    def of(cls, given: Sequence[tuple[str, str]], terms: Terms, weekly: float) -> Wondered:
        """From the fields of an address or form; what is not said stays as it is."""
        values = dict(given)
        without = tuple(value for name, value in given if name == "without") if values else terms.without
        deadline = values.get("deadline", terms.deadline.isoformat() if terms.deadline else "").strip()
        hours, fields, problem = weekly, dict[str, Any](), ""
        if "hours" in values:
            try:
                hours = float(values["hours"].replace(",", "."))
            except ValueError:
                hours = float("nan")
            if not isfinite(hours):
                hours, problem = weekly, f"“{values['hours'][:20]}” is no number of hours."
            elif hours != weekly:
                fields |= _time(terms, hours, weekly)
        try:
            day = date.fromisoformat(deadline) if deadline else None
        except ValueError:
            day, problem = terms.deadline, f"“{deadline[:20]}” is no day. Write one as 2027-08-31."
        if day != terms.deadline:
            fields["deadline"] = day
            if day is not None and day < terms.start:
                problem = f"{day} has passed. Choose a later day."
        if without != terms.without:
            fields["without"] = without
        return cls(fields, values.get("hours", f"{weekly:g}"), deadline, without, problem)


def _time(terms: Terms, hours: float, weekly: float) -> dict[str, Any]:
    """Other hours a week; where they were said by day, each day's grow or shrink alike."""
    if terms.weekdays and 0 < hours <= 168:
        return {"weekdays": {day: own * hours / weekly for day, own in terms.weekdays.items()}}
    return {"hours": hours, "weekdays": None}


def _wonder(
    request: Request, given: Sequence[tuple[str, str]]
) -> tuple[Planning, Made, Wondered, Made | None]:
    """The plan as it is, what is wondered, and the plan as it would be."""
    planning = planning_of(request)
    now = planning.current()
    asked = Wondered.of(given, now.terms, round(now.request.time.weekly_minutes / 60, 2))
    then = None
    if not asked.problem:
        try:
            then = planning.what_if(**asked.fields)
        except PlanError as error:
            text = f"{error}. {error.hint}." if error.hint else f"{error}."
            asked = Wondered(
                asked.fields, asked.hours, asked.deadline, asked.without, text[:1].upper() + text[1:]
            )
    return planning, now, asked, then


def _fields(request: Request) -> list[tuple[str, str]]:
    return [(name, value[:200]) for name, value in request.query_params.multi_items() if name in NAMES]


def what_if(request: Request) -> Response:
    """Sliders, and what they would change, before anything is kept."""
    given = _fields(request)
    planning, now, asked, then = _wonder(request, given)
    return page(
        request,
        "plan_what_if.html",
        status=422 if asked.problem else 200,
        **frame(request, planning, now),
        view="what-if",
        asked=asked,
        then=then,
        document=_document(now, asked, then),
        phases=_phases(planning, now),
        most=max(MOST_HOURS, round((then or now).request.time.weekly_minutes / 60)),
        wondered=bool(given),
    )


def _phases(planning: Planning, now: Made) -> list[tuple[str, str]]:
    """Phases that may be left out, those that are left out now among them."""
    curriculum = planning.desk.atlas.curriculum
    found = {p.id: p.title for p in now.plan.phases if p.id != "goals"}
    for name in now.terms.without:
        phase = curriculum.phase(name)
        found[name] = phase.title if phase else name
    order = {p.id: n for path in curriculum.paths.values() for n, p in enumerate(path.phases)}
    return sorted(found.items(), key=lambda pair: order.get(pair[0], 0)) if len(found) > 1 else []


def what_if_document(request: Request) -> Response:
    """The same as JSON, with the sentences that a page shows."""
    try:
        _, now, asked, then = _wonder(request, _fields(request))
    except NoPlanError as error:
        return _json({"format": 1, "error": str(error)}, 404)
    return _json(_document(now, asked, then), 422 if asked.problem else 200)


def _json(document: Mapping[str, Any], status: int) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), status, media_type="application/json")


def _document(now: Made, asked: Wondered, then: Made | None) -> dict[str, Any]:
    problem = {"error": asked.problem} if then is None else {}
    then = then or now
    finish = then.plan.finish
    return {
        "format": 1,
        **problem,
        "same": bool(problem) or not asked.fields,
        "finish": finish.isoformat() if finish else None,
        "finish_says": f"{finish.day} {finish:%B %Y}" if finish else "nothing left",
        "finish_range": [d.isoformat() if d else None for d in (then.plan.early, then.plan.late)],
        "moved": (finish - now.plan.finish).days if finish and now.plan.finish else None,
        "feasible": then.plan.feasible,
        "dropped": len(then.plan.dropped),
        "hours": round(work(then.plan.days) / 60),
        "says": list(instead(now, then)),
        "spans": _spans(now, then),
    }


def _spans(now: Made, then: Made) -> list[dict[str, Any]]:
    """Both plans' phases on one scale, in hundredths of the longer: where each begins and how wide it is."""
    ends = [d for made in (now, then) for p in made.plan.phases if (d := p.finish)]
    if not ends:
        return []
    start, whole = now.terms.start, max(1, (max(ends) - now.terms.start).days + 1)

    def bar(made: Made, phase: str) -> list[float] | None:
        span = next((p for p in made.plan.phases if p.id == phase), None)
        if span is None or span.start is None or span.finish is None:
            return None
        return [
            round(100 * max(0, (span.start - start).days) / whole, 2),
            round(100 * ((span.finish - span.start).days + 1) / whole, 2),
        ]

    names = {p.id: p.title for made in (now, then) for p in made.plan.phases if p.finish}
    return [{"id": i, "title": title, "now": bar(now, i), "then": bar(then, i)} for i, title in names.items()]


async def keep(request: Request) -> Response:
    """Keep what was wondered."""
    fields = await pairs(request)
    return await run_in_threadpool(_keep, request, fields)


def _keep(request: Request, fields: Sequence[tuple[str, str]]) -> Response:
    planning, _, asked, _ = _wonder(request, fields)
    if asked.problem:
        given = [(name, value) for name, value in fields if name in NAMES]
        return RedirectResponse(f"/plan/what-if?{urlencode(given)}", status_code=303)
    planning.replan(**asked.fields)
    return RedirectResponse("/plan?changed=1", status_code=303)
