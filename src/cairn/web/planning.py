"""The pages of the plan: asking for one, its weeks, what would be if, and taking a change back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.planning import Act, Mix, PlanError
from cairn.planning.changes import Changes
from cairn.study.planning import NoPlanError, Planning
from cairn.study.planning_made import Made
from cairn.study.planning_says import day_name, enough, follows, progress, weeks_of, work
from cairn.study.planning_terms import Terms
from cairn.web import plan_views
from cairn.web.forms import form, pairs, way_back
from cairn.web.plan_form import GOALS, WEEKDAYS, PlanForm
from cairn.web.templating import page
from cairn.web.views import Views
from cairn.web.ways import BESIDE

WEEKS_SHOWN = 60


def routes() -> list[Route]:
    """All routes of the plan."""
    return [
        Route("/plan", plan, methods=["GET"]),
        Route("/plan/new", new, methods=["GET"]),
        Route("/plan/new", make, methods=["POST"]),
        Route("/plan/again", again, methods=["POST"]),
        Route("/plan/undo", undo, methods=["POST"]),
    ]


def handlers() -> Mapping[Any, Any]:
    """What to answer when something about a plan makes no sense."""
    return {NoPlanError: _no_plan, PlanError: _cannot}


def _no_plan(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return RedirectResponse("/plan", status_code=303)


def _cannot(request: Request, error: Exception) -> Response:
    hint = getattr(error, "hint", "")
    text = f"{str(error)[:1].upper()}{str(error)[1:]}. Nothing was changed."
    more = f" {hint[:1].upper()}{hint[1:]}." if hint else ""
    return page(request, "error.html", status=400, heading="That cannot be done", text=text + more)


def planning_of(request: Request) -> Planning:
    """The planning verbs of whoever asks."""
    app: App = request.app.state.app
    return app.planning()


def frame(request: Request, planning: Planning, made: Made) -> dict[str, Any]:
    """What every page of a plan that holds shows: its goals, its end, what lies beside it, what changed just now."""
    return {
        "made": made,
        "title": " + ".join(wish.target.entry.title for wish in made.request.wishes),
        "today": planning.today(made.terms.zone),
        "ahead": round(work(made.plan.days) / 60),
        "weeks": weeks_of(made.terms.start, made.plan.finish) if made.plan.finish else 0,
        "beside": BESIDE,
        "changed": changed(request, planning, made),
        "day_name": day_name,
        "here": f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path,
    }


@dataclass(frozen=True, slots=True)
class Changed:
    """What the last change of the plan led to."""

    number: int
    says: str
    causes: tuple[str, ...]
    changes: Changes
    shown: int = 12


def changed(request: Request, planning: Planning, made: Made) -> Changed | None:
    """What moved with the last change, where the address says that one was made just now."""
    query = request.query_params
    if "changed" not in query:
        return None
    found = planning.last_change()
    if found is None:
        return None
    number, changes = found
    position = planning.desk.atlas.curriculum.graph.position
    skill = next((s for s in position if str(s) == query.get("moved")), None)
    wanted = _day(query.get("to", ""))
    if skill is not None and wanted is not None:
        says = follows(made, changes, skill, wanted, planning.desk.atlas.curriculum)
    elif changes.moves:
        things = "1 thing moved" if len(changes.moves) == 1 else f"{len(changes.moves)} things moved"
        says = f"The plan is made anew: {things}."
    else:
        says = "The plan is made anew; nothing moved."
    return Changed(number, says, changes.causes, changes)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plan(request: Request) -> Response:
    """The plan by weeks; the way to one where there is none."""
    planning = planning_of(request)
    kept = planning.plans.last(planning.desk.person_id)
    if kept is None:
        return new(request)
    made = planning.current()
    shared = frame(request, planning, made)
    views: Views = request.app.state.views
    numbers = [week.number for week in made.plan.weeks]
    now = next((w.number for w in made.plan.weeks if w.start + timedelta(6) >= shared["today"]), 1)
    first = _whole(request.query_params.get("from", ""), 1, max(numbers, default=1)) or now
    shown = [n for n in numbers if first <= n < first + WEEKS_SHOWN]
    held = date.fromisoformat(kept.terms["start"])
    return page(
        request,
        "plan.html",
        **shared,
        view="weeks",
        progress=progress(made, planning.days(), planning.past(), held),
        rows=plan_views.Shown(views, made.plan, made.request.time, shared["today"]).weeks(shown),
        earlier=first - WEEKS_SHOWN if first > 1 else None,
        later=first + WEEKS_SHOWN if numbers and first + WEEKS_SHOWN <= numbers[-1] else None,
        now_week=now,
        enough=enough(made),
        gates=_gates(request, made),
        passed=planning.past().passed,
    )


def _gates(request: Request, made: Made) -> dict[str, tuple[date, str]]:
    """For each phase with a checkpoint ahead its day and where it is done."""
    return {
        slot.activity.ref: (day.date, plan_views.link(request, slot.activity))
        for day in made.plan.days
        for slot in day.slots
        if slot.activity.act is Act.CHECKPOINT and not slot.done
    }


def _whole(text: str, low: int, high: int) -> int | None:
    good = text.isascii() and text.isdigit() and len(text) < 7
    return max(low, min(high, int(text))) if good else None


# -- asking for a plan ----------------------------------------------------------------------------------------


def new(request: Request) -> Response:
    """The form for a plan, filled as the one that holds was asked for, or with the goals that the person keeps."""
    planning = planning_of(request)
    terms = _terms(planning)
    asked = [t.strip()[:200] for t in request.query_params.getlist("target") if t.strip()]
    goals = asked or (list(terms.targets) if terms else [goal.target for goal in planning.desk.goals()[:1]])
    mix = terms.mix if terms and terms.mix else None
    whole = sum(mix) if mix else 1.0
    shares = Mix(*(share / whole for share in mix)) if mix else Mix()
    today = planning.today(terms.zone if terms else None)
    filled = PlanForm.filled(terms, today, goals[:GOALS], (shares.doing, shares.reading, shares.watching))
    return _ask(request, planning, filled, holds=terms is not None)


def _terms(planning: Planning) -> Terms | None:
    try:
        return planning.terms()
    except PlanError:  # none, or one that an older version wrote: the form begins empty
        return None


def _ask(
    request: Request, planning: Planning, filled: PlanForm, *, holds: bool, status: int = 200
) -> Response:
    views: Views = request.app.state.views
    desk = planning.desk
    return page(
        request,
        "plan_new.html",
        status=status,
        form=filled,
        holds=holds,
        weekdays=WEEKDAYS,
        goals=[(g.target, views.link(g.target)[0]) for g in desk.goals()],
        offered=[g for g in views.curriculum.goals if views.curriculum.resolve(g.target)],
        background=desk.background(),
        number_of_goals=GOALS,
        titles={
            n: entry.title if (entry := views.entry(filled.get(f"target{n}"))) else ""
            for n in range(1, GOALS + 1)
        },
        beside=BESIDE,
    )


async def make(request: Request) -> Response:
    """Make a plan and keep it, or give the form back with what is wrong."""
    fields = await pairs(request)
    return await run_in_threadpool(_make, request, fields)


def _make(request: Request, fields: Sequence[tuple[str, str]]) -> Response:
    planning = planning_of(request)
    filled = PlanForm.of(fields)
    zone = filled.get("zone") or None
    try:
        today = planning.today(zone)
    except PlanError:
        today = planning.today()
    terms = filled.terms(planning.desk.atlas, today)
    if terms is not None:
        try:
            planning.make(terms)
        except PlanError as error:
            filled.refuse(error)
        else:
            return RedirectResponse("/plan", status_code=303)
    return _ask(request, planning, filled, holds=_terms(planning) is not None, status=422)


async def again(request: Request) -> Response:
    """The plan anew from today on, after what really happened."""
    fields = await form(request)
    planning = planning_of(request)
    await run_in_threadpool(planning.replan)
    return RedirectResponse(with_(way_back(fields.get("back", "/plan")), changed=1), status_code=303)


async def undo(request: Request) -> Response:
    """Take the last change back; nothing happens where another came after it."""
    fields = await form(request)
    planning = planning_of(request)
    planning.undo(_whole(fields.get("number", ""), 0, 10**9) or 0)
    back = without(way_back(fields.get("back", "/plan")), "changed", "moved", "to")
    return RedirectResponse(back, status_code=303)


def with_(address: str, **more: object) -> str:
    """An address with some fields set."""
    path, _, query = without(address, *more).partition("?")
    fields = "&".join(part for part in (query, urlencode(more)) if part)
    return f"{path}?{fields}"


def without(address: str, *names: str) -> str:
    """An address without some fields, and without its fragment."""
    path, _, query = address.partition("#")[0].partition("?")
    kept = "&".join(part for part in query.split("&") if part and part.partition("=")[0] not in names)
    return f"{path}?{kept}" if kept else path
